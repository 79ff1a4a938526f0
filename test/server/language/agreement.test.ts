import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compileExpressions } from "../../../server/language/compile-expressions.ts";
import { compileRules } from "../../../server/language/compile-rules.ts";
import { printExpression } from "../../../server/language/print-expression.ts";
import { printRule } from "../../../server/language/print-rule.ts";
import { commonest, expressions, rules } from "./arbitraries.ts";
import { fill, openEngine, rowsOf } from "./duckdb.ts";
import { featureOf } from "./interpret-values.ts";
import { holds, type Row, type World } from "./interpreter.ts";
import { shop } from "./shop.ts";
import { choicesOf, clocks, worlds } from "./worlds.ts";

let engine: DuckDBConnection;
beforeAll(async () => {
  engine = await openEngine();
});

/** How often; the environment asks for more. */
const CASES = Number(process.env.SEGBOOK_LANGUAGE_CASES ?? 0);

async function load(world: World & { people: Row[] }): Promise<void> {
  await fill(engine, "people", { columns: shop.attributes, rows: world.people });
  for (const relation of ["orders", "views", "mails"]) {
    const columns = world.vocabulary.events.find((event) => event.relation === relation)?.columns ?? [];
    await fill(engine, relation, { columns, rows: world.relations[relation] ?? [] });
  }
  const columns = [
    { name: "customer_id", type: "BIGINT" },
    { name: "segment", type: "VARCHAR" },
  ];
  await fill(engine, "personas", { columns, rows: world.relations.personas ?? [] });
}

describe("The SQL and the slow interpreter agree over random histories", () => {
  test("on who is in", async () => {
    const cases = clocks.chain((clock) => {
      const plain = choicesOf(clock);
      const own = (name: string) => ({ cell: "groups", name, qualified: false, from: 0, to: 0 });
      const others = ["Cluster 1", "Both"].map((name) => ({ ...own(name), cell: "personas" }));
      const nested = { ...plain, segments: [...["VIP", "Weekly buyers"].map(own), ...others] };
      const trees = fc.tuple(
        fc.array(rules(plain), { minLength: 2, maxLength: 2 }),
        fc.array(rules(nested), { minLength: 4, maxLength: 4 }),
      );
      return fc.record({ world: worlds(clock), rules: trees.map((each) => each.flat()) });
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ world: bare, rules: trees }) => {
        const names = ["VIP", "Weekly buyers", "in doubt", "r3", "r4", "r5"];
        const named = trees.map((rule, index) => ({ name: names[index] ?? "", rule }));
        const world = { ...bare, rules: named };
        await load(world);
        const compiled = compileRules({
          of: "people",
          entity: "customer_id",
          rules: named,
          vocabulary: world.vocabulary,
          clock: world.clock,
          cell: "groups",
        });
        if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
        const rows = await rowsOf(engine, `SELECT * FROM (${compiled.sql}) ORDER BY customer_id`);
        const expected = world.people.map((person) => ({
          customer_id: String(person.customer_id),
          ...Object.fromEntries(named.map(({ name, rule }) => [name, holds(world, person, rule)])),
        }));
        expect(rows, named.map(({ name, rule }) => `${name}: ${printRule(rule)}`).join("\n")).toEqual(expected);
      }),
      { numRuns: CASES || 120 },
    );
  });

  test("on the values of features", async () => {
    const cases = clocks.chain((clock) => {
      const choices = choicesOf(clock);
      const each = fc.array(expressions(choices), { minLength: 5, maxLength: 5 });
      return fc.record({
        world: worlds(clock),
        numbers: each,
        words: fc.array(commonest(choices), { minLength: 1, maxLength: 2 }),
      });
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ world, numbers, words }) => {
        await load(world);
        const columns = [...numbers, ...words].map((expression, index) => ({ name: `f${index}`, expression }));
        const compiled = compileExpressions({
          from: "people",
          entity: "customer_id",
          columns,
          vocabulary: world.vocabulary,
          clock: world.clock,
          fill: {},
        });
        if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
        const rows = await rowsOf(engine, `SELECT * FROM (${compiled.sql}) ORDER BY customer_id`);
        expect(rows.length).toBe(world.people.length);
        for (const [index, person] of world.people.entries()) {
          for (const { name, expression } of columns) {
            const expected = featureOf(world, person, expression);
            const found = rows[index]?.[name] ?? null;
            const what = `${printExpression(expression)} of ${JSON.stringify(person)}`;
            if (typeof expected !== "number") expect(found, what).toEqual(expected);
            else
              expect(Math.abs(Number(found ?? Number.NaN) - expected), what).toBeLessThan(
                1e-9 * Math.max(1, Math.abs(expected)),
              );
          }
        }
      }),
      { numRuns: CASES || 80 },
    );
  });
});
