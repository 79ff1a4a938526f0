import { expect, test } from "vitest";
import type { CellView } from "../../../server/run/view.ts";
import { asked, elapsed, heard, isRunning, withHeard, withoutCell } from "../../../web/state/run-progress.ts";
import { cellViewOf } from "../../cell-view.ts";

const cell = (id: string, state: CellView["state"], key: string | null = "k") => cellViewOf(id, { state, key });

const path = "notebooks/a.md";
const none = new Map<string, CellView>();

test("a run counts its cells as they end and stops its clock when it is done", () => {
  let run = asked("r1", 1_000);
  run = heard(run, { type: "run", path, run: "r1", state: "started", cells: 3, finished: 0 }, 1_100);
  run = heard(run, { type: "cell", path, run: "r1", cell: cell("a", "running"), progress: null }, 1_200);
  expect(run).toMatchObject({ cells: 3, finished: 0 });
  run = heard(run, { type: "cell", path, run: "r1", cell: cell("a", "fresh"), progress: null }, 1_300);
  run = heard(run, { type: "cell", path, run: "r1", cell: cell("b", "failed"), progress: null }, 1_400);
  expect(run).toMatchObject({ cells: 3, finished: 2 });
  expect(isRunning(run)).toBe(true);
  expect(elapsed(run, 2_000)).toBe(1_000);
  run = heard(run, { type: "run", path, run: "r1", state: "done", cells: 3, finished: 3 }, 3_000);
  expect(isRunning(run)).toBe(false);
  expect(elapsed(run, 9_000)).toBe(2_000);
});

test("a run that was lost goes again once it is heard of, and one that was cancelled does not", () => {
  const cellEvent = { type: "cell", path, run: "r1", cell: cell("a", "running"), progress: null } as const;
  const lost = { ...asked("r1", 0), state: "lost", until: 1 } as const;
  expect(isRunning(lost)).toBe(false);
  const again = heard(lost, cellEvent, 2);
  expect(isRunning(again)).toBe(true);
  expect(elapsed(again, 9)).toBe(9);
  const cancelled = { ...lost, state: "cancelled" } as const;
  expect(isRunning(heard(cancelled, cellEvent, 2))).toBe(false);
});

test("what a run says of its cells counts while it goes, and the plan counts after", () => {
  let run = asked("r1", 0);
  run = heard(run, { type: "cell", path, run: "r1", cell: cell("a", "running"), progress: 0.4 }, 1);
  const planned = [cell("a", "stale"), cell("b", "stale")];
  expect(withHeard(planned, run, none).map((each) => each.state)).toEqual(["running", "stale"]);
  run = heard(run, { type: "run", path, run: "r1", state: "cancelled", cells: 2, finished: 0 }, 2);
  expect(withHeard(planned, run, none).map((each) => each.state)).toEqual(["stale", "stale"]);
});

test("a failure stays on its cell until the cell's key is another", () => {
  const outcomes = new Map([["a", cell("a", "failed", "k1")]]);
  expect(withHeard([cell("a", "stale", "k1")], null, outcomes)[0]?.state).toBe("failed");
  expect(withHeard([cell("a", "stale", "k2")], null, outcomes)[0]?.state).toBe("stale");
});

test("a part that failed is told on the cell, whose main result stays", () => {
  const problem = {
    code: "c",
    severity: "error",
    cell: "a",
    line: null,
    column: null,
    message: "m",
    hint: "h",
  } as const;
  const outcomes = new Map([["a", { ...cell("a", "failed"), problems: [problem] }]]);
  expect(withHeard([cell("a", "fresh")], null, outcomes)[0]).toMatchObject({ state: "fresh", problems: [problem] });
});

test("a result that was just computed says so, with the rows that the plan knows", () => {
  const outcomes = new Map([["a", { ...cell("a", "fresh"), origin: "computed" as const, ms: 12 }]]);
  const planned = { ...cell("a", "fresh"), origin: "found" as const, ms: 12, rows: 7 };
  expect(withHeard([planned], null, outcomes)[0]).toMatchObject({ origin: "computed", rows: 7 });
});

test("another run's events change nothing", () => {
  const run = asked("r1", 0);
  expect(heard(run, { type: "run", path, run: "r2", state: "done", cells: 1, finished: 1 }, 1)).toBe(run);
});

test("a cell that waits and is cancelled is not waited for; one that runs tells itself what it came to", () => {
  let run = asked("r1", 0);
  for (const [id, state] of [["a", "running"] as const, ["b", "waiting"] as const])
    run = heard(run, { type: "cell", path, run: "r1", cell: cell(id, state), progress: null }, 1);
  expect(withoutCell(run, "c")).toBe(run);
  const states = [...withoutCell(withoutCell(run, "a"), "b").heard.values()].map((each) => each.cell.state);
  expect(states).toEqual(["running", "cancelled"]);
});
