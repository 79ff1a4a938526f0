import { isKey } from "../figures/cell-value.ts";
import { formatPercent } from "../figures/format.ts";
import { distinctWords, hasRange, missingWords, rangeEdge, shareOf } from "../figures/summary-words.ts";
import type { ColumnSummary, ColumnView } from "../run/view.ts";
import { html, type Markup } from "./markup.ts";

const STRIP = 8;

/** A column's spread in its head: a small histogram, or its commonest values; and how much is missing. */
export function columnSummary(summary: ColumnSummary, column: ColumnView, rows: number): Markup {
  return html`<span class="spread">${picture(summary, column, rows)}<span class="${summary.missing > 0 ? "some" : ""}">${missingWords(summary, rows)}</span></span>`;
}

function picture(summary: ColumnSummary, column: ColumnView, rows: number): Markup {
  if (isKey(column) || (summary.histogram.length === 0 && summary.top.length === 0)) {
    return html`<span class="strip"></span><span>${distinctWords(summary)}</span>`;
  }
  if (hasRange(summary, column)) {
    return html`${histogram(summary.histogram)}<span class="ends"><span>${rangeEdge(summary.min, column)}</span><span>${rangeEdge(summary.max, column)}</span></span>`;
  }
  const first = summary.top[0];
  const words =
    first === undefined ? "" : `${first.value || "(empty)"} ${formatPercent(shareOf(first.rows, rows), { digits: 0 })}`;
  const parts = summary.top
    .slice(0, STRIP)
    .map(({ rows: of }) => html`<i style="width:${(shareOf(of, rows) * 100).toFixed(1)}%"></i>`);
  return html`<span class="strip">${parts}</span><span class="ends"><span>${words}</span></span>`;
}

/** Bars of equal width, the most rows at full height. */
export function histogram(bars: readonly number[]): Markup {
  const most = Math.max(1, ...bars);
  return html`<svg class="histogram" viewBox="0 0 ${Math.max(1, bars.length)} 20" preserveAspectRatio="none" aria-hidden="true">${bars.map(
    (rows, place) => {
      const height = rows === 0 ? 0 : Math.max(1, (rows / most) * 20);
      return html`<rect x="${place + 0.06}" width="0.88" y="${(20 - height).toFixed(2)}" height="${height.toFixed(2)}"/>`;
    },
  )}</svg>`;
}
