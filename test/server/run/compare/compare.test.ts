import { readdir } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CellComparison, CompareView } from "../../../../server/run/compare/view.ts";
import { cell, type NotebookRuns, ORDERS, openRuns, orders, PATH, withHead } from "../notebook-runs.ts";

const never = new AbortController().signal;
const quiet = { started: () => undefined, cell: () => undefined };

function compare(runs: NotebookRuns, before: string, after: string, set = {}): Promise<CompareView> {
  const ask = { path: PATH, before: withHead(before), after: withHead(after), set, asOf: null };
  return runs.session.compare(ask, quiet, never);
}

function cellOf(view: CompareView, id: string): CellComparison {
  const found = view.cells.find(({ before, after }) => (after ?? before) === id);
  if (found === undefined) throw new Error(`no cell ${id} among ${JSON.stringify(view.cells)}`);
  return found;
}

const SPEND = cell(
  "features",
  "spend",
  "columns:\n  total: sum of amount of placed order\n  orders: count of placed order",
);
const rules = (least: number) =>
  cell("segments", "people", `of: spend\nsegments:\n  Big: total >= ${least}\n  Small: total < ${least}`);
const noChange = { added: [], removed: [], retyped: [] };

describe("what a change does to the results", () => {
  it("is nothing where the texts mean the same, and what nothing depends on is found", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const before = orders() + SPEND + rules(10);
    const view = await compare(
      runs,
      before,
      before.replaceAll("  total", "   total").replaceAll("  orders", "   orders"),
    );
    expect(view.cells.map(({ after, state }) => [after, state])).toEqual([
      ["orders", "same"],
      ["spend", "same"],
      ["people", "same"],
    ]);
    expect(view.asOf.before).toBe(view.asOf.after);
  });

  it("is told for segments by sizes, moves and who moved", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const view = await compare(runs, orders() + SPEND + rules(10), orders() + SPEND + rules(15));
    expect(cellOf(view, "spend").state).toBe("same");
    expect(cellOf(view, "people")).toMatchObject({ state: "differs", before: "people", why: null });
    expect(cellOf(view, "people").relations).toEqual([
      {
        before: { name: "people", rows: 3 },
        after: { name: "people", rows: 3 },
        columns: noChange,
        rows: { by: "customer_id", gone: 0, come: 0, changed: 1, columns: [{ name: "segment", changed: 1 }] },
        segments: {
          column: "segment",
          people: { before: 3, after: 3, moved: 1 },
          sizes: [
            { segment: "Big", before: 2, after: 1, entered: 0, left: 1 },
            { segment: "Small", before: 1, after: 2, entered: 1, left: 0 },
          ],
          moves: [{ from: "Big", to: "Small", people: 1, keys: [1] }],
          movesLeftOff: 0,
        },
      },
    ]);
  });

  it("is told for rows of an entity column by column, with columns that came, went and have another type", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const people = (select: string) => cell("sql", "people", `SELECT ${select} FROM orders`);
    const view = await compare(
      runs,
      orders() + people("customer_id, amount, ordered_at AS at, 1 AS one, 'x' AS old"),
      orders() +
        people("customer_id, amount + (customer_id = 2)::INT AS amount, ordered_at AS at, 1.5 AS one, 'y' AS new"),
    );
    const [relation] = cellOf(view, "people").relations;
    expect(relation?.columns).toMatchObject({ added: [{ name: "new" }], removed: [{ name: "old" }] });
    expect(relation?.columns.retyped.map(({ name }) => name)).toEqual(["amount", "one"]);
    const same = await compare(
      runs,
      orders() + people("customer_id, amount, amount * 2 AS twice"),
      orders() +
        people("customer_id, amount, amount * (2 + (customer_id > 1)::INT) AS twice").replace(
          "FROM orders",
          "FROM orders WHERE customer_id < 3",
        ),
    );
    expect(cellOf(same, "people").relations[0]?.rows).toEqual({
      by: "customer_id",
      gone: 1,
      come: 0,
      changed: 1,
      columns: [{ name: "twice", changed: 1 }],
    });
  });

  it("takes doubles that differ in their last bits for one value, and no others", async () => {
    const runs = await openRuns();
    const values = (list: string) => cell("sql", "v", `FROM (VALUES ${list}) v(customer_id, x)`);
    const view = await compare(
      runs,
      values("(1, 0.1::DOUBLE + 0.2::DOUBLE), (2, 1e300), (3, 'inf'), (4, 'nan'), (5, NULL), (6, 1.0), (7, 0)"),
      values("(1, 0.3::DOUBLE), (2, 1.001e300), (3, 1e300), (4, 'nan'), (5, 0), (6, 1.0 + 1e-12), (7, 1e-300)"),
    );
    expect(cellOf(view, "v").relations[0]?.rows).toMatchObject({ changed: 4, columns: [{ name: "x", changed: 4 }] });
  });

  it("counts rows without a key as often as they are there", async () => {
    const runs = await openRuns();
    const view = await compare(
      runs,
      cell("sql", "words", "FROM (VALUES ('a'), ('a'), ('a'), ('b')) w(word)"),
      cell("sql", "words", "FROM (VALUES ('a'), ('b'), ('b'), ('c')) w(word)"),
    );
    expect(cellOf(view, "words").relations[0]?.rows).toEqual({ by: null, gone: 2, come: 2 });
  });

  it("is nothing where rows only come in another order", async () => {
    const runs = await openRuns();
    const words = (order: string) =>
      cell("sql", "words", `SELECT word FROM (VALUES (3), (1), (2)) w(word) ORDER BY 1 ${order}`);
    const view = await compare(runs, words("ASC"), words("DESC"));
    expect(cellOf(view, "words")).toMatchObject({ state: "same", relations: [] });
  });

  it("follows cells that were renamed, and counts those that came and went from and to nothing", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const renamed = rules(15).replace("segments people", "segments audience");
    const view = await compare(runs, orders() + SPEND + rules(10), orders() + SPEND + renamed);
    expect(cellOf(view, "audience")).toMatchObject({ before: "people", after: "audience", state: "differs" });
    const added = await compare(runs, orders() + SPEND, orders() + SPEND + rules(10));
    expect(cellOf(added, "people")).toMatchObject({ before: null, state: "added" });
    expect(cellOf(added, "people").relations[0]).toMatchObject({ before: null, after: { rows: 3 }, rows: null });
    expect(cellOf(added, "people").relations[0]?.segments?.sizes).toEqual([
      { segment: "Big", before: 0, after: 2, entered: 2, left: 0 },
      { segment: "Small", before: 0, after: 1, entered: 1, left: 0 },
    ]);
    const removed = await compare(runs, orders() + SPEND + rules(10), orders() + SPEND);
    expect(cellOf(removed, "people")).toMatchObject({ after: null, state: "removed" });
  });

  it("is unknown where a side has no result, with the reason", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const view = await compare(
      runs,
      orders() + SPEND + rules(10),
      orders() + SPEND.replace("of amount", "of amuont") + rules(10),
    );
    expect(cellOf(view, "spend")).toMatchObject({ state: "unknown", relations: [] });
    expect(cellOf(view, "spend").problems[0]?.message).toContain("amuont");
    expect(cellOf(view, "people").why).toMatch(/^In the version after, .*spend.* is at fault\.$/);
  });

  it("takes inputs' values to the side that has the input", async () => {
    const runs = await openRuns();
    const input = cell("input", "n", "type: number\ndefault: 1");
    const view = await compare(
      runs,
      cell("sql", "rows", "SELECT 1 AS x"),
      input + cell("sql", "rows", "SELECT $n AS x"),
      { n: 5 },
    );
    expect(view.problems).toEqual({ before: [], after: [] });
    expect(cellOf(view, "rows").state).toBe("differs");
  });

  it("leaves nothing behind that changes what the page says of the notebook's last run", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const text = orders() + SPEND + rules(10);
    await runs.run(text);
    const before = (await runs.plan(text.replace("total >= 10", "total >= 12"))).states;
    await compare(runs, text.replaceAll("10", "11"), text);
    expect((await runs.plan(text.replace("total >= 10", "total >= 12"))).states).toEqual(before);
    expect(await readdir(`${runs.workspace.state}/last-runs`)).toHaveLength(1);
  });

  it("stops when it is cancelled", async () => {
    const runs = await openRuns();
    const controller = new AbortController();
    const endless = cell("sql", "endless", "SELECT count(*) AS n FROM range(100000) a, range(100000) b, range(1000) c");
    const ask = { path: PATH, before: withHead(""), after: withHead(endless), set: {}, asOf: null };
    const going = runs.session.compare(
      ask,
      { ...quiet, started: () => setTimeout(() => controller.abort(), 50) },
      controller.signal,
    );
    await expect(going).rejects.toThrow();
    await expect(compare(runs, "", "")).resolves.toMatchObject({ cells: [] });
  });
});

describe("moves between segments", () => {
  it("are those of a count by hand, whoever is in how many", async () => {
    const flags = fc.tuple(...Array.from({ length: 4 }, () => fc.boolean()));
    const [people = []] = fc.sample(fc.array(flags, { minLength: 80, maxLength: 80 }), { seed: 7, numRuns: 1 });
    const csv = people.map((row, at) => [at, ...row].join(",")).join("\n");
    const runs = await openRuns({ "people.csv": `customer_id,a,b,c,d\n${csv}\n` });
    const source = cell("source", "people", "files: people.csv");
    const before = source + cell("segments", "s", "of: people\nsegments:\n  One: a = true\n  Two: b = true");
    const after = source + cell("segments", "s", "of: people\nsegments:\n  One: c = true\n  Two: d = true");
    const segments = cellOf(await compare(runs, before, after), "s").relations[0]?.segments;
    const inWhich = (one: boolean | undefined, two: boolean | undefined) => [
      ...(one ? ["One"] : []),
      ...(two ? ["Two"] : []),
    ];
    const counts = new Map<string, number>();
    let moved = 0;
    for (const [a, b, c, d] of people) {
      const [was, is] = [inWhich(a, b), inWhich(c, d)];
      const left: (string | null)[] = was.filter((name) => !is.includes(name));
      const entered: (string | null)[] = is.filter((name) => !was.includes(name));
      if (left.length + entered.length === 0) continue;
      moved += 1;
      for (const from of left.length > 0 ? left : [null])
        for (const to of entered.length > 0 ? entered : [null]) {
          const key = JSON.stringify([from, to]);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
    }
    expect(
      Object.fromEntries((segments?.moves ?? []).map(({ from, to, people: n }) => [JSON.stringify([from, to]), n])),
    ).toEqual(Object.fromEntries(counts));
    expect(segments?.people.moved).toBe(moved);
    for (const { segment, before: b, after: a, entered, left } of segments?.sizes ?? []) {
      expect(a - b).toBe(entered - left);
      expect(b).toBe(people.filter(([x, y]) => inWhich(x, y).includes(segment)).length);
      expect(a).toBe(people.filter(([, , x, y]) => inWhich(x, y).includes(segment)).length);
    }
  });
});
