import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cell, ORDERS, openRuns, orders } from "./notebook-runs.ts";

const LIMIT = cell("input", "least", "type: number\ndefault: 8");
const BIG = cell("sql", "big", "SELECT * FROM orders WHERE amount > $least");
const ALL = cell("sql", "everything", "SELECT count(*) AS n FROM orders");
const NOTEBOOK = orders() + LIMIT + BIG + ALL;

describe("a cell's key", () => {
  it("is not moved by a comment, spacing or the case of keywords in SQL", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const other = BIG.replace("SELECT * FROM", "-- the large ones\nselect  *\nfrom");
    const ran = await runs.run(orders() + LIMIT + other + ALL);
    expect(ran.story).toEqual(["orders found", "least found", "big found", "everything found"]);
  });

  it("is not moved by the order of keys, comments and defaults in YAML", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const before =
      orders() +
      cell(
        "features",
        "f",
        "columns:\n  n: count of placed order\n  s: sum of amount of placed order\nfill: {default: 0}",
      );
    const after =
      orders() +
      cell(
        "features",
        "f",
        "# sums\nfrom: null\nfill:\n  default: 0\ncolumns: {n: count of placed order, s: sum of amount of placed order}",
      );
    await runs.run(before);
    const ran = await runs.run(after);
    expect(ran.result.state).toBe("done");
    expect((await runs.plan(before)).cell("f").key).toBe((await runs.plan(after)).cell("f").key);
  });

  it("is kept when a cell is renamed, with its result", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const ran = await runs.run(NOTEBOOK.replace("sql big", "sql large"));
    expect(ran.story).toEqual(["orders found", "least found", "large found", "everything found"]);
  });

  it("is moved by an input only where the input is read, and the reason says what it was", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const planned = await runs.plan(NOTEBOOK, { set: { least: "15" } });
    expect(planned.states).toEqual({
      orders: "fresh",
      least: "fresh",
      big: "stale: input `least` was 8.",
      everything: "fresh",
    });
    const ran = await runs.run(NOTEBOOK, { set: { least: "15" } });
    expect(ran.cell("big")).toMatchObject({ rows: 1, origin: "computed" });
    expect(ran.cell("everything").origin).toBe("found");
  });

  it("of one part is not moved by what another part alone depends on", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const spend = cell("sql", "spend", "SELECT customer_id, sum(amount) AS total FROM orders GROUP BY ALL");
    const judgedBy = (outcome: string) =>
      orders() +
      spend +
      cell("score", "warmth", `of: spend\npoints:\n  - {when: total > 8, add: 5}\nbands: {All: '>= 0'}\n${outcome}`);
    await runs.run(judgedBy(""), { cells: ["warmth"] });
    expect((await runs.plan(judgedBy("outcome: {column: total}"))).states).toMatchObject({ warmth: "fresh" });
    const ran = await runs.run(judgedBy("outcome: {column: total}"), { cells: ["warmth_outcome"] });
    expect(ran.story).toEqual(["orders found", "spend found", "warmth computed"]);
    expect(await runs.rows(judgedBy("outcome: {column: total}"), "warmth_outcome")).toHaveLength(1);
  });

  it("is moved by the type of an input, though its value is written alike", async () => {
    const runs = await openRuns();
    const notebook = (type: string) =>
      cell("input", "day", `type: ${type}\ndefault: '2026-10-01'`) + cell("sql", "q", "SELECT typeof($day) AS type");
    await runs.run(notebook("date"));
    expect((await runs.plan(notebook("text"))).states).toMatchObject({ q: "stale: input `day` was of the type date." });
    await runs.run(notebook("text"));
    expect(await runs.rows(notebook("text"), "q")).toEqual([["VARCHAR"]]);
  });

  it("is moved by a changed data file in its source and all that reads it", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS, "other.csv": "a\n1\n" });
    const notebook = NOTEBOOK + cell("source", "other", "files: other.csv");
    await runs.run(notebook);
    await runs.put("orders.csv", `${ORDERS}4,7,2026-10-05 10:00:00\n`);
    expect((await runs.plan(notebook)).states).toMatchObject({
      orders: "stale: `orders.csv` changed.",
      everything: "stale: `orders` changed.",
      other: "fresh",
    });
    const ran = await runs.run(notebook);
    expect(ran.cell("orders")).toMatchObject({ rows: 4, origin: "computed" });
    expect(ran.cell("other").origin).toBe("found");
  });

  it("is moved by a file that is new among those of a pattern", async () => {
    const runs = await openRuns({ "2026/a.csv": "x\n1\n" });
    const notebook = cell("source", "parts", "files: 2026/*.csv");
    await runs.run(notebook);
    await runs.put("2026/b.csv", "x\n2\n");
    expect((await runs.plan(notebook)).states).toEqual({ parts: "stale: `2026/b.csv` is new." });
    expect((await runs.run(notebook)).cell("parts").rows).toBe(2);
  });

  it("goes back to the result of before when a change is taken back", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    await runs.run(NOTEBOOK.replace("> $least", ">= $least"));
    expect((await runs.run(NOTEBOOK)).cell("big").origin).toBe("found");
  });

  it("is moved by the head's keys only where the cell depends on them", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const head = (extra: string) => `---\nsegbook: 1\nas_of: 2026-10-31\n${extra}---\n\n`;
    const cells =
      NOTEBOOK +
      cell("features", "f", "columns: {n: count of placed order}") +
      cell("segments", "s", "of: f\nsegments: {Some: n > 0}");
    await runs.run(head("") + cells);
    const excluded = (await runs.plan(head("exclude: n > 100\n") + cells)).states;
    expect(Object.entries(excluded).filter(([, state]) => state !== "fresh")).toEqual([
      ["s", "stale: the head's `exclude` was not set."],
    ]);
    const titled = (await runs.plan(head("title: Other\n") + cells)).states;
    expect(new Set(Object.values(titled))).toEqual(new Set(["fresh"]));
  });
});

describe("what stands in a body as SQL", () => {
  const source = (where: string, sql: string) =>
    cell(
      "source",
      "bought",
      `sql: |-\n  ${sql.replaceAll("\n", "\n  ")}\nwhere: |-\n  ${where.replaceAll("\n", "\n  ")}`,
    );
  const features = (sql: string) =>
    cell("features", "f", `columns:\n  n: count of placed order\n  half:\n    sql: |-\n      ${sql}`);

  it("moves no key by its comments, spacing and the case of keywords", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const before = orders() + source("amount > 5 and true", "SELECT * FROM orders") + features("n / 2");
    await runs.run(before);
    const after =
      orders() +
      source("amount  >  5 -- dear\nAND true", "select *\nfrom orders /* all */") +
      features("n  /  2 /* ! */");
    expect((await runs.run(after)).story).toEqual(["orders found", "bought found", "f found"]);
  });

  it("moves the key by what it says", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const before = orders() + source("amount > 5", "SELECT * FROM orders") + features("n / 2");
    await runs.run(before);
    const other = orders() + source("amount > 6", "SELECT * FROM orders") + features("n / 3");
    expect((await runs.plan(other)).states).toEqual({
      orders: "fresh",
      bought: "stale: its text changed.",
      f: "stale: its text changed.",
    });
  });

  it("is warned of where two columns have one name, and only then", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const twice = cell("sql", "twice", "SELECT * FROM orders AS a JOIN orders AS b ON a.customer_id = b.customer_id");
    const ran = await runs.run(orders() + twice + cell("sql", "fine", "SELECT 1 AS id, 2 AS id_1"));
    expect(ran.cell("twice").problems).toMatchObject([{ code: "duplicate-column", severity: "warning" }]);
    expect(ran.cell("twice").problems[0]?.message).toBe(
      "Two columns are called `customer_id`: the second becomes `customer_id_1`, and 2 more like it.",
    );
    expect(ran.cell("fine").problems).toEqual([]);
  });
});

describe("what differs", () => {
  it("is told whole, data first", async () => {
    const runs = await openRuns({ "2026/a.csv": "x\n1\n", "2026/b.csv": "x\n2\n" });
    const notebook = (where: string) =>
      cell("input", "day", "type: date\ndefault: 2026-10-01") +
      cell("source", "parts", "files: 2026/*.csv") +
      cell("sql", "late", `SELECT * FROM parts WHERE $day > '2026-01-01' AND ${where}`);
    await runs.run(notebook("x > 0"));
    await runs.put("2026/a.csv", "x\n5\n");
    await runs.put("2026/c.csv", "x\n3\n");
    await rm(join(runs.workspace.data, "2026/b.csv"));
    const planned = await runs.plan(notebook("x > 1"), { set: { day: "2026-11-01" } });
    expect(planned.cell("parts").reasons).toEqual([
      "`2026/a.csv` changed.",
      "`2026/c.csv` is new.",
      "`2026/b.csv` is gone.",
    ]);
    expect(planned.cell("late").reasons).toEqual([
      "input `day` was 2026-10-01.",
      "its text changed.",
      "`parts` changed.",
    ]);
    expect(planned.cell("late").reason).toBe("input `day` was 2026-10-01.");
  });

  it("is told by a run of what it computes, and by none of what it finds", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    expect((await runs.run(NOTEBOOK)).cell("big").reasons).toEqual(["it has not been run yet."]);
    const ran = await runs.run(NOTEBOOK, { set: { least: 15 } });
    expect(ran.cell("big").reasons).toEqual(["input `least` was 8."]);
    expect(ran.cell("everything").reasons).toEqual([]);
  });

  it("in a body of YAML is the input that changed, and not the text it stands in", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook =
      orders() +
      LIMIT +
      cell("source", "dear", "sql: FROM orders\ncolumns: {amount: {min: $least}}\non_error: set_aside");
    await runs.run(notebook);
    expect((await runs.plan(notebook, { set: { least: 9 } })).cell("dear").reasons).toEqual(["input `least` was 8."]);
  });

  it("may be the order of exclusive segments, of which the first that fits counts", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const of = orders() + cell("features", "f", "columns: {n: count of placed order}");
    const segments = (...names: string[]) =>
      of +
      cell("segments", "s", `of: f\nexclusive: true\nsegments: {${names.map((name) => `${name}: n > 0`).join(", ")}}`);
    await runs.run(segments("First", "Second"));
    await runs.run(segments("Second", "First"));
    expect(await runs.rows(segments("Second", "First"), "s")).toEqual([
      [1, "Second"],
      [2, "Second"],
      [3, "Second"],
    ]);
  });

  it("reaches only those cells that an input reaches", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const wide = Array.from({ length: 12 }, (_, index) =>
      cell("sql", `a${index}`, `SELECT * FROM orders WHERE amount > ${index === 7 ? "$least" : index}`),
    );
    const deep = Array.from({ length: 12 }, (_, index) =>
      cell("sql", `b${index}`, `SELECT count(*) AS n FROM a${index}`),
    );
    const notebook = orders() + LIMIT + [...wide, ...deep].join("");
    await runs.run(notebook);
    const ran = await runs.run(notebook, { set: { least: 9 } });
    expect(ran.story.filter((line) => line.endsWith("computed"))).toEqual([
      "least computed",
      "a7 computed",
      "b7 computed",
    ]);
    expect(ran.story).toHaveLength(26);
  });
});

describe("a cell that is to be recomputed", () => {
  it("is, and nothing that it reads", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const ran = await runs.run(NOTEBOOK, { cells: ["big"], recompute: ["big"] });
    expect(ran.story).toEqual(["orders found", "big computed"]);
    expect(ran.cell("big").reasons).toEqual(["it was to be computed anew."]);
  });
});

describe("the moment", () => {
  const FEATURES = cell("features", "f", "columns: {last: days since last placed order}");
  const now = (as_of: string) => `---\nsegbook: 1\nas_of: ${as_of}\n---\n\n`;

  it("that is given moves only what uses time", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook = orders() + ALL + FEATURES;
    await runs.run(notebook);
    const ran = await runs.run(notebook, { asOf: "2026-10-20" });
    expect(ran.story).toEqual(["orders found", "everything found", "f computed"]);
    expect(await runs.rows(notebook, "f", { asOf: "2026-10-20" })).toEqual([
      [1, 19],
      [2, 18],
      [3, 49],
    ]);
  });

  it("`now` is new with each run, and is kept by plans, pages and what asks for the last", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook = now("now") + orders() + FEATURES;
    await runs.run(notebook);
    expect((await runs.plan(notebook)).states).toEqual({ orders: "fresh", f: "fresh" });
    const { asOf } = (await runs.plan(notebook)).view;
    expect((await runs.run(notebook, { now: "last" })).story).toEqual(["orders found", "f found"]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await runs.run(notebook)).story).toEqual(["orders found", "f computed"]);
    expect((await runs.plan(notebook)).view.asOf > asOf).toBe(true);
    expect(await runs.rows(notebook, "f")).toHaveLength(3);
  });

  it("`now` of the last run is not forgotten for a run at another moment", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook = now("now") + orders() + FEATURES;
    await runs.run(notebook);
    const { asOf } = (await runs.plan(notebook)).view;
    await runs.run(notebook, { asOf: "2026-10-20" });
    expect((await runs.plan(notebook)).view.asOf).toBe(asOf);
  });

  it("may be an input's, which is then among what its readers read", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook = now("$day") + cell("input", "day", "type: date\ndefault: 2026-10-31") + orders() + FEATURES;
    await runs.run(notebook);
    const planned = await runs.plan(notebook, { set: { day: "2026-10-20" } });
    expect(planned.cell("f").reads).toEqual(["day", "orders"]);
    expect(planned.cell("f").reason).toBe("`as_of` was 2026-10-31.");
    expect(planned.cell("orders").state).toBe("fresh");
    expect(planned.view.asOf).toBe("2026-10-21T00:00:00+00:00");
  });

  it("that can't be read keeps only those cells from running that use time", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const ran = await runs.run(now("$nobody") + orders() + ALL + FEATURES);
    expect(ran.story).toEqual(["orders computed", "everything computed", "f blocked"]);
    expect(ran.cell("f").reason).toBe("the notebook's `as_of` is at fault.");
    expect(ran.result.problems).toMatchObject([{ code: "as-of", line: 3 }]);
    expect(ran.result.state).toBe("failed");
  });
});
