import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compileExpressions } from "../../../../server/language/compile-expressions.ts";
import { compileRules } from "../../../../server/language/compile-rules.ts";
import { parseRule } from "../../../../server/language/parse-rule.ts";
import { printExpression } from "../../../../server/language/print-expression.ts";
import { printRule } from "../../../../server/language/print-rule.ts";
import { name } from "../../../../server/language/quote.ts";
import { reads } from "../../../../server/language/reads.ts";
import { compileMasks, type MasksRequest } from "../../../../server/language/replay/masks.ts";
import { weeklyClocks } from "../../../../server/language/replay/moments.ts";
import { planReplay, type Replay, type TableStep } from "../../../../server/language/replay/replay.ts";
import type { Statement } from "../../../../server/language/sql-pass.ts";
import type { Clock, EventWord } from "../../../../server/language/vocabulary.ts";
import { commonest, expressions, rules } from "../arbitraries.ts";
import { fill, openEngine, rowsOf } from "../duckdb.ts";
import type { Row, World } from "../interpreter.ts";
import { shop, today } from "../shop.ts";
import { choicesOf, clocks, worlds } from "../worlds.ts";

let engine: DuckDBConnection;
beforeAll(async () => {
  engine = await openEngine();
});

/** How often; the environment asks for more. */
const CASES = Number(process.env.SEGBOOK_REPLAY_CASES ?? 0);

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

function replayOf(statements: readonly { clock: Clock; statement: Statement }[], events: readonly EventWord[]): Replay {
  let made = 0;
  const moments = statements.map(({ clock, statement }) => ({ clock, passes: statement.passes }));
  return planReplay({ moments, events, table: (hint) => `replayed ${hint} ${++made}` });
}

async function make({ table, sql, drop }: TableStep): Promise<void> {
  await engine.run(`CREATE OR REPLACE TABLE ${name(table)} AS ${sql}`);
  if (drop !== null) await engine.run(`DROP TABLE ${name(drop)}`);
}

/** For each moment what its statement yields by itself, and by the replay. */
async function bothWays(statements: readonly { clock: Clock; statement: Statement }[], events: readonly EventWord[]) {
  const replay = replayOf(statements, events);
  for (const step of replay.once) await make(step);
  const found: { alone: unknown; replayed: unknown }[] = [];
  for (const [index, { statement }] of statements.entries()) {
    const moment = replay.moments[index];
    if (moment === undefined) throw new Error("a moment is missing");
    for (const step of moment.steps) await make(step);
    const sorted = (sql: string) => rowsOf(engine, `SELECT * FROM (${sql}) ORDER BY customer_id`);
    found.push({ alone: await sorted(statement.sql), replayed: await sorted(statement.over(moment.kept)) });
  }
  return found;
}

function momentsOf({ clock, vocabulary }: World, weeks: number) {
  return weeklyClocks(clock, weeks).map((at) => ({ clock: at, vocabulary }));
}

let copies = 0;

/** How many rules had a mask, and how many none. */
const told = { masked: 0, unmasked: 0 };

/** The masks of each rule that has one, with those that it may name. */
async function byMasks(request: Omit<MasksRequest, "table">): Promise<Map<string, Record<string, unknown>[]>> {
  const masks = new Map<string, Record<string, unknown>[]>();
  for (const own of request.rules) {
    const named = reads(own.rule).segments.map(({ name }) => name);
    const rules = request.rules.filter((rule) => rule === own || named.includes(rule.name));
    const planned = compileMasks({ ...request, rules, table: (hint) => `masked ${hint} ${++copies}` });
    told[planned === null ? "unmasked" : "masked"] += 1;
    if (planned === null) continue;
    for (const step of planned.once) await make(step);
    const sql = `SELECT customer_id, ${name(own.name)} AS m FROM (${planned.sql}) ORDER BY customer_id`;
    masks.set(own.name, await rowsOf(engine, sql));
  }
  return masks;
}

const WEEKS = fc.oneof({ arbitrary: fc.constant(5), weight: 5 }, { arbitrary: fc.constant(52), weight: 1 });

describe("A replay gives for every moment what a run as of that moment gives", () => {
  test("of random rules over random histories, whoever is in", async () => {
    const cases = clocks.chain((clock) => {
      const plain = choicesOf(clock);
      const own = (segment: string) => ({ cell: "groups", name: segment, qualified: false, from: 0, to: 0 });
      const others = ["Cluster 1", "Both"].map((segment) => ({ ...own(segment), cell: "personas" }));
      const nested = { ...plain, segments: [...["VIP", "Weekly buyers"].map(own), ...others] };
      const trees = fc.tuple(
        fc.array(rules(plain), { minLength: 2, maxLength: 2 }),
        fc.array(rules(nested), { minLength: 4, maxLength: 4 }),
      );
      return fc.record({ world: worlds(clock), rules: trees.map((each) => each.flat()), weeks: WEEKS });
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ world, rules: trees, weeks }) => {
        const names = ["VIP", "Weekly buyers", "in doubt", "r3", "r4", "r5"];
        const named = trees.map((rule, index) => ({ name: names[index] ?? "", rule }));
        await load(world);
        const around = { of: "people", entity: "customer_id", rules: named, cell: "groups" };
        const statements = weeklyClocks(world.clock, weeks).map((clock) => {
          const statement = compileRules({ ...around, vocabulary: world.vocabulary, clock });
          if (!statement.ok) throw new Error(JSON.stringify(statement.problems));
          return { clock, statement };
        });
        const found = await bothWays(statements, world.vocabulary.events);
        const texts = named.map((one) => `${one.name}: ${printRule(one.rule)}`).join("\n");
        for (const { alone, replayed } of found) expect(replayed, texts).toEqual(alone);
        const masks = await byMasks({ ...around, moments: momentsOf(world, weeks) });
        for (const [index, { alone }] of found.entries()) {
          const flags = alone as Readonly<Record<string, unknown>>[];
          for (const [own, rows] of masks) {
            const is = rows.map(({ customer_id, m }) => [
              customer_id,
              ((BigInt(String(m)) >> BigInt(index)) & 1n) === 1n,
            ]);
            expect(is, `${own} in week ${index}\n${texts}`).toEqual(flags.map((row) => [row.customer_id, row[own]]));
          }
        }
      }),
      { numRuns: CASES || 10 },
    );
    expect(told.masked).toBeGreaterThan(told.unmasked);
  });

  test("of the values of features, to the last digit", async () => {
    const cases = clocks.chain((clock) => {
      const choices = choicesOf(clock);
      const each = fc.array(expressions(choices), { minLength: 5, maxLength: 5 });
      const words = fc.array(commonest(choices), { minLength: 1, maxLength: 2 });
      return fc.record({ world: worlds(clock), numbers: each, words, everybody: fc.boolean(), weeks: WEEKS });
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ world, numbers, words, everybody, weeks }) => {
        await load(world);
        const columns = [...numbers, ...words].map((expression, index) => ({ name: `f${index}`, expression }));
        const around = { from: everybody ? null : "people", entity: "customer_id", columns, fill: { default: 0 } };
        const texts = columns.map(({ expression }) => printExpression(expression)).join("\n");
        const compiled = weeklyClocks(world.clock, weeks).map((clock) => {
          return { clock, statement: compileExpressions({ ...around, vocabulary: world.vocabulary, clock }) };
        });
        const statements = compiled.flatMap(({ clock, statement }) => (statement.ok ? [{ clock, statement }] : []));
        // Expressions without any event say nothing of who there is.
        fc.pre(statements.length === compiled.length);
        const found = await bothWays(statements, world.vocabulary.events);
        for (const { alone, replayed } of found) expect(replayed, texts).toEqual(alone);
      }),
      { numRuns: CASES || 10 },
    );
  });

  test("by one reading of each relation, whatever is asked of it", () => {
    const words = [
      "placed order at least 3 times in last 90 days OR sum of weight of placed order > 5",
      "placed order THEN placed order WITHIN 3 DAYS in last 30 days AND placed order more than 2 months ago",
      "median of amount of placed order > 3 AND viewed product never in last 7 days",
      "placed order THEN viewed product WITHIN 2 HOURS",
    ];
    const named = words.map((text, index) => {
      const { rule, problems } = parseRule(text, shop);
      if (rule === null) throw new Error(JSON.stringify(problems));
      return { name: `rule ${index}`, rule };
    });
    const around = { of: "people", entity: "customer_id", cell: "groups", vocabulary: shop };
    const statements = weeklyClocks(today, 52).map((clock) => {
      const statement = compileRules({ ...around, rules: named, clock });
      if (!statement.ok) throw new Error(JSON.stringify(statement.problems));
      return { clock, statement };
    });
    const replay = replayOf(statements, shop.events);
    const weekly = replay.moments.map(({ steps, kept }, index) => {
      return [...steps.map(({ sql }) => sql), statements[index]?.statement.over(kept) ?? ""].join("\n");
    });
    for (const relation of ["orders", "views"]) {
      // A copy stands under the relation's name where it is read again.
      const readings = [...replay.once.map(({ sql }) => sql), ...weekly].flatMap((sql) => {
        const isShadowed = sql.includes(`"${relation}" AS (SELECT * FROM "replayed copy`);
        return isShadowed ? [] : [...sql.matchAll(new RegExp(`FROM "${relation}" `, "g"))];
      });
      expect(readings.length, relation).toBe(1);
    }
  });
});
