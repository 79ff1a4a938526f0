import { html, LitElement, nothing, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { periodTicks, roundTicks } from "../../server/figures/axis-ticks.ts";
import { drawSeries, type SeriesDrawing, type SeriesFrame } from "../../server/figures/series-drawing.ts";
import type { SeriesChange, SeriesPoint } from "../../server/figures/series-points.ts";
import {
  changeWords,
  pointWords,
  type SeriesUnit,
  seriesWords,
  writeValue,
} from "../../server/figures/series-words.ts";
import { base } from "../theme/base.ts";
import { emit } from "./emit.ts";
import { MeasuredWidth } from "./measured-width.ts";
import { PointReading } from "./point-reading.ts";
import { seriesChartKey } from "./series-chart-key.ts";
import { seriesChartStyle } from "./series-chart-style.ts";
import { seriesDrawingStyle, seriesScaleStyle } from "./series-drawing-style.ts";

/** Limits that another way of watching draws, a pair a point; null where it has none. */
export interface SeriesLimits {
  readonly name: string;
  readonly limits: readonly ({ readonly low: number; readonly high: number } | null)[];
  readonly out: readonly boolean[];
}

/** Something that happened, at a period or from it to another. */
export interface SeriesNote {
  readonly period: string;
  /** The last day of it; null where it has no end. */
  readonly to: string | null;
  readonly text: string;
}

const HEIGHT = 250;
const LEFT = 52;
const TOP = 16;
const BOTTOM = 20;
const EDGE = 5;
/** About how wide a letter of a label is. */
const LETTER = 6.2;

/**
 * One series large: what came, what was expected, what is not mature, what changed when, and what else happened.
 * Event: `ask` with `{ period }`, null for none.
 */
@customElement("seg-series-chart")
export class SegSeriesChart extends LitElement {
  static override styles = [base, seriesDrawingStyle, seriesScaleStyle, seriesChartStyle];

  @property() name = "";
  @property({ attribute: false }) points: readonly SeriesPoint[] = [];
  @property({ attribute: false }) change: SeriesChange | null = null;
  @property() unit: SeriesUnit = "share";
  @property() status = "";
  @property({ attribute: false }) limits: SeriesLimits | null = null;
  @property({ attribute: false }) notes: readonly SeriesNote[] = [];

  /** The level before the change and since; null where either is not known. */
  @property({ attribute: false }) levels: { readonly before: number; readonly after: number } | null = null;
  /** What the chart can be asked, while nothing is. */
  @property() hint = "Point at a period, or go along them by the arrow keys.";

  readonly #width = new MeasuredWidth(this, { of: ".plot", first: 720, least: 200 });
  #places: readonly { readonly x: number }[] = [];
  readonly #reading = new PointReading(this, {
    count: () => this.points.length,
    places: () => this.#places,
    width: () => this.#width.value,
    ask: (at) => emit(this, "ask", { period: (at === null ? undefined : this.points[at])?.period ?? null }),
  });

  override render() {
    const { points, unit } = this;
    if (points.length === 0) return html`<p class="read">No periods yet.</p>`;
    const { at, key, hover, leave, press } = this.#reading;
    const frame = this.#frame();
    const drawing = drawSeries(points, frame);
    this.#places = drawing.places.map(({ x }) => ({ x: x + LEFT }));
    const point = at === null ? undefined : points[at];
    return html`<div
        class="plot"
        role="slider"
        tabindex="0"
        aria-label=${this.name}
        aria-description=${seriesWords(points, { now: null, status: this.status, unit })}
        aria-valuemin="1"
        aria-valuemax=${points.length}
        aria-valuenow=${(at ?? points.length - 1) + 1}
        aria-valuetext=${pointWords(point ?? points.at(-1), unit)}
        @keydown=${key}
        @pointermove=${hover}
        @pointerleave=${leave}
        @focusout=${leave}
        @click=${press}
      >
        <svg viewBox="0 0 ${this.#width.value} ${TOP + HEIGHT + BOTTOM}" height=${TOP + HEIGHT + BOTTOM} aria-hidden="true">
          ${this.#axes(drawing, frame)}
          <g transform="translate(${LEFT} ${TOP})">
            <path class="band" d=${drawing.band} />
            ${this.#changeMark(drawing, frame.width)}
            <path class="expected" d=${drawing.expected} />
            ${this.#limits(drawing)} ${this.#notes(drawing)}
            <path class="line" d=${drawing.line} />
            <path class="line young" d=${drawing.young} />
            ${this.#stretches(drawing)}
            ${points.map((each, index) => (each.mature ? nothing : circle(drawing, index, "hollow")))}
            ${points.map((each, index) => (each.flag === "spike" ? diamond(drawing, index) : nothing))}
            ${at === null ? nothing : this.#guide(drawing, at)}
          </g>
        </svg>
      </div>
      <p class="read" aria-hidden="true">
        ${point === undefined ? this.hint : `${pointWords(point, unit)}${point.flag === "spike" ? "; a spike" : ""}${this.#noteAt(point)}`}
      </p>
      ${seriesChartKey({ points, change: this.change, levels: this.levels, limits: this.limits?.name ?? null })}`;
  }

  #frame(): SeriesFrame {
    const limits = (this.limits?.limits ?? []).flatMap((limit) => (limit === null ? [] : [limit.low, limit.high]));
    const include = this.levels === null ? limits : [...limits, this.levels.before, this.levels.after];
    return { width: this.#width.value - LEFT, height: HEIGHT, edge: EDGE, include };
  }

  #axes(drawing: SeriesDrawing, { width }: SeriesFrame) {
    const about = Math.max(2, Math.min(8, Math.floor(width / 90)));
    return svg`<g>
      ${roundTicks(drawing.low, drawing.high, 4).map((value) => {
        const y = TOP + drawing.y(value);
        return svg`<line class="rule" x1=${LEFT} x2=${LEFT + width} y1=${y} y2=${y} /><text class="end" x=${LEFT - 6} y=${y + 4}>${writeValue(value, this.unit)}</text>`;
      })}
      ${periodTicks(this.points, about).map(({ place, words }) => {
        const x = LEFT + EDGE + place * (width - 2 * EDGE);
        const end = place > 0.95 ? "end" : place < 0.02 ? "" : "middle";
        return svg`<text class=${end} x=${x} y=${TOP + HEIGHT + 14}>${words}</text>`;
      })}
    </g>`;
  }

  #changeMark(drawing: SeriesDrawing, width: number) {
    const { change } = this;
    if (change === null) return nothing;
    const x = (day: string | null) => (day === null ? undefined : drawing.places[this.#index(day)]?.x);
    const at = x(change.at);
    if (at === undefined) return nothing;
    const [from, to] = [x(change.from) ?? at, x(change.to) ?? at];
    const words = changeWords(change);
    const label = labelAt(at, words.length * LETTER, width);
    return svg`<g class=${change.direction}>
      <rect class="span" x=${from} y="0" width=${Math.max(2, to - from)} height=${HEIGHT} />
      <line class="change" x1=${at} x2=${at} y1="0" y2=${HEIGHT} />
      ${this.#levels(drawing, { at, width })}
      <text class=${label.anchor} x=${label.x} y="-5">${words}</text>
    </g>`;
  }

  #levels(drawing: SeriesDrawing, { at, width }: { at: number; width: number }) {
    if (this.levels === null) return nothing;
    const [before, after] = [drawing.y(this.levels.before), drawing.y(this.levels.after)];
    return svg`<line class="level" x1="0" x2=${at} y1=${before} y2=${before} /><line class="level" x1=${at} x2=${width} y1=${after} y2=${after} />`;
  }

  #limits(drawing: SeriesDrawing) {
    const { limits } = this;
    if (limits === null) return nothing;
    const path = (side: "low" | "high") =>
      limits.limits
        .map((limit, index) => {
          const x = drawing.places[index]?.x;
          if (limit === null || x === undefined) return "";
          const starts = index === 0 || limits.limits[index - 1] == null;
          return `${starts ? "M" : "L"}${x.toFixed(1)} ${drawing.y(limit[side]).toFixed(1)}`;
        })
        .join("");
    return svg`<path class="limit" d=${path("low")} /><path class="limit" d=${path("high")} />
      ${limits.out.map((isOut, index) => (isOut ? circle(drawing, index, "out") : nothing))}`;
  }

  #notes(drawing: SeriesDrawing) {
    const labels = new Map<number, number>();
    return this.notes.map((note, index) => {
      const [from, to] = this.#reach(note);
      const x = drawing.places[from]?.x;
      const end = drawing.places[to]?.x;
      if (x === undefined || end === undefined) return nothing;
      // Numbers of what happened at once stand below each other.
      const above = labels.get(from) ?? 0;
      labels.set(from, above + 1);
      return svg`${
        note.to === null
          ? nothing
          : svg`<rect class="lasting" x=${x} y="0" width=${Math.max(2, end - x)} height=${HEIGHT} /><line class="note" x1=${end} x2=${end} y1="0" y2=${HEIGHT} />`
      }<line class="note" x1=${x} x2=${x} y1="0" y2=${HEIGHT} /><text class="number" x=${x + 4} y=${10 + above * 12}>${index + 1}</text>`;
    });
  }

  #noteAt(point: SeriesPoint): string {
    const here = this.points.indexOf(point);
    const about = this.notes.filter((note) => {
      const [from, to] = this.#reach(note);
      return from >= 0 && from <= here && here <= to;
    });
    return about.map(({ text }) => `; ${text}`).join("");
  }

  /** The first and the last period of something that happened: one, where it has no end or ended before the next. */
  #reach({ period, to }: SeriesNote): readonly [number, number] {
    const from = this.#index(period);
    const last = to === null ? from : this.points.findLastIndex((point) => point.period <= to);
    return [from, Math.max(from, last)];
  }

  #stretches(drawing: SeriesDrawing) {
    return svg`<g class=${this.change?.direction ?? ""}>${drawing.flagged.map(
      ({ from, to }) => svg`<line class="stretch" x1=${from} x2=${to} y1=${HEIGHT - 1.5} y2=${HEIGHT - 1.5} />`,
    )}</g>`;
  }

  #guide(drawing: SeriesDrawing, index: number) {
    const place = drawing.places[index];
    if (place === undefined) return nothing;
    return svg`<line class="guide" x1=${place.x} x2=${place.x} y1="0" y2=${HEIGHT} />${circle(drawing, index, "mark")}`;
  }

  /** The first period that does not end before the day. */
  #index(day: string): number {
    return this.points.findIndex((point) => point.period >= day);
  }
}

/** Beside what it is about, where there is room for it; else as far to the right as it fits. */
function labelAt(at: number, length: number, width: number): { x: number; anchor: string } {
  if (at + 4 + length <= width) return { x: at + 4, anchor: "" };
  return at - 4 - length >= 0 ? { x: at - 4, anchor: "end" } : { x: width, anchor: "end" };
}

const RADIUS = { hollow: 3, out: 5.5, mark: 3.5 } as const;

function circle(drawing: SeriesDrawing, index: number, look: keyof typeof RADIUS) {
  const place = drawing.places[index];
  if (place === undefined || place.y === null) return nothing;
  return svg`<circle class=${look} cx=${place.x} cy=${place.y} r=${RADIUS[look]} />`;
}

function diamond(drawing: SeriesDrawing, index: number) {
  const place = drawing.places[index];
  if (place === undefined || place.y === null) return nothing;
  const { x, y } = place;
  return svg`<path class="spike" d="M${x} ${y - 6}L${x + 5} ${y}L${x} ${y + 6}L${x - 5} ${y}Z" />`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-series-chart": SegSeriesChart;
  }
}
