import type { DuckDBConnection } from "@duckdb/node-api";
import { beforeAll, describe, expect, test } from "vitest";
import { compileExpressions, type ExpressionsRequest } from "../../../server/language/compile-expressions.ts";
import { parseExpression } from "../../../server/language/parse-expression.ts";
import { fill, openEngine, rowsOf } from "./duckdb.ts";
import type { Row } from "./interpreter.ts";
import { shop, today } from "./shop.ts";

let engine: DuckDBConnection;
beforeAll(async () => {
  engine = await openEngine();
});

async function load(relations: Readonly<Record<string, readonly Row[]>>): Promise<void> {
  for (const relation of ["orders", "views", "mails"]) {
    const columns = shop.events.find((event) => event.relation === relation)?.columns ?? [];
    await fill(engine, relation, { columns, rows: relations[relation] ?? [] });
  }
  await fill(engine, "people", { columns: shop.attributes, rows: relations.people ?? [] });
}

function compile(texts: Readonly<Record<string, string>>, more: Partial<ExpressionsRequest> = {}) {
  const columns = Object.entries(texts).map(([name, text]) => {
    const { expression, problems } = parseExpression(text, more.vocabulary ?? shop);
    expect(problems, text).toEqual([]);
    if (!expression) throw new Error(text);
    return { name, expression };
  });
  return compileExpressions({
    from: null,
    entity: "customer_id",
    columns,
    vocabulary: shop,
    clock: today,
    fill: {},
    ...more,
  });
}

async function features(texts: Readonly<Record<string, string>>, more: Partial<ExpressionsRequest> = {}) {
  const compiled = compile(texts, more);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return rowsOf(engine, `SELECT * FROM (${compiled.sql}) ORDER BY customer_id`);
}

const orders = [
  { customer_id: 1, at: "2026-11-01T10:00:00", amount: 10.1, items: 1, country: "UK", weight: 0.5 },
  { customer_id: 1, at: "2026-11-05T23:59:59", amount: 20.2, items: 2, country: "FR", weight: 1.5 },
  { customer_id: 1, at: "2026-11-10T00:00:00", amount: 30.3, items: 3, country: "FR", weight: 4 },
  { customer_id: 2, at: "2026-01-31T00:00:00", amount: null, items: null, country: null, weight: null },
  { customer_id: 3, at: "2026-11-11T00:00:00", amount: 99, items: 9, country: "UK", weight: 9 },
  { customer_id: null, at: "2026-11-01T00:00:00", amount: 99, items: 9, country: "UK", weight: 9 },
];

describe("The expressions of the format", () => {
  test("have the values that were worked out by hand, over every entity of the events", async () => {
    await load({ orders, mails: [{ customer_id: 4, at: "2026-11-10", kind: "open" }] });
    const rows = await features({
      last: "days since last placed order",
      first: "days since first placed order",
      weeks: "weeks since first placed order",
      months: "months since last placed order",
      hours: "hours since last placed order",
      many: "count of placed order",
      recent: "count of placed order in last 7 days where country = 'FR'",
      sum: "sum of amount of placed order",
      mean: "average amount of placed order",
      middle: "median of amount of placed order",
      least: "min amount of placed order",
      most: "max amount of placed order",
      spread: "stddev of weight of placed order",
      places: "distinct country of placed order",
      place: "most frequent country of placed order",
      gap: "average days between placed order",
      share: "count of opened email / count of placed order",
      sums: "(sum of items of placed order - 1) * 2 + 0.5",
    });
    expect(rows).toEqual([
      {
        customer_id: "1",
        last: "0",
        first: "9",
        weeks: 9 / 7,
        months: "0",
        hours: 24,
        many: "3",
        recent: "2",
        sum: "60.60",
        mean: 20.2,
        middle: 20.2,
        least: "10.10",
        most: "30.30",
        spread: Math.sqrt(((0.5 - 2) ** 2 + (1.5 - 2) ** 2 + (4 - 2) ** 2) / 2),
        places: "2",
        place: "FR",
        gap: 4.5,
        share: 0,
        sums: "10.5",
      },
      expect.objectContaining({
        customer_id: "2",
        last: "283",
        months: "9",
        many: "1",
        sum: "0.00",
        mean: null,
        gap: null,
        sums: "-1.5",
      }),
      expect.objectContaining({
        customer_id: "4",
        last: null,
        many: "0",
        sum: "0.00",
        places: "0",
        place: null,
        share: null,
      }),
    ]);
  });

  test("keep the types that were promised", async () => {
    await load({ orders });
    const compiled = compile({
      days: "days since last placed order",
      weeks: "weeks since last placed order",
      count: "count of placed order",
      decimals: "sum of amount of placed order",
      wholes: "sum of items of placed order",
      doubles: "sum of weight of placed order",
      mean: "average items of placed order",
      median: "median of items of placed order",
      largest: "max amount of placed order",
      distinct: "distinct items of placed order",
      word: "most frequent country of placed order",
      ratio: "count of placed order / 2",
      more: "count of placed order + 1",
      tax: "sum of amount of placed order * 20%",
    });
    if (!compiled.ok) throw new Error("not compiled");
    const types = await rowsOf(engine, `DESCRIBE ${compiled.sql}`);
    expect(Object.fromEntries(types.map((row) => [row.column_name, row.column_type]))).toEqual({
      customer_id: "BIGINT",
      days: "BIGINT",
      weeks: "DOUBLE",
      count: "BIGINT",
      decimals: "DECIMAL(38,2)",
      wholes: "BIGINT",
      doubles: "DOUBLE",
      mean: "DOUBLE",
      median: "DOUBLE",
      largest: "DECIMAL(18,2)",
      distinct: "BIGINT",
      word: "VARCHAR",
      ratio: "DOUBLE",
      more: "BIGINT",
      tax: "DECIMAL(38,3)",
    });
  });

  test("give one row for each entity of `from`, with or without events", async () => {
    await load({ orders, people: [{ customer_id: 3 }, { customer_id: 1 }, { customer_id: 1 }, { customer_id: null }] });
    expect(await features({ n: "count of placed order" }, { from: "people" })).toEqual([
      { customer_id: "1", n: "3" },
      { customer_id: "3", n: "0" },
    ]);
  });

  test("need somebody to speak of", () => {
    expect(compile({ one: "1 + 1" })).toMatchObject({
      ok: false,
      problems: [{ code: "entities-missing", column: "one" }],
    });
  });

  test("divide by zero into nothing", async () => {
    await load({ orders });
    const rows = await features({
      a: "count of placed order / (1 - 1)",
      b: "count of placed order / count of viewed product",
    });
    expect(rows.map(({ a, b }) => [a, b])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  test("refuse two columns that the engine would take for one", () => {
    const compiled = compile({ n: "count of placed order", N: "count of placed order" });
    expect(compiled).toMatchObject({ ok: false, problems: [{ code: "duplicate-name", column: "N" }] });
  });
});

describe("`fill` says what no event gives", () => {
  const texts = {
    days: "days since last placed order",
    n: "count of placed order",
    mean: "average amount of placed order",
    place: "most frequent country of placed order",
    ratio: "count of opened email / count of placed order",
  };

  test("by default to the columns of its kind, and not where there was an event", async () => {
    await load({ orders, people: [{ customer_id: 2 }, { customer_id: 5 }] });
    const rows = await features(texts, { from: "people", fill: { default: -1 } });
    expect(rows).toEqual([
      { customer_id: "2", days: "283", n: "1", mean: null, place: null, ratio: 0 },
      { customer_id: "5", days: "-1", n: "-1", mean: -1, place: null, ratio: -1 },
    ]);
  });

  test("to a column by its name, before the default", async () => {
    await load({ orders, people: [{ customer_id: 5 }] });
    const fillings = { default: 0, days: 999, place: "nowhere", ratio: null };
    const [row] = await features(texts, { from: "people", fill: fillings });
    expect(row).toEqual({ customer_id: "5", days: "999", n: "0", mean: 0, place: "nowhere", ratio: null });
  });

  test("and must be of the column's kind", () => {
    const compiled = compile(texts, { fill: { days: "long ago" } });
    expect(compiled).toMatchObject({ ok: false, problems: [{ code: "wrong-type", column: "days" }] });
  });
});

describe("Results do not depend on the order of rows or threads", () => {
  test("a sum of doubles is the exact sum, rounded once", async () => {
    const values = [1e17, 0.1, 0.2, 0.3, -1e17, 1e-3, 12345.678, 1e17, -1e17];
    const backwards = [...values].reverse();
    const rowsFor = (id: number, list: readonly number[]) =>
      list.map((weight) => ({ customer_id: id, at: "2026-11-01T00:00:00", weight }));
    await load({ orders: [...rowsFor(1, values), ...rowsFor(2, backwards)] });
    const rows = await features({ sum: "sum of weight of placed order", mean: "average weight of placed order" });
    expect(rows[0]?.sum).toBe(rows[1]?.sum);
    expect(rows[0]?.mean).toBe(rows[1]?.mean);
    // 0.1 + 0.2 + 0.3 + 0.001 + 12345.678; a running sum of doubles loses all of it beside 1e17.
    expect(rows[0]?.sum).toBeCloseTo(12346.279, 9);
  });

  test("infinite values and such beyond whole numbers are added as doubles", async () => {
    const order = (customer_id: number, weight: string) => ({ customer_id, at: "2026-11-01T00:00:00", weight });
    await load({ orders: [order(1, "1e300"), order(1, "1"), order(2, "Infinity"), order(2, "1")] });
    const rows = await features({ sum: "sum of weight of placed order" });
    expect(rows.map((row) => String(row.sum))).toEqual(["1e+300", "Infinity"]);
  });

  test("of equally frequent values the smallest is taken", async () => {
    const countries = ["b", "a", "c", "a", "b"];
    const rows = countries.map((country) => ({ customer_id: 1, at: "2026-11-01T00:00:00", country }));
    for (const order of [rows, [...rows].reverse()]) {
      await load({ orders: order });
      expect(await features({ place: "most frequent country of placed order" })).toEqual([
        { customer_id: "1", place: "a" },
      ]);
    }
  });
});
