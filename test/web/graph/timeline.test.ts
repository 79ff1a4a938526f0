import { expect, test } from "vitest";
import type { CellView } from "../../../server/run/view.ts";
import { countWords, ticks, timelineOf } from "../../../web/graph/timeline-rows.ts";
import type { RunProgress } from "../../../web/state/run-progress.ts";
import { cellViewOf } from "../../cell-view.ts";

const cell = (id: string, over: Partial<CellView> = {}) =>
  cellViewOf(id, { rows: 1, ms: 1, origin: "computed", ...over });

function run(cells: readonly CellView[], over: Partial<RunProgress> = {}): RunProgress {
  const heard = new Map(cells.map((one) => [one.id, { cell: one, progress: null }]));
  return {
    run: "1",
    state: "done",
    cells: cells.length,
    finished: cells.length,
    since: 1000,
    until: 1500,
    heard,
    recorded: null,
    ...over,
  };
}

test("rows stand in the order in which their cells began, found ones at the end", () => {
  const cells = [
    cell("found", { origin: "found" }),
    cell("value", { kind: "input", span: { from: 0, to: 0 } }),
    cell("second", { span: { from: 100, to: 300 } }),
    cell("first", { span: { from: 0, to: 200 } }),
  ];
  const timeline = timelineOf(cells, run(cells), 9999);
  expect(timeline.rows.map((row) => row.cell.id)).toEqual(["first", "second", "found"]);
  expect(timeline.length).toBe(500);
  // 400 ms of work in 300 ms.
  expect(timeline.abreast).toBeCloseTo(4 / 3, 12);
});

test("a cell that runs reaches to now", () => {
  const going = cell("going", { state: "running", origin: null, span: { from: 50, to: null } });
  const timeline = timelineOf([going], run([going], { state: "started", until: null }), 1400);
  expect(timeline.rows).toMatchObject([{ from: 50, to: 400 }]);
  expect(timeline.length).toBe(400);
});

test("cells that the run did not touch are not in its timeline", () => {
  const ran = cell("ran", { span: { from: 0, to: 5 } });
  expect(timelineOf([ran, cell("other")], run([ran]), 0).rows.map((row) => row.cell.id)).toEqual(["ran"]);
});

test("without a run on this page the plan's times are shown", () => {
  const cells = [cell("kept", { origin: "found", span: { from: 10, to: 40 } }), cell("none")];
  const timeline = timelineOf(cells, null, 0);
  expect(timeline.rows.map((row) => row.cell.id)).toEqual(["kept"]);
  expect(timeline.length).toBe(40);
});

test("an axis has few and round marks", () => {
  expect(ticks(1000)).toEqual([0, 500]);
  expect(ticks(800)).toEqual([0, 200, 400, 600]);
  expect(ticks(7)).toEqual([0, 2, 4]);
  expect(ticks(0)).toEqual([0]);
});

test("what has come of the cells is counted: what waits was not found, and what runs is not computed yet", () => {
  const cells = [
    cell("done", { span: { from: 0, to: 200 } }),
    cell("there", { origin: "found" }),
    cell("running", { state: "running", span: { from: 100, to: null } }),
    cell("first", { state: "waiting", origin: "found" }),
    cell("second", { state: "waiting", origin: "computed" }),
    cell("ended", { state: "cancelled", span: { from: 0, to: 50 } }),
  ];
  const { rows } = timelineOf(cells, run(cells, { state: "started", until: null }), 1500);
  expect(countWords(rows)).toEqual(["1 cell computed", "1 found", "1 running", "2 waiting", "1 cancelled"]);
  expect(countWords([])).toEqual(["0 cells computed"]);
});
