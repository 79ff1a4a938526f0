import { html, LitElement, nothing, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { drawSeries, type SeriesDrawing } from "../../server/figures/series-drawing.ts";
import type { SeriesChange, SeriesPoint } from "../../server/figures/series-points.ts";
import type { SeriesTone } from "../../server/figures/series-tiles.ts";
import {
  bandWords,
  lastValue,
  pointWords,
  type SeriesUnit,
  seriesWords,
  spanWords,
  whenWords,
  writeValue,
} from "../../server/figures/series-words.ts";
import { askable, base } from "../theme/base.ts";
import { emit } from "./emit.ts";
import { MeasuredWidth } from "./measured-width.ts";
import { PointReading } from "./point-reading.ts";
import { seriesDrawingStyle } from "./series-drawing-style.ts";
import { seriesStyle } from "./series-style.ts";

export type { Series, SeriesChange, SeriesPoint } from "../../server/figures/series-points.ts";

const HEIGHT = 78;
const EDGE = 4;

/**
 * One watched rate or size: what was expected, what came, where it changed.
 * Event: `ask` with `{ period }`, null for the series as a whole.
 */
@customElement("seg-series")
export class SegSeries extends LitElement {
  static override styles = [base, askable, seriesDrawingStyle, seriesStyle];

  @property() name = "";
  @property() metric = "";
  @property({ attribute: false }) points: SeriesPoint[] = [];
  @property({ attribute: false }) change: SeriesChange | null = null;
  /** The direct label: `▼ −25% since 22 Aug`, `steady`, `learning, 12 days more`. */
  @property() status = "";
  @property() tone: SeriesTone = "steady";
  /** What a value is. */
  @property() unit: SeriesUnit = "share";
  /** What now counts as the value: the last mature period's by default, or a figure that the monitor gives. */
  @property({ attribute: false }) now: number | null = null;

  /** Where the name leads; empty where it asks. */
  @property() href = "";

  readonly #width = new MeasuredWidth(this, { of: ".plot", first: 240, least: 80 });

  #drawing: SeriesDrawing | null = null;
  readonly #reading = new PointReading(this, {
    count: () => this.points.length,
    places: () => this.#drawing?.places ?? [],
    width: () => this.#width.value,
    ask: (at) => emit(this, "ask", { period: (at === null ? undefined : this.points[at])?.period ?? null }),
  });

  override render() {
    const { at } = this.#reading;
    const flagged = this.tone === "alert" || this.tone === "watch";
    const direction = flagged ? (this.change?.direction ?? "") : "";
    const point = at === null ? undefined : this.points[at];
    const value = point ? point.value : (this.now ?? lastValue(this.points));
    return html`<h3>
        ${
          this.href === ""
            ? html`<button class="ask" @click=${() => emit(this, "ask", { period: null })}>${this.name}</button>`
            : html`<a href=${this.href}>${this.name}</a>`
        }
        <span class="metric">${this.metric}</span>
      </h3>
      <div class="now">
        <span class="rate">${writeValue(value, this.unit)}</span>
        ${point ? html`<span class="status">${whenWords(point)}</span>` : html`<span class="status ${direction}">${this.status}</span>`}
      </div>
      ${this.points.length === 0 ? html`<p class="read">No periods yet.</p>` : this.#plot(this.tone === "alert" ? direction : "")}`;
  }

  #plot(direction: string) {
    const { at, key, hover, leave, press } = this.#reading;
    const drawing = drawSeries(this.points, { width: this.#width.value, height: HEIGHT, edge: EDGE });
    this.#drawing = drawing;
    const point = at === null ? undefined : this.points[at];
    const label = `${this.name}, ${this.metric}`;
    return html`<div
        class="plot ${direction}"
        role="slider"
        tabindex="0"
        aria-label=${label}
        aria-description=${seriesWords(this.points, { now: this.now, status: this.status, unit: this.unit })}
        aria-valuemin="1"
        aria-valuemax=${this.points.length}
        aria-valuenow=${(at ?? this.points.length - 1) + 1}
        aria-valuetext=${pointWords(point ?? this.points.at(-1), this.unit)}
        @keydown=${key}
        @pointermove=${hover}
        @pointerleave=${leave}
        @focusout=${leave}
        @click=${press}
      >
        <svg viewBox="0 0 ${this.#width.value} ${HEIGHT}" height=${HEIGHT} aria-hidden="true">
          <path class="band" d=${drawing.band} />
          ${this.#changeMark(drawing)}
          <path class="line" d=${drawing.line} />
          <path class="line young" d=${drawing.young} />
          ${this.tone === "alert" || this.tone === "watch" ? this.#stretches(drawing) : nothing}
          ${this.points.map((entry, index) => (entry.mature ? nothing : dot(drawing, index, "hollow")))}
          ${at === null ? nothing : this.#guide(drawing, at)}
        </svg>
      </div>
      <p class="read ${point ? "at" : ""}" aria-hidden="true">${point ? bandWords(point, this.unit) : spanWords(this.points)}</p>`;
  }

  #changeMark(drawing: SeriesDrawing) {
    const change = this.change;
    if (change === null) return nothing;
    const x = (day: string | null) => drawing.places[this.#periodIndex(day)]?.x;
    const at = x(change.at);
    if (at === undefined) return nothing;
    const [from, to] = [x(change.from) ?? at, x(change.to) ?? at];
    return svg`<g class=${change.direction}>
      <rect class="span" x=${from} y="0" width=${Math.max(1, to - from)} height=${HEIGHT} />
      <line class="change" x1=${at} x2=${at} y1="0" y2=${HEIGHT} />
    </g>`;
  }

  /** A line along the foot under what is flagged. */
  #stretches(drawing: SeriesDrawing) {
    return svg`<g class=${this.change?.direction ?? ""}>
      ${drawing.flagged.map(
        (stretch) =>
          svg`<line class="stretch" x1=${stretch.from} x2=${stretch.to} y1=${HEIGHT - 1.5} y2=${HEIGHT - 1.5} />`,
      )}
    </g>`;
  }

  #guide(drawing: SeriesDrawing, index: number) {
    const place = drawing.places[index];
    if (place === undefined) return nothing;
    return svg`<line class="guide" x1=${place.x} x2=${place.x} y1="0" y2=${HEIGHT} />${dot(drawing, index, "mark")}`;
  }

  /** The first period that does not end before the day. */
  #periodIndex(day: string | null): number {
    if (day === null) return -1;
    const exact = this.points.findIndex((point) => point.period === day);
    return exact >= 0 ? exact : this.points.findIndex((point) => point.period > day);
  }
}

function dot(drawing: SeriesDrawing, index: number, look: "hollow" | "mark") {
  const place = drawing.places[index];
  if (place === undefined || place.y === null) return nothing;
  return svg`<circle class=${look} cx=${place.x} cy=${place.y} r=${look === "mark" ? 3 : 2.4} />`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-series": SegSeries;
  }
}
