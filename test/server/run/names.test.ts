import { describe, expect, it } from "vitest";
import { cell, ORDERS, openRuns, orders } from "./notebook-runs.ts";

const FEATURES = cell(
  "features",
  "people",
  "columns: {n: count of placed order, spend: sum of amount of placed order}",
);
const CLUSTER = cell("cluster", "personas", "of: people\ncolumns: [n, spend]\nk: 2\nscale: none");

describe("names of cells and relations", () => {
  it("of two cells of one id the first is the relation, and the second is at fault and never run", async () => {
    const runs = await openRuns();
    const notebook =
      cell("sql", "twice", "SELECT 1 AS a") +
      cell("sql", "twice", "SELECT 2 AS a") +
      cell("sql", "reader", "FROM twice");
    const ran = await runs.run(notebook);
    expect(ran.story).toEqual(["twice computed", "twice failed", "reader computed"]);
    expect(ran.result.cells[1]?.problems.map(({ code, line }) => [code, line])).toEqual([["duplicate-id", 10]]);
    expect(await runs.rows(notebook, "reader")).toEqual([[1]]);
    const { view } = await runs.plan(notebook);
    expect(view.cells.map(({ id, state }) => [id, state])).toEqual([
      ["twice", "fresh"],
      ["reader", "fresh"],
    ]);
    expect(view.problems.map(({ code }) => code)).toEqual(["duplicate-id"]);
  });

  it("a cell with the name of an earlier cell's relation is at fault, whichever it is", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const own = cell("sql", "personas_profile", "SELECT 1 AS a");
    const after = await runs.run(orders() + FEATURES + CLUSTER + own);
    expect(after.cell("personas").origin).toBe("computed");
    expect(after.cell("personas_profile").problems).toMatchObject([
      { code: "relation-clash", message: expect.stringContaining("`personas` in line") },
    ]);
    const before = await runs.run(own + orders() + FEATURES + CLUSTER);
    expect(before.cell("personas_profile").origin).toBe("computed");
    expect(before.codes("personas")).toEqual(["relation-clash"]);
  });

  it("a kind that is not known is kept, never run, and is no relation", async () => {
    const runs = await openRuns();
    const notebook =
      cell("sqll", "old", "SELECT 1") + cell("sql", "reader", "FROM old") + cell("sql", "other", "SELECT 1 AS a");
    const ran = await runs.run(notebook);
    expect(ran.story).toEqual(["old unknown", "reader failed", "other computed"]);
    expect(ran.cell("reader").problems[0]?.hint).toContain("unknown kind `sqll`");
    expect((await runs.plan(notebook)).states).toMatchObject({ old: "unknown", other: "fresh" });
  });

  it("inputs and charts are no relations, and are told to be none", async () => {
    const runs = await openRuns();
    const notebook =
      cell("input", "day", "type: date\ndefault: 2026-10-01") +
      cell("sql", "s", "SELECT 1 AS a") +
      cell("chart", "picture", "of: s\nmark: bar\nx: a") +
      cell("sql", "r1", "FROM day") +
      cell("sql", "r2", "FROM picture");
    const ran = await runs.run(notebook);
    expect(ran.story).toEqual(["day computed", "s computed", "picture computed", "r1 failed", "r2 failed"]);
    expect(ran.cell("r1").problems[0]?.hint).toBe("`day` is an input: its value is written `$day`.");
    expect(ran.cell("r2").problems[0]?.hint).toBe("`picture` is a chart cell, which yields no relation.");
    expect((await runs.plan(notebook)).states).toMatchObject({ day: "fresh", picture: "fresh" });
  });

  it("relations are read whatever the case they are written in", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook = orders() + cell("sql", "s", "SELECT count(*) AS n FROM Orders, ORDERS_audit LIMIT 1");
    expect((await runs.run(notebook)).cell("s").reads).toEqual(["orders", "orders_audit"]);
  });

  it("the relations of a cell that can't be read are its own, and their readers wait for it", async () => {
    const runs = await openRuns();
    const notebook = cell("source", "orders", "fils: x.csv") + cell("sql", "s", "FROM orders_audit");
    const ran = await runs.run(notebook);
    expect(ran.story).toEqual(["orders failed", "s blocked"]);
    expect(ran.cell("s").reason).toBe("`orders` is at fault.");
  });

  it("an unknown relation has its place and the nearest", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const ran = await runs.run(orders() + cell("sql", "s", "SELECT *\nFROM orders_audt"));
    expect(ran.cell("s").problems).toMatchObject([
      { code: "unknown-relation", line: 15, column: 6, hint: "Did you mean `orders_audit`?" },
    ]);
  });
});

describe("circles", () => {
  it("are told to every cell in them, each at the place where it reads the next; what is outside runs", async () => {
    const runs = await openRuns();
    const notebook =
      cell("sql", "a", "SELECT *\nFROM b") +
      cell("sql", "b", "FROM c") +
      cell("sql", "c", "FROM a") +
      cell("sql", "reader", "FROM a") +
      cell("sql", "other", "SELECT 1 AS x");
    const ran = await runs.run(notebook);
    expect(ran.story.toSorted()).toEqual(["a failed", "b failed", "c failed", "other computed", "reader blocked"]);
    const problem = (id: string) =>
      ran.cell(id).problems.map(({ code, line, column, message }) => ({ code, line, column, message }));
    expect(problem("a")).toEqual([
      { code: "cycle", line: 8, column: 6, message: "This cell reads itself in a circle: `a` → `b` → `c` → `a`." },
    ]);
    expect(problem("b")).toMatchObject([{ line: 12, message: expect.stringContaining("`b` → `c` → `a` → `b`") }]);
    expect(problem("c")).toMatchObject([{ line: 16, message: expect.stringContaining("`c` → `a` → `b` → `c`") }]);
  });

  it("may be of one cell", async () => {
    const runs = await openRuns();
    const ran = await runs.run(cell("sql", "a", "FROM a"));
    expect(ran.cell("a").problems).toMatchObject([{ code: "cycle", message: "This cell reads itself." }]);
  });

  it("of segments are found before anything has run, whatever their columns' types turn out to be", async () => {
    const runs = await openRuns({ "people.csv": "customer_id,spend\n1,5\n" });
    const notebook =
      cell("source", "people", "files: people.csv") +
      cell("segments", "s", "of: people\nsegments:\n  A: IN SEGMENT B\n  B: spend > 1 AND NOT IN SEGMENT A");
    const planned = await runs.plan(notebook);
    expect(planned.cell("s").problems).toMatchObject([
      { code: "segment-cycle", message: "These segments need each other: `A` → `B` → `A`." },
    ]);
  });

  it("are none where a source reads features that speak of other sources' events", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook =
      cell(
        "source",
        "best",
        "sql: SELECT *, TIMESTAMP '2026-10-01' AS since FROM people WHERE spend > 8\nevent: became best\nat: since",
      ) +
      orders() +
      FEATURES +
      cell("features", "bests", "columns: {n: count of became best}");
    const ran = await runs.run(notebook);
    expect(ran.story).toEqual(["orders computed", "people computed", "best computed", "bests computed"]);
  });

  it("are some where features speak of the event that is made of them", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook =
      orders() +
      cell(
        "source",
        "best",
        "sql: SELECT *, TIMESTAMP '2026-10-01' AS since FROM people\nevent: became best\nat: since",
      ) +
      cell("features", "people", "columns: {n: count of became best, spend: sum of amount of placed order}");
    const ran = await runs.run(notebook);
    expect([ran.codes("best"), ran.codes("people")]).toEqual([["cycle"], ["cycle"]]);
  });
});

describe("what is not known before the run", () => {
  it("rules over a transform are judged once it has been computed", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const shaped = cell("transform", "shaped", 'of: people\nverbs:\n  - derive: {twice: "d => d.spend * 2"}');
    const rules = (rule: string) => cell("segments", "s", `of: shaped\nsegments: {Big: ${rule}}`);
    const text = orders() + FEATURES + shaped;
    const well = await runs.run(text + rules("twice > 30 AND placed order in last 60 days"));
    expect(well.story).toEqual(["orders computed", "people computed", "shaped computed", "s computed"]);
    expect(well.cell("s").reads).toEqual(["shaped", "orders"]);
    const ill = await runs.run(text + rules("thrice > 30"));
    expect(ill.codes("s")).toEqual(["unknown-attribute"]);
  });

  it("rules and features speak of events whose columns only a run can tell", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const shaped = cell("transform", "shaped", 'of: orders\nverbs:\n  - derive: {twice: "d => d.amount * 2"}');
    const source = cell("source", "doubled", "sql: SELECT * FROM shaped\nevent: paid twice\nat: ordered_at");
    const features = cell(
      "features",
      "f",
      "columns: {n: count of paid twice where twice > 15, s: sum of twice of paid twice}",
    );
    const ran = await runs.run(orders() + shaped + source + features);
    expect(ran.story.at(-1)).toBe("f computed");
    expect(await runs.rows(orders() + shaped + source + features, "f")).toEqual([
      [1, 1, 21],
      [2, 1, 40],
      [3, 0, 10],
    ]);
  });

  it("an event without the entity is told before anything runs", async () => {
    const runs = await openRuns({ "visits.csv": "session,at\n1,2026-10-01 10:00:00\n" });
    const visits = cell("source", "visits", "files: visits.csv\nevent: visited\nat: at");
    const ran = await runs.run(visits + cell("features", "f", "columns: {n: count of visited}"));
    expect(ran.codes("visits")).toEqual(["entity-missing"]);
    expect(ran.story).toEqual(["visits failed", "f blocked"]);
  });
});
