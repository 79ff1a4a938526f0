import { html, LitElement, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import { glyphPath } from "../../server/figures/glyphs.ts";
import {
  type Box,
  extentOf,
  isInside,
  middleOf,
  nudged,
  placeAt,
  type ScatterFrame,
  type ScatterPoint,
  xOf,
  yOf,
} from "../../server/figures/scatter-drawing.ts";
import { base } from "../theme/base.ts";
import { ThemeColours } from "../theme/colours.ts";
import "./button.ts";
import { emit } from "./emit.ts";
import { MeasuredWidth } from "./measured-width.ts";
import { ScatterPainter } from "./scatter-painter.ts";
import { scatterStyle } from "./scatter-style.ts";

const HEIGHT = 320;
/** Of the frame, a press of an arrow key. */
const STEP = 0.04;
/** A press that moves less, in pixels, is a click, which clears the box. */
const CLICK = 3;

/**
 * Points in groups, each with a colour and a shape, up to some ten thousands. A box picks some of them: dragged, or by keys on the picture: arrows
 * move it, with Shift they change its size, Escape clears it. Event: `brush` with `{ points }`, their places in `points`, or
 * null where there is no box.
 */
@customElement("seg-scatter")
export class SegScatter extends LitElement {
  static override styles = [base, scatterStyle];

  @property({ attribute: false }) points: readonly ScatterPoint[] = [];
  /** Names of the groups by number. */
  @property({ attribute: false }) groups: Readonly<Record<number, string>> = {};
  /** What grows to the right and upwards, in words. */
  @property({ attribute: false }) axes: readonly string[] = [];
  @property() label = "Scatter";

  @state() private box: Box | null = null;
  readonly #width = new MeasuredWidth(this, { of: ".frame", first: 600, least: 160 });
  readonly #colours = new ThemeColours(this);
  #from: { px: number; py: number; before: Box | null } | null = null;
  readonly #painter = new ScatterPainter();
  /** What the canvas holds: the points, how wide and in which colours. */
  #painted: readonly unknown[] = [];
  #extent: Box = extentOf([]);
  #present: readonly number[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#painter.stop();
    this.#painted = [];
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("points")) {
      this.#extent = extentOf(this.points);
      this.#present = [...new Set(this.points.map(({ group }) => group))].sort((a, b) => a - b);
    }
    if (changed.has("points") && changed.get("points") !== undefined && this.box !== null) this.#set(null);
  }

  override render() {
    const frame = this.#frame;
    const picked = this.#picked();
    return html`<div class="legend">${this.#legend()}</div>
      <div
        class="frame"
        tabindex="0"
        role="application"
        aria-roledescription="scatter plot"
        aria-label=${`${this.label}. Arrow keys move a box that picks people, with Shift they change its size, Escape clears it.`}
        aria-describedby="axes"
        @keydown=${this.#key}
        @pointerdown=${this.#press}
        @pointermove=${this.#drag}
        @pointerup=${this.#release}
        @pointercancel=${() => {
          this.box = this.#from?.before ?? null;
          this.#from = null;
        }}
      >
        <canvas style="height:${HEIGHT}px" aria-hidden="true"></canvas>
        <svg viewBox="0 0 ${frame.width} ${HEIGHT}" height=${HEIGHT} aria-hidden="true">
          ${this.#zero(frame)} ${this.box === null ? nothing : this.#rectangle(this.box, frame)}
        </svg>
      </div>
      <div class="foot" id="axes">${this.axes.map((words) => html`<p>${words}</p>`)}</div>
      <div class="said">
        <span role="status">${
          picked === null
            ? "Drag a box over people to see who they are."
            : `${formatCount(picked.length)} of ${formatCount(this.points.length)} people are in the box.`
        }</span>
        ${
          picked === null
            ? nothing
            : html`<seg-button kind="quiet" @click=${() => this.#clear()}>Clear the box</seg-button>`
        }
      </div>`;
  }

  override updated(): void {
    const canvas = this.renderRoot.querySelector("canvas");
    const { points } = this;
    const [frame, edge] = [this.#frame, this.#colours.token("--card")];
    const picture = [canvas, points, frame.width, edge, this.#colours.series().join()];
    if (canvas === null || picture.every((part, at) => part === this.#painted[at])) return;
    this.#painted = picture;
    this.#painter.paint(canvas, { points, frame, edge, colour: (group) => this.#colours.at(group - 1) });
  }

  get #frame(): ScatterFrame {
    return { width: this.#width.value, height: HEIGHT, extent: this.#extent };
  }

  /** Where everybody's middle is. */
  #zero(frame: ScatterFrame) {
    const [x, y] = [xOf(0, frame), yOf(0, frame)];
    return svg`<path class="zero" d=${`M${x.toFixed(1)} 0V${HEIGHT}M0 ${y.toFixed(1)}H${frame.width}`} />`;
  }

  #rectangle(box: Box, frame: ScatterFrame) {
    const [x, y] = [xOf(box.left, frame), yOf(box.high, frame)];
    const [width, height] = [xOf(box.right, frame) - x, yOf(box.low, frame) - y];
    // A veil over whoever is outside: nobody is painted anew while the box moves.
    return svg`<path class="veil" d=${`M0 0H${frame.width}V${HEIGHT}H0zM${x} ${y}v${height}h${width}v${-height}z`} />
      <rect class="box" x=${x} y=${y} width=${width} height=${height} />`;
  }

  #legend() {
    return this.#present.map(
      (group) =>
        html`<span
          ><svg width="14" height="14" aria-hidden="true">
            <path d=${glyphPath(group, 7, 7, 4.2)} fill=${this.#colours.at(group - 1)} /></svg
          >${this.groups[group] ?? group}</span
        >`,
    );
  }

  #picked(): number[] | null {
    const { box } = this;
    return box === null ? null : this.points.flatMap((point, at) => (isInside(point, box) ? [at] : []));
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    const frame = event.currentTarget as HTMLElement;
    frame.setPointerCapture(event.pointerId);
    this.#from = { ...placeIn(frame, event), before: this.box };
  }

  #drag(event: PointerEvent): void {
    if (this.#from === null) return;
    this.box = this.#between(this.#from, placeIn(event.currentTarget as HTMLElement, event));
  }

  #release(event: PointerEvent): void {
    const from = this.#from;
    if (from === null) return;
    this.#from = null;
    const to = placeIn(event.currentTarget as HTMLElement, event);
    const isClick = Math.hypot(to.px - from.px, to.py - from.py) < CLICK;
    this.#set(isClick ? null : this.#between(from, to));
  }

  #between(from: { px: number; py: number }, to: { px: number; py: number }): Box {
    const frame = this.#frame;
    const [a, b] = [placeAt(from.px, from.py, frame), placeAt(to.px, to.py, frame)];
    return {
      left: Math.min(a.x, b.x),
      right: Math.max(a.x, b.x),
      low: Math.min(a.y, b.y),
      high: Math.max(a.y, b.y),
    };
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.box !== null) {
      event.preventDefault();
      event.stopPropagation();
      this.#set(null);
      return;
    }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (way === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { extent } = this.#frame;
    const [dx, dy] = way.map((step) => step * STEP);
    const grow = event.shiftKey ? "size" : "move";
    this.#set(this.box === null ? middleOf(extent) : nudged(this.box, extent, { dx: dx ?? 0, dy: dy ?? 0, grow }));
  }

  #clear(): void {
    this.#set(null);
    this.renderRoot.querySelector<HTMLElement>(".frame")?.focus();
  }

  #set(box: Box | null): void {
    this.box = box;
    emit(this, "brush", { points: this.#picked() });
  }
}

function placeIn(frame: HTMLElement, event: PointerEvent): { px: number; py: number } {
  const { left, top } = frame.getBoundingClientRect();
  return { px: event.clientX - left, py: event.clientY - top };
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-scatter": SegScatter;
  }
}
