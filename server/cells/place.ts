import type { Cell } from "../notebook/model.ts";

/** Line and column in the notebook file of an offset into a cell's body. */
export function bodyPlace(cell: Cell, offset: number): { line: number; column: number } {
  const before = cell.body.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: cell.bodyLine + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1 };
}
