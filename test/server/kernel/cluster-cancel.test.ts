import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { expect, it } from "vitest";
import type { StreamEvent } from "../../../server/run/view.ts";
import { cell } from "../run/notebook-runs.ts";
import { serve } from "./served.ts";

const COLUMNS = ["a", "b", "c", "d", "e", "f"];
const PEOPLE = `SELECT i AS customer_id, ${COLUMNS.map((name) => `hash('${name}' || i) % 100000 AS ${name}`).join(", ")} FROM range(60000) t(i)`;
const CELLS =
  cell("sql", "people", PEOPLE) +
  cell("cluster", "kinds", `of: people\ncolumns: [${COLUMNS}]\nmethod: ward\nk: 3`) +
  cell("sql", "reader", "SELECT count(*) AS n FROM kinds");

type CellEvent = Extract<StreamEvent, { type: "cell" }>;

it.skipIf(process.platform !== "linux")(
  "a cancelled cluster cell ends its thread and all that help it, and the kernel goes on",
  async () => {
    const served = await serve(CELLS);
    const run = await served.start();
    // The first fifth is loading, in which nobody helps yet.
    const begun = (event: StreamEvent): event is CellEvent =>
      event.type === "cell" && event.cell.id === "kinds" && (event.progress ?? 0) > 0.22;
    await served.event(begun);
    const [kernel] = served.supervisor.pids();
    const busy = threads(kernel);
    const helping = Math.min(availableParallelism() - 1, 3);
    expect(await served.supervisor.cancelCell(run, "kinds")).toBe(true);
    await served.ended(run);
    expect(["people", "kinds", "reader"].map((id) => served.told(id)?.state)).toEqual([
      "fresh",
      "cancelled",
      "blocked",
    ]);
    await expect.poll(() => threads(kernel), { timeout: 10_000 }).toBeLessThanOrEqual(busy - 1 - helping);
    expect((await served.ended(await served.start(["people"]))).state).toBe("done");
    expect(served.supervisor.pids()).toEqual([kernel]);
  },
);

function threads(pid: number | undefined): number {
  return readdirSync(`/proc/${pid}/task`).length;
}
