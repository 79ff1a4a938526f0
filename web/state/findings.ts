import type { Cell, Problem } from "../../server/notebook/model.ts";
import type { CellView, FindingView } from "../../server/run/view.ts";

/** A finding with the text that it was found in, so that it moves with its cell and goes when the cell's text does. */
export interface Found {
  readonly problem: FindingView;
  readonly id: string;
  readonly kind: string;
  readonly body: string;
  /** Lines from the cell's fence to the finding; null where it has no place. */
  readonly below: number | null;
}

/** Findings by the cells of the text that was looked at. */
export function foundIn(problems: readonly FindingView[], cells: readonly Cell[]): Found[] {
  return problems.flatMap((problem) => {
    const cell = cells.find(({ id }) => id === problem.cell);
    if (cell === undefined) return [];
    const below = problem.line === null ? null : problem.line - cell.line;
    return [{ problem, id: cell.id, kind: cell.kind, body: cell.body, below }];
  });
}

/** Cells with the findings in them that stand and that they do not tell already, at the places where they are by now. */
export function withFound(views: readonly CellView[], found: readonly Found[], cells: readonly Cell[]): CellView[] {
  return views.map((view) => {
    const cell = cells.find(({ id }) => id === view.id);
    const own = cell === undefined ? [] : found.filter((one) => isOf(one, cell));
    const told = new Set(view.problems.map(markOf));
    const more = own
      .filter(({ problem }) => problem.accepted === null && !told.has(markOf(problem)))
      .map(({ problem, below }) => ({ ...problem, line: below === null ? null : below + (cell?.line ?? 0) }));
    return more.length === 0 ? view : { ...view, problems: [...view.problems, ...more] };
  });
}

function isOf(found: Found, cell: Cell): boolean {
  return found.id === cell.id && found.kind === cell.kind && found.body === cell.body;
}

function markOf({ code, message }: Problem): string {
  return `${code} ${message}`;
}

/** Whether a problem is a finding that can be accepted, which is listed apart. */
export function isGuard(problem: Problem): boolean {
  return "guard" in problem && problem.guard !== null;
}
