import { csvLine } from "../run/csv.ts";
import type { Value } from "./columns.ts";

/** A table as CSV for spreadsheets: what they would take for a formula is marked as text. */
export function csvText(columns: readonly string[], rows: readonly (readonly Value[])[]): string {
  return [columns, ...rows].map((row) => csvLine([...row], true)).join("");
}
