/** Where the active cell is: row −1 is the head. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows of one screen. */
  readonly page: number;
}

/** Where a key takes the active cell, after the grid pattern of the ARIA practices; null where the key is not the grid's. */
export function gridKey(key: string, far: "far" | "near", at: GridPlace, size: GridSize): GridPlace | null {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const row = (to: number) => ({ ...at, row: Math.max(-1, Math.min(lastRow, to)) });
  const column = (to: number) => ({ ...at, column: Math.max(0, Math.min(lastColumn, to)) });
  switch (key) {
    case "ArrowDown":
      return row(far === "far" ? lastRow : at.row + 1);
    case "ArrowUp":
      return row(far === "far" ? -1 : at.row - 1);
    case "ArrowRight":
      return column(far === "far" ? lastColumn : at.column + 1);
    case "ArrowLeft":
      return column(far === "far" ? 0 : at.column - 1);
    case "PageDown":
      return row(Math.max(at.row, 0) + size.page);
    case "PageUp":
      return at.row < 0 ? at : { ...at, row: Math.max(0, at.row - size.page) };
    case "Home":
      return far === "far" ? { row: Math.min(0, lastRow), column: 0 } : column(0);
    case "End":
      return far === "far" ? { row: lastRow, column: lastColumn } : column(lastColumn);
    default:
      return null;
  }
}
