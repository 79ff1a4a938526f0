import { expect, it } from "vitest";
import type { StreamEvent } from "../../../server/run/view.ts";
import { cell } from "../run/notebook-runs.ts";
import { PATH, serve } from "./served.ts";

const ENDLESS = cell("sql", "endless", "SELECT max(hash(a.i, b.i)) AS m FROM range(1000000) a(i), range(1000000) b(i)");

type CellEvent = Extract<StreamEvent, { type: "cell" }>;

it("one cell of a run can be cancelled: what reads it is blocked, and the run goes on to its end", async () => {
  const served = await serve(ENDLESS + cell("sql", "reader", "FROM endless") + cell("sql", "short", "SELECT 1 AS a"));
  const run = await served.start();
  await served.running("endless");
  expect(await served.supervisor.cancelCell(run, "endless")).toBe(true);
  await served.ended(run);
  const last = (id: string) =>
    served.events.findLast((event): event is CellEvent => event.type === "cell" && event.cell.id === id)?.cell;
  expect([last("endless")?.state, last("reader")?.state, last("short")?.state]).toEqual([
    "cancelled",
    "blocked",
    "fresh",
  ]);
  expect(await served.supervisor.cancelCell(run, "endless")).toBe(false);
});

it("a kernel that stood ready answers the first notebook, and goes with the others", async () => {
  const served = await serve(cell("sql", "short", "SELECT 1 AS a"));
  served.supervisor.prepare();
  expect(served.supervisor.pids()).toEqual([]);
  const { cells } = await served.supervisor.plan({ path: PATH }, new AbortController().signal);
  expect(cells[0]?.state).toBe("stale");
  expect(served.supervisor.pids()).toHaveLength(1);
});
