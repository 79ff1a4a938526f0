import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDb } from "../../../../server/engine/duckdb.ts";
import { Cancelled, type Engine } from "../../../../server/engine/engine.ts";
import { compileExpressions } from "../../../../server/language/compile-expressions.ts";
import { compileRules } from "../../../../server/language/compile-rules.ts";
import type { Pass, Statement } from "../../../../server/language/sql-pass.ts";
import { ResultCache } from "../../../../server/run/cache.ts";
import { defaultLimits } from "../../../../server/run/limits.ts";
import { type KeepAsk, KeptScans } from "../../../../server/run/scans/kept-scans.ts";
import { type Choices, duration, expressions, rules } from "../../language/arbitraries.ts";
import { shop, today } from "../../language/shop.ts";

const never = new AbortController().signal;
let engine: Engine;
let folder: string;

beforeAll(async () => {
  engine = await openDuckDb(null);
  folder = await mkdtemp(join(tmpdir(), "segbook-"));
  const relations = [{ relation: "people", columns: shop.attributes }, ...shop.events];
  for (const { relation, columns } of relations) {
    const rows = relation === "people" ? 8 : 60;
    const values = columns.map(({ name, type }, index) => `${valueSql(name, type, index)} AS "${name}"`);
    await engine.execute({
      sql: `CREATE OR REPLACE TABLE "${relation}" AS SELECT ${values.join(", ")} FROM range(${rows}) AS t(i)`,
    });
  }
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** Values on a grid around those that the rules compare with, some of them missing. */
function valueSql(name: string, type: string, index: number): string {
  const some = (most: number) => `CAST(hash(i, ${index}, '${name}') % ${most} AS INTEGER)`;
  if (name === "customer_id") return `CAST(i % 8 AS BIGINT)`;
  if (name === "kind") return `['open', 'click', 'bounce'][1 + ${some(3)}]`;
  const value = /TIMESTAMP|DATE/.test(type)
    ? `CAST(TIMESTAMP '2026-11-12' - to_hours(6 * ${some(160)}) AS ${type})`
    : type === "VARCHAR"
      ? `['UK', 'FR', '', 'uk'][1 + ${some(4)}]`
      : type.endsWith("[]")
        ? "NULL"
        : type === "BOOLEAN"
          ? `${some(2)} = 1`
          : `CAST((${some(20)} - 4) / 4 AS ${type})`;
  return name === "at" ? value : `CASE WHEN ${some(6)} > 0 THEN ${value} END`;
}

const CHOICES: Choices = {
  numbers: fc.constantFrom("0", "1", "2", "3", "0.5"),
  texts: fc.constantFrom("UK", "FR", ""),
  moments: fc.constantFrom("2026-10-20", "2026-11-01", "2026-11-05 12:00"),
  durations: fc.constantFrom(duration(7, "day"), duration(30, "day"), duration(12, "hour"), duration(1, "month")),
  inputs: false,
  segments: [],
};

const around = { vocabulary: shop, clock: today };

const statements: fc.Arbitrary<Statement> = fc
  .oneof(
    fc.array(rules(CHOICES), { minLength: 1, maxLength: 3 }).map((list) =>
      compileRules({
        ...{ ...around, of: "people", entity: "customer_id", cell: "here" },
        rules: list.map((rule, index) => ({ name: `r${index}`, rule })),
      }),
    ),
    fc
      .tuple(fc.array(expressions(CHOICES), { minLength: 1, maxLength: 3 }), fc.constantFrom("people", null))
      .map(([list, from]) =>
        compileExpressions({
          ...{ ...around, from, entity: "customer_id", fill: {} },
          columns: list.map((expression, index) => ({ name: `f${index}`, expression })),
        }),
      ),
  )
  .filter((compiled): compiled is Extract<typeof compiled, { ok: true }> => compiled.ok);

function asking(more: Partial<KeepAsk> = {}): KeepAsk {
  const relation: KeepAsk["relation"] = async (name) => ({ key: `key of ${name}`, rows: `SELECT * FROM "${name}"` });
  return { engine, zone: "UTC", relation, signal: never, ...more };
}

describe("columns of passes that are kept", () => {
  it("give what the statement gives by itself, for random rules and features in any order over any store", async () => {
    let cases = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(statements, fc.boolean()), { minLength: 2, maxLength: 6 }), async (asked) => {
        cases += 1;
        const cache = new ResultCache(join(folder, `cache-${cases}`));
        const scans = new KeptScans(cache, defaultLimits(folder));
        for (const [index, [statement, isAhead]] of asked.entries()) {
          const later: Pass[] = asked.slice(index + 1).flatMap(([other]) => other.passes);
          const kept = await scans.keep(statement.passes, asking(isAhead ? { ahead: async () => later } : {}));
          const [alone, over] = await Promise.all(
            [statement.sql, statement.over(kept)].map((sql) =>
              engine.table({ sql: `SELECT * FROM (${sql}) ORDER BY ALL` }),
            ),
          );
          expect(over?.columns).toEqual(alone?.columns);
          expect(over?.rows).toEqual(alone?.rows);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("are given up at once where whoever asks is gone, and leave nothing behind", async () => {
    const rows =
      "SELECT i % 1000000 AS customer_id, TIMESTAMP '2026-11-01' AS at, 1.5 AS amount FROM range(400000000) AS t(i)";
    const compiled = compileExpressions({
      ...{ ...around, from: null, entity: "customer_id", fill: {} },
      columns: [{ name: "n", expression: expressionOf() }],
    });
    if (!compiled.ok) throw new Error("not compiled");
    const cache = new ResultCache(join(folder, "cancelled"));
    const controller = new AbortController();
    const relation: KeepAsk["relation"] = async (name) => ({ key: name, rows });
    const keeping = new KeptScans(cache, defaultLimits(folder)).keep(
      compiled.passes,
      asking({ relation, signal: controller.signal }),
    );
    setTimeout(() => controller.abort(), 300);
    await expect(keeping).rejects.toBeInstanceOf(Cancelled);
    expect(await readdir(cache.folder)).toEqual([]);
  });
});

function expressionOf() {
  const [found] = fc.sample(
    expressions(CHOICES).filter(
      (each) =>
        each.kind === "measure" &&
        each.how === "count" &&
        each.step.relation === "orders" &&
        // The rows here have few columns.
        each.step.where === null,
    ),
    1,
  );
  if (found === undefined) throw new Error("no expression");
  return found;
}
