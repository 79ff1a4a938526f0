import type { CellState, CellView } from "../../server/run/view.ts";

/** States of a cell whose result is not today's. */
const STALE: readonly CellState[] = ["stale", "cancelled", "unknown"];
const AT_FAULT: readonly CellState[] = ["failed", "blocked"];

export interface CellCounts {
  /** Cells that a run would compute or look up; inputs are not among them. */
  readonly all: number;
  readonly stale: readonly string[];
  readonly failed: readonly string[];
}

/** How a notebook's cells stand. */
export function countCells(cells: readonly Pick<CellView, "id" | "kind" | "state">[]): CellCounts {
  const runnable = cells.filter((cell) => cell.kind !== "input");
  const idsOf = (states: readonly CellState[]) =>
    runnable.filter((cell) => states.includes(cell.state)).map((cell) => cell.id);
  return { all: runnable.length, stale: idsOf(STALE), failed: idsOf(AT_FAULT) };
}
