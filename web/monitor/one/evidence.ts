import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { periodTicks } from "../../../server/figures/axis-ticks.ts";
import { drawEvidence, passedTiers } from "../../../server/figures/evidence-drawing.ts";
import { formatCount, formatNumber } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import type { SeriesPoint } from "../../../server/figures/series-points.ts";
import { MeasuredWidth } from "../../parts/measured-width.ts";
import { PointReading } from "../../parts/point-reading.ts";
import { seriesDrawingStyle, seriesScaleStyle } from "../../parts/series-drawing-style.ts";
import { base } from "../../theme/base.ts";

const HEIGHT = 150;
const LEFT = 52;
const RIGHT = 112;
const BOTTOM = 20;
const EDGE = 5;

/** How strongly each period and those before it speak for a change, on a scale of powers of ten, with the three tiers. */
@customElement("seg-evidence-chart")
export class SegEvidenceChart extends LitElement {
  static override styles = [
    base,
    seriesDrawingStyle,
    seriesScaleStyle,
    css`
      .tier {
        stroke: var(--stale);
        stroke-dasharray: 2 3;
      }
      .alert,
      .confirmed {
        stroke: var(--failed);
      }
      .alert {
        stroke-dasharray: 5 3;
      }
      .confirmed {
        stroke-dasharray: none;
      }
      .line {
        stroke: var(--ink);
      }
    `,
  ];

  @property({ attribute: false }) points: readonly SeriesPoint[] = [];
  /** The first period of the change that is open; null where there is none. */
  @property() since: string | null = null;

  readonly #width = new MeasuredWidth(this, { of: ".plot", first: 720, least: 260 });
  #places: readonly { readonly x: number }[] = [];
  readonly #reading = new PointReading(this, {
    count: () => this.points.length,
    places: () => this.#places,
    width: () => this.#width.value,
    ask: () => undefined,
  });

  override render() {
    const { points } = this;
    const { at, key, hover, leave } = this.#reading;
    const width = this.#width.value;
    const inner = width - LEFT - RIGHT;
    const drawing = drawEvidence(points, { width: inner, height: HEIGHT, edge: EDGE });
    this.#places = drawing.places.map(({ x }) => ({ x: x + LEFT }));
    const here = at === null ? null : drawing.places[at];
    const words = wordsOf(points[at ?? points.length - 1]);
    return html`<div
        class="plot"
        role="slider"
        tabindex="0"
        aria-label="Evidence"
        aria-description=${this.#passed()}
        aria-valuemin="1"
        aria-valuemax=${points.length}
        aria-valuenow=${(at ?? points.length - 1) + 1}
        aria-valuetext=${words}
        @keydown=${key}
        @pointermove=${hover}
        @pointerleave=${leave}
        @focusout=${leave}
      >
        <svg viewBox="0 0 ${width} ${HEIGHT + BOTTOM}" height=${HEIGHT + BOTTOM} aria-hidden="true">
          ${drawing.powers.map(
            ({ y, words }) =>
              svg`<line class="rule" x1=${LEFT} x2=${LEFT + inner} y1=${y} y2=${y} /><text class="end" x=${LEFT - 6} y=${y + 4}>${words}</text>`,
          )}
          ${drawing.tiers.map(
            ({ tier, y, words }, index) =>
              svg`<line class="tier ${tier}" x1=${LEFT} x2=${LEFT + inner + 4} y1=${y} y2=${y} /><text x=${LEFT + inner + 8} y=${y + 4 + (1 - index) * 3}>${words}</text>`,
          )}
          ${periodTicks(points, Math.max(2, Math.min(8, Math.floor(inner / 90)))).map(
            ({ place, words }) =>
              svg`<text class=${place > 0.95 ? "end" : place < 0.02 ? "" : "middle"} x=${LEFT + EDGE + place * (inner - 2 * EDGE)} y=${HEIGHT + 14}>${words}</text>`,
          )}
          <g transform="translate(${LEFT} 0)">
            <path class="line" d=${drawing.line} />
            ${here == null || here.y === null ? nothing : svg`<circle class="mark" cx=${here.x} cy=${here.y} r="3.5" />`}
          </g>
        </svg>
      </div>
      <p class="read" aria-hidden="true">${at === null ? this.#passed() : words}</p>`;
  }

  #passed(): string {
    const passed = passedTiers(this.points, this.since).filter(({ period }) => period !== null);
    if (this.since === null || passed.length === 0)
      return "Below 1,000 nothing is said: that is passed by chance once in a thousand periods of a steady series, or less often.";
    return `It passed ${passed.map(({ tier, period }) => `${tier} on ${formatDay(period ?? "")}`).join(", ")}, of a change that began about ${formatDay(this.since)}.`;
  }
}

function wordsOf(point: SeriesPoint | undefined): string {
  if (point === undefined) return "";
  const day = formatDay(point.period);
  if (point.evidence === null) return `${day}: not judged`;
  const { evidence } = point;
  return `${day}: ${evidence >= 10 ? formatCount(evidence) : formatNumber(evidence, { atMost: 2 })}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-evidence-chart": SegEvidenceChart;
  }
}
