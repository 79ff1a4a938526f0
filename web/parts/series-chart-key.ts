import { html, nothing, svg } from "lit";
import type { SeriesChange, SeriesPoint } from "../../server/figures/series-points.ts";

interface Drawn {
  readonly points: readonly SeriesPoint[];
  readonly change: SeriesChange | null;
  readonly levels: object | null;
  /** What the limits are called; null where there are none. */
  readonly limits: string | null;
}

/** What the shapes of a series' chart mean; only those that are there. */
export function seriesChartKey({ points, change, levels, limits }: Drawn) {
  const some = (test: (point: SeriesPoint) => boolean) => points.some(test);
  const line = (look: string) => svg`<line class=${look} x1="0" x2="22" y1="5" y2="5" />`;
  return html`<ul class="key">
    ${some(({ low }) => low !== null) ? entry(svg`<rect class="band" width="22" height="10" />`, "expected by its baseline: 19 of 20 periods") : nothing}
    ${some(({ mature }) => !mature) ? entry(svg`<circle class="hollow" cx="11" cy="5" r="3" />`, "not mature yet") : nothing}
    ${some(({ flag }) => flag === "spike") ? entry(svg`<path class="spike" d="M11 0L16 5L11 10L6 5Z" />`, "spike: one period alone") : nothing}
    ${
      change === null
        ? nothing
        : html`${entry(svg`<g class=${change.direction}><rect class="span" width="22" height="10" />${line("change")}</g>`, "when it changed: in the shade, nine times in ten")}`
    }
    ${change === null || levels === null ? nothing : entry(svg`<g class=${change.direction}>${line("level")}</g>`, "level before, and since")}
    ${limits === null ? nothing : html`${entry(line("limit"), limits)}${entry(svg`<circle class="out" cx="11" cy="5" r="4" />`, "outside those limits")}`}
  </ul>`;
}

function entry(shape: unknown, words: string) {
  return html`<li><svg viewBox="0 0 22 10" aria-hidden="true">${shape}</svg>${words}</li>`;
}
