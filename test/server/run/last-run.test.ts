import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cell, type NotebookRuns, ORDERS, openRuns, orders } from "./notebook-runs.ts";

const SUM = cell("sql", "sum", "SELECT sum(amount) AS total FROM orders");
const NOTEBOOK = orders() + SUM;

async function spoil(runs: NotebookRuns, text: string): Promise<void> {
  const folder = join(runs.workspace.state, "last-runs");
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) await writeFile(join(folder, name), text);
}

describe("what is remembered of the last run", () => {
  it.each([
    '{"parts":{"orders":{}}}',
    '{"parts":{"orders":{"files":null}},"spans":{"orders":{}},"unfinished":{"orders":7}}',
    '{"now":1e300,"parts":[]}',
    "null",
    "{",
  ])("counts for nothing where it is damaged: %s", async (text) => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    await spoil(runs, text);
    await runs.put("orders.csv", `${ORDERS}4,7,2026-10-05 10:00:00\n`);
    const planned = await runs.plan(`---\nsegbook: 1\n---\n\n${NOTEBOOK}`);
    expect(planned.states).toMatchObject({ orders: "stale: it has not been run yet." });
  });

  it("says of a cell that failed that it did, until something of it moves or it is well", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const bad = cell("sql", "sum", "SELECT CAST(ordered_at::VARCHAR AS INTEGER) AS n FROM orders");
    await runs.run(NOTEBOOK);
    expect((await runs.run(orders() + bad)).story).toEqual(["orders found", "sum failed"]);
    expect((await runs.plan(orders() + bad)).states).toMatchObject({ sum: "stale: its last run failed." });
    const other = orders() + bad.replace("INTEGER", "DATE");
    expect((await runs.plan(other)).states).toMatchObject({ sum: "stale: its text changed." });
    await runs.run(NOTEBOOK);
    expect((await runs.plan(orders() + bad)).states).toMatchObject({ sum: "stale: its text changed." });
  });

  it("says of a cell that was cancelled that it was, and of its readers that they were not run", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook =
      orders() +
      cell(
        "sql",
        "slow",
        "SELECT count(*) AS n FROM range(100000) AS a, range(100000) AS b, orders WHERE a.range + b.range + amount = 7",
      ) +
      cell("sql", "reader", "SELECT * FROM slow");
    const stop = (view: { id: string; state: string }) => {
      if (view.id === "slow" && view.state === "running") runs.session.cancelCell({ run: "r", cell: "slow" });
    };
    const ran = await runs.run(notebook, { run: "r", onCell: stop });
    expect(ran.story).toEqual(["orders computed", "slow cancelled", "reader blocked"]);
    expect((await runs.plan(notebook)).states).toEqual({
      orders: "fresh",
      slow: "stale: its last run was cancelled.",
      reader: "stale: it has not been run yet.",
    });
  });

  it("tells of a result that the cache gave up", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    await rm(runs.workspace.cache, { recursive: true });
    expect((await runs.plan(NOTEBOOK)).states).toEqual({
      orders: "stale: its result is no longer in the cache.",
      sum: "stale: its result is no longer in the cache.",
    });
  });
});
