import { type CellValue, familyOf, type TableColumn } from "./cell-value.ts";

export interface ChartData {
  columns: TableColumn[];
  rows: CellValue[][];
}

export type ChartRow = Record<string, CellValue>;

/**
 * Rows as Vega wants them. Decimals that travel as text become numbers. Days that are drawn as times become the
 * reader's own midnight: Vega would take them for midnight in London and show the day before, west of it.
 */
export function chartRows(data: ChartData, temporal: ReadonlySet<string>): ChartRow[] {
  const readers = data.columns.map((column) => readerOf(column, temporal.has(column.name)));
  return data.rows.map((row) => {
    const made: ChartRow = Object.create(null);
    data.columns.forEach((column, place) => {
      const value = row[place] ?? null;
      made[column.name] = value === null ? null : (readers[place]?.(value) ?? value);
    });
    return made;
  });
}

function readerOf(column: TableColumn, asTime: boolean): (value: CellValue) => CellValue {
  const family = familyOf(column.type);
  if (family === "number") return (value) => (typeof value === "string" ? Number(value) : value);
  if (!asTime || (family !== "day" && family !== "moment")) return (value) => value;
  return (value) => {
    const text = String(value).replace(" ", "T");
    return Date.parse(text.length === 10 ? `${text}T00:00:00` : text);
  };
}
