import { html, nothing, svg } from "lit";
import { type CellValue, familyOf, formatCell, isKey, type TableColumn } from "../../server/figures/cell-value.ts";
import { formatCount, formatNumber, formatPercent } from "../../server/figures/format.ts";

/** The part of a column's summary that its head shows. */
export interface TableSummary {
  name: string;
  missing: number;
  distinct: number;
  min: string | number | null;
  max: string | number | null;
  mean: number | null;
  histogram: number[];
  top: { value: string; rows: number }[];
}

/** A column's spread in its head: a small histogram, or its commonest values; how much is missing. */
export function summaryView(summary: TableSummary, column: TableColumn, rows: number) {
  return html`<span class="summary" aria-hidden="true">
    ${picture(summary, column, rows)}
    <span class="missing ${summary.missing > 0 ? "some" : ""}">${missingWords(summary, rows)}</span>
  </span>`;
}

/** The same in words, for whoever does not see it. */
export function summaryWords(summary: TableSummary, column: TableColumn, rows: number): string {
  const parts: string[] = [];
  if (hasRange(summary, column)) parts.push(`from ${edge(summary.min, column)} to ${edge(summary.max, column)}`);
  if (summary.mean !== null && !isKey(column)) parts.push(`mean ${formatNumber(summary.mean, { atMost: 2 })}`);
  const top = summary.top.slice(0, 3).map((entry) => `${entry.value} ${formatPercent(share(entry.rows, rows))}`);
  if (top.length > 0) parts.push(`commonest ${top.join(", ")}`);
  parts.push(`${formatCount(summary.distinct)} distinct`, missingWords(summary, rows));
  return parts.join("; ");
}

function picture(summary: TableSummary, column: TableColumn, rows: number) {
  if (isKey(column) || (summary.histogram.length === 0 && summary.top.length === 0)) {
    return html`<span class="strip"></span><span class="range"><span>${formatCount(summary.distinct)} distinct</span></span>`;
  }
  if (hasRange(summary, column)) {
    return html`${histogram(summary.histogram)}
      <span class="range"><span>${edge(summary.min, column)}</span><span>${edge(summary.max, column)}</span></span>`;
  }
  const first = summary.top[0];
  return html`${strip(summary.top, rows)}
    <span class="range">
      <span>${first ? html`${first.value || "(empty)"} ${formatPercent(share(first.rows, rows), { digits: 0 })}` : nothing}</span>
    </span>`;
}

function histogram(bars: readonly number[]) {
  const most = Math.max(1, ...bars);
  return html`<svg class="histogram" viewBox="0 0 ${bars.length} 20" preserveAspectRatio="none">
    ${bars.map((rows, place) => {
      const height = rows === 0 ? 0 : Math.max(1, (rows / most) * 20);
      return svg`<rect x=${place + 0.06} width="0.88" y=${20 - height} height=${height} />`;
    })}
  </svg>`;
}

/** Shares of the commonest values side by side; what is left stays empty. */
function strip(top: readonly { rows: number }[], rows: number) {
  return html`<span class="strip">
    ${top.slice(0, 8).map((entry) => html`<i style="width:${share(entry.rows, rows) * 100}%"></i>`)}
  </span>`;
}

function hasRange(summary: TableSummary, column: TableColumn): boolean {
  const family = familyOf(column.type);
  return summary.histogram.length > 0 && family !== "text" && family !== "boolean" && !isKey(column);
}

function edge(value: CellValue, column: TableColumn): string {
  if (column.unit === "percent" && typeof value === "number") return formatPercent(value);
  if (typeof value === "number") return formatNumber(value, { atMost: Math.abs(value) >= 100 ? 0 : 2 });
  return formatCell(value, column, 0);
}

function missingWords(summary: TableSummary, rows: number): string {
  if (summary.missing === 0) return "none missing";
  return `${formatPercent(share(summary.missing, rows))} missing`;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
