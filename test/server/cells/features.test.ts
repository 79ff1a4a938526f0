import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RFM_GROUPS } from "../../../server/cells/features/rfm.ts";
import { features } from "../../../server/cells/features.ts";
import type { EventWord } from "../../../server/language/vocabulary.ts";
import { type Bench, openBench, studyAndRun } from "./harness.ts";

const PLACED: EventWord = {
  words: "placed order",
  relation: "orders",
  at: "ordered_at",
  entity: "customer_id",
  where: null,
  columns: [
    { name: "customer_id", type: "BIGINT" },
    { name: "ordered_at", type: "TIMESTAMP" },
    { name: "amount", type: "DECIMAL(10,2)" },
    { name: "country", type: "VARCHAR" },
  ],
};

const ORDERS = `SELECT * FROM (VALUES
  (1::BIGINT, TIMESTAMP '2026-10-01 10:00:00', 10.50::DECIMAL(10,2), 'UK'),
  (1, '2026-10-20 10:00:00', 4.50, 'DE'),
  (2, '2026-08-01 10:00:00', 100, 'UK'),
  (NULL, '2026-10-01 10:00:00', 1, 'UK'),
  (3, '2027-01-01 10:00:00', 1, 'UK')
) AS t(customer_id, ordered_at, amount, country)`;

const PEOPLE = `SELECT * FROM (VALUES (1::BIGINT, 'Ann', 1990), (2, 'Bob', 1980), (4, 'Cem', NULL)) AS t(customer_id, name, born)`;

describe("a features cell", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  const run = (body: string, extra: Record<string, string> = {}, inputs = [] as never[]) =>
    studyAndRun(bench, features, {
      notebook: `\`\`\`features f\n${body}\n\`\`\`\n`,
      relations: { orders: ORDERS, ...extra },
      events: [PLACED],
      inputs,
    });
  const rows = async (body: string, extra?: Record<string, string>) => {
    const ran = await run(body, extra);
    expect(ran.problems).toEqual([]);
    return ran.rows();
  };
  const faults = async (body: string, extra?: Record<string, string>) =>
    (await run(body, extra)).problems.map(({ code, line, column, message }) => ({ code, line, column, message }));

  it("gives one row to everybody who did anything before the moment, ordered by the key", async () => {
    expect(
      await rows("columns:\n  n: count of placed order\n  s: sum of amount of placed order where country = 'UK'"),
    ).toEqual([
      { customer_id: 1, n: 2, s: 10.5 },
      { customer_id: 2, n: 1, s: 100 },
    ]);
  });

  it("gives one row to each of `from`, without events too, and says what `fill` says of them", async () => {
    const body =
      "from: people\ncolumns:\n  n: count of placed order\n  last: days since last placed order\n  where: most frequent country of placed order";
    expect(await rows(body, { people: PEOPLE })).toEqual([
      { customer_id: 1, n: 2, last: 11, where: "DE" },
      { customer_id: 2, n: 1, last: 91, where: "UK" },
      { customer_id: 4, n: 0, last: null, where: null },
    ]);
    expect((await rows(`${body}\nfill: {last: 999, where: nowhere}`, { people: PEOPLE })).at(2)).toEqual({
      customer_id: 4,
      n: 0,
      last: 999,
      where: "nowhere",
    });
  });

  it("computes SQL over other features in whatever order they stand, and over columns of `from`", async () => {
    const body = `from: people
columns:
  double: {sql: "average * 2"}
  average: {sql: "total / n"}
  total: sum of amount of placed order
  n: count of placed order
  name: {sql: "upper(name)"}
  age: {sql: '2026 - "born"'}`;
    const found = await rows(body, { people: PEOPLE });
    expect(Object.keys(found[0] ?? {})).toEqual(["customer_id", "double", "average", "total", "n", "name", "age"]);
    expect(found).toEqual([
      { customer_id: 1, double: 15, average: 7.5, total: 15, n: 2, name: "ANN", age: 36 },
      { customer_id: 2, double: 200, average: 100, total: 100, n: 1, name: "BOB", age: 46 },
      { customer_id: 4, double: null, average: null, total: 0, n: 0, name: "CEM", age: null },
    ]);
  });

  it("foresees the columns and types that it then has", async () => {
    const ran = await run(
      "columns:\n  n: count of placed order\n  s: sum of amount of placed order\n  r: {sql: s / n}",
    );
    expect(ran.study?.yields[0]?.columns).toEqual(await ran.columns());
  });

  it("refuses SQL that is no expression, reads relations or files, or is wrong, each at its place", async () => {
    const of = async (sql: string) =>
      (await faults(`columns:\n  n: count of placed order\n  x: {sql: ${JSON.stringify(sql)}}`))[0];
    expect(await of("1), (2")).toMatchObject({ code: "sql-syntax", line: 7 });
    expect(await of("(SELECT max(amount) FROM orders)")).toMatchObject({ code: "expression-reads", line: 7 });
    expect(await of("current_setting('threads')")).toMatchObject({ code: "function-refused", line: 7 });
    expect(await of("unnest([n, 2])")).toMatchObject({ code: "function-refused", line: 7 });
    expect(await of("n = ANY ([1, 2])")).toBeUndefined();
    expect(await of("n +")).toMatchObject({ code: "sql-syntax", line: 7 });
    expect(await of("$nothing + 1")).toMatchObject({ code: "unknown-input", line: 7 });
    const unknown = await of("n + nope");
    expect(unknown).toMatchObject({ code: "sql-binder", line: 7 });
    expect(unknown?.message).toContain("nope");
  });

  it("binds inputs in SQL and in expressions", async () => {
    const ran = await studyAndRun(bench, features, {
      notebook:
        '```features f\ncolumns:\n  n: count of placed order in last $days days\n  x: {sql: "n * $factor"}\n```\n',
      relations: { orders: ORDERS },
      events: [PLACED],
      inputs: [
        { name: "days", type: "number", value: 20 },
        { name: "factor", type: "number", value: 10 },
      ],
    });
    expect(ran.problems).toEqual([]);
    expect(await ran.rows()).toEqual([
      { customer_id: 1, n: 1, x: 10 },
      { customer_id: 2, n: 0, x: 0 },
    ]);
  });

  it("refuses two columns of one name, whatever their case", async () => {
    expect(await faults("columns:\n  Customer_ID: count of placed order")).toMatchObject([
      { code: "duplicate-name", line: 6 },
    ]);
    expect(await faults("columns:\n  n: count of placed order\n  N: {sql: n}")).toMatchObject([
      { code: "duplicate-name", line: 7 },
    ]);
    expect(
      await faults("template: rfm\nevent: placed order\namount: amount\ncolumns: {Frequency: count of placed order}"),
    ).toMatchObject([{ code: "duplicate-name" }]);
  });

  it("refuses people of whom nobody says who they are, and a `from` without the key", async () => {
    expect(await faults('columns: {x: {sql: "1"}}')).toMatchObject([{ code: "entities-missing" }]);
    expect(
      await faults("from: people\ncolumns: {n: count of placed order}", { people: "SELECT 1 AS id" }),
    ).toMatchObject([{ code: "entity-missing", line: 5 }]);
  });

  it("refuses a `from` with several rows for one of them only where its columns are used", async () => {
    const twice = { people: "SELECT 1::BIGINT AS customer_id, i AS rank FROM range(2) t(i)" };
    expect(await rows("from: people\ncolumns: {n: count of placed order}", twice)).toEqual([{ customer_id: 1, n: 2 }]);
    expect(await faults("from: people\ncolumns: {n: count of placed order, x: {sql: rank}}", twice)).toMatchObject([
      { code: "entity-not-unique" },
    ]);
  });

  it("names an event and a column that are not known at their places", async () => {
    expect(await faults("columns:\n  n: count of placd order")).toMatchObject([
      { code: "unknown-event", line: 6, column: 15 },
    ]);
    expect(await faults("columns:\n  s: sum of amunt of placed order")).toMatchObject([
      { code: "unknown-property", line: 6, column: 13 },
    ]);
    expect(await faults("template: rfm\nevent: placed order\namount: amunt")).toMatchObject([
      { code: "unknown-property", line: 7 },
    ]);
    expect(await faults("template: rfm\nevent: placd order\namount: amount")).toMatchObject([
      { code: "unknown-event", line: 6 },
    ]);
  });
});

describe("`template: rfm`", () => {
  it("has a group for each of the 25 pairs of recency and frequency, and one only", () => {
    for (const r of [1, 2, 3, 4, 5])
      for (const f of [1, 2, 3, 4, 5])
        expect([r, f, RFM_GROUPS.filter((group) => group.r.includes(r) && group.f.includes(f)).length]).toEqual([
          r,
          f,
          1,
        ]);
  });

  it("gives quintiles with ties broken by the key, 5 to the best, and none to who has no event", async () => {
    const bench = await openBench();
    try {
      const orders = `SELECT i::BIGINT AS customer_id, TIMESTAMP '2026-10-31 10:00:00' - to_days(i::INTEGER // 2) AS ordered_at,
        (10 * i)::DECIMAL(10,2) AS amount, 'UK' AS country FROM range(10) t(i)`;
      const ran = await studyAndRun(bench, features, {
        notebook:
          "```features f\nfrom: people\ntemplate: rfm\nevent: placed order\namount: amount\ncolumns: {sum: {sql: r + f + m}}\n```\n",
        relations: { orders, people: "SELECT i::BIGINT AS customer_id FROM range(11) t(i)" },
        events: [PLACED],
      });
      expect(ran.problems).toEqual([]);
      const found = await ran.rows();
      expect(
        found.map((row) => [row.customer_id, row.recency_days, row.r, row.f, row.m, row.rfm_score, row.sum]),
      ).toEqual([
        // Ranked by recency, oldest first, ties by key: 8 9 6 7 4 5 2 3 0 1.
        [0, 0, 5, 1, 1, 511, 7],
        [1, 0, 5, 1, 1, 511, 7],
        [2, 1, 4, 2, 2, 422, 8],
        [3, 1, 4, 2, 2, 422, 8],
        [4, 2, 3, 3, 3, 333, 9],
        [5, 2, 3, 3, 3, 333, 9],
        [6, 3, 2, 4, 4, 244, 10],
        [7, 3, 2, 4, 4, 244, 10],
        [8, 4, 1, 5, 5, 155, 11],
        [9, 4, 1, 5, 5, 155, 11],
        [10, null, null, null, null, null, null],
      ]);
      expect(found[0]?.rfm_segment).toBe("New Customers");
      expect(found[9]?.rfm_segment).toBe("Can't Lose Them");
      expect(found[10]?.rfm_segment).toBe(null);
    } finally {
      await bench.close();
    }
  });
});
