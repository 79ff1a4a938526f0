import type { ResultPage } from "../run/view.ts";

export type Value = ResultPage["rows"][number][number];

/** Reads one column of a page's rows by its name; null where the page has no such column. */
export function columnOf(page: Pick<ResultPage, "columns">, name: string): (row: readonly Value[]) => Value {
  const place = page.columns.findIndex((column) => column.name === name);
  return (row) => (place < 0 ? null : (row[place] ?? null));
}

/** A value as a number; null where it is none. Decimals travel as text where a double does not hold them. */
export function asNumber(value: Value): number | null {
  if (value === null || typeof value === "boolean" || value === "") return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

/** A value as text; empty where it is missing. */
export function asText(value: Value): string {
  return value === null ? "" : String(value);
}
