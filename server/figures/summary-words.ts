import type { ColumnSummary } from "../run/view.ts";
import { type CellValue, familyOf, formatCell, isKey, type TableColumn } from "./cell-value.ts";
import { formatCount, formatNumber, formatPercent } from "./format.ts";
import { formatDay } from "./format-time.ts";

/** The part of a column's summary that its head shows. */
export type TableSummary = Omit<ColumnSummary, "type">;

/** A column's spread in words, for whoever does not see it. */
export function summaryWords(summary: TableSummary, column: TableColumn, rows: number): string {
  const parts: string[] = [];
  if (hasRange(summary, column))
    parts.push(`from ${rangeEdge(summary.min, column)} to ${rangeEdge(summary.max, column)}`);
  if (summary.mean !== null && !isKey(column)) parts.push(`mean ${formatNumber(summary.mean, { atMost: 2 })}`);
  const top = summary.top.slice(0, 3).map((entry) => `${entry.value} ${formatPercent(shareOf(entry.rows, rows))}`);
  if (top.length > 0) parts.push(`commonest ${top.join(", ")}`);
  parts.push(distinctWords(summary), missingWords(summary, rows));
  return parts.join("; ");
}

/** Whether a column has a range that can be drawn. */
export function hasRange(summary: TableSummary, column: TableColumn): boolean {
  const family = familyOf(column.type);
  return summary.histogram.length > 0 && family !== "text" && family !== "boolean" && !isKey(column);
}

/** One end of the range. */
export function rangeEdge(value: CellValue, column: TableColumn): string {
  if (column.unit === "percent" && typeof value === "number") return formatPercent(value);
  if (typeof value === "number") return formatNumber(value, { atMost: Math.abs(value) >= 100 ? 0 : 2 });
  // A time of day would leave no room for the other end.
  return familyOf(column.type) === "moment" ? formatDay(String(value).slice(0, 10)) : formatCell(value, column, 0);
}

export function distinctWords({ distinct, approximate }: Pick<TableSummary, "distinct" | "approximate">): string {
  return `${approximate ? "about " : ""}${formatCount(distinct)} distinct`;
}

export function missingWords(summary: TableSummary, rows: number): string {
  if (summary.missing === 0) return "none missing";
  return `${formatPercent(shareOf(summary.missing, rows))} missing`;
}

/** 0 to 1; 0 of nothing. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
