import { html, nothing, svg } from "lit";
import { isKey, type TableColumn } from "../../server/figures/cell-value.ts";
import { formatPercent } from "../../server/figures/format.ts";
import {
  distinctWords,
  hasRange,
  missingWords,
  rangeEdge,
  shareOf,
  type TableSummary,
} from "../../server/figures/summary-words.ts";

/** A column's spread in its head: a small histogram, or its commonest values; how much is missing. */
export function summaryView(summary: TableSummary, column: TableColumn, rows: number) {
  return html`<span class="summary" aria-hidden="true">
    ${picture(summary, column, rows)}
    <span class="missing ${summary.missing > 0 ? "some" : ""}">${missingWords(summary, rows)}</span>
  </span>`;
}

function picture(summary: TableSummary, column: TableColumn, rows: number) {
  if (isKey(column) || (summary.histogram.length === 0 && summary.top.length === 0)) {
    return html`<span class="strip"></span><span class="range"><span>${distinctWords(summary)}</span></span>`;
  }
  if (hasRange(summary, column)) {
    return html`${histogram(summary.histogram)}
      <span class="range"><span>${rangeEdge(summary.min, column)}</span><span>${rangeEdge(summary.max, column)}</span></span>`;
  }
  const first = summary.top[0];
  return html`${strip(summary.top, rows)}
    <span class="range">
      <span>${first ? html`${first.value || "(empty)"} ${formatPercent(shareOf(first.rows, rows), { digits: 0 })}` : nothing}</span>
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
    ${top.slice(0, 8).map((entry) => html`<i style="width:${shareOf(entry.rows, rows) * 100}%"></i>`)}
  </span>`;
}
