import type { Cell, Notebook } from "../../server/notebook/model.ts";
import type { CellView } from "../../server/run/view.ts";

/** Cells of a plan with their problems' lines as they are by now, where cells above them grew, shrank or moved since. */
export function movedProblems(views: readonly CellView[], planned: Notebook, now: Notebook): readonly CellView[] {
  if (planned.text === now.text) return views;
  const lines = new Map(planned.cells.map((cell) => [cell.id, cell]));
  const moved = (cell: Cell) => cell.line - (lines.get(cell.id)?.line ?? cell.line);
  const by = new Map(now.cells.map((cell) => [cell.id, moved(cell)]));
  return views.map((view) => {
    const lines = by.get(view.id) ?? 0;
    if (lines === 0 || view.problems.length === 0) return view;
    const problems = view.problems.map((one) => ({ ...one, line: one.line === null ? null : one.line + lines }));
    return { ...view, problems };
  });
}
