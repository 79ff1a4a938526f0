import { describe, expect, it } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import { cell, type NotebookRuns, ORDERS, openRuns, orders, PATH, withHead } from "./notebook-runs.ts";

const never = new AbortController().signal;

const NOTEBOOK = `${orders()}${cell("features", "behaviour", "columns:\n  n: count of placed order\n  spend: sum of amount of placed order")}${cell(
  "segments",
  "groups",
  "of: behaviour\nsegments:\n  Many: placed order at least 2 times\n  Both: in segment Many AND spend > 10",
)}${cell("score", "points", "of: behaviour\npoints:\n  - {when: placed order, add: 1}")}`;

async function explained(runs: NotebookRuns, id: string, rule: string | null, text = NOTEBOOK) {
  const ask = { path: PATH, text: withHead(text), set: {}, asOf: null, cell: id, rule };
  const found = await runs.session.explain(ask, never);
  if (isProblem(found)) throw new Error(found.message);
  return found;
}

describe("how a cell is computed", () => {
  it("is told as SQL before anything has run, and as the engine's plan once what it reads is there", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const before = await explained(runs, "groups", null);
    expect(before.missing).toEqual(["behaviour", "orders"]);
    expect(before.plan).toBeNull();
    expect(before.sql).toContain('AS "Many"');
    await runs.run(NOTEBOOK);
    const after = await explained(runs, "groups", null);
    expect(after.missing).toEqual([]);
    expect(after.plan).toContain("HASH_GROUP_BY");
    expect(after.passes).toEqual([{ reads: ["orders"], columns: 1, kept: 1 }]);
  });

  it("is told of one rule with those that it names, of one feature and of one rule with points", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const many = await explained(runs, "groups", "Many");
    expect(many.sql).not.toContain("Both");
    const both = await explained(runs, "groups", "Both");
    expect(both.sql).toMatch(/^SELECT "customer_id", "Both" FROM/);
    expect((await explained(runs, "behaviour", "spend")).sql).not.toContain('AS "n"');
    expect((await explained(runs, "points", "points_1")).plan).toContain("READ_PARQUET");
    const edited = NOTEBOOK.replace("at least 2 times", "at least 2 times in last 9 days");
    expect((await explained(runs, "groups", "Many", edited)).passes).toEqual([
      { reads: ["orders"], columns: 1, kept: 0 },
    ]);
  });

  it("is not told of a cell without rules, nor of one that is at fault", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await expect(explained(runs, "orders", null)).rejects.toThrow("no cell with rules or features");
    const wrong = NOTEBOOK.replace("placed order at least", "paced order at least");
    await expect(explained(runs, "groups", null, wrong)).rejects.toThrow("paced order");
  });
});
