import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import { drawReplay, type ReplayDrawing } from "../../../server/figures/replay-drawing.ts";
import { formatRate, lastDayOf, weekWords } from "../../../server/figures/replay-words.ts";
import type { SeriesDrawing } from "../../../server/figures/series-drawing.ts";
import type { ReplayWeek } from "../../../server/run/replay/view.ts";
import { emit } from "../../parts/emit.ts";
import { MeasuredWidth } from "../../parts/measured-width.ts";
import { base } from "../../theme/base.ts";

const HEIGHT = 64;
const BARS = 56;
const EDGE = 5;

/**
 * Weeks under one another: how many are in, who came and who left, and what became of their mail. The weeks are read by
 * pointing or with the arrow keys. Event: `week` with `{ week }`, its place, when one is chosen.
 */
@customElement("seg-replay-drawing")
export class SegReplayDrawing extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink);
      }
      .plots {
        position: relative;
        cursor: pointer;
      }
      .plots:focus-visible {
        outline-offset: 3px;
      }
      h4 {
        display: flex;
        gap: var(--gap-2);
        margin: var(--gap-2) 0 0;
        color: var(--ink-2);
        font-size: var(--size-1);
        font-weight: 500;
      }
      h4 .range {
        margin-left: auto;
        color: var(--ink-3);
        font-variant-numeric: tabular-nums;
      }
      svg {
        display: block;
        width: 100%;
        overflow: visible;
      }
      .line {
        fill: none;
        stroke: var(--accent);
        stroke-width: 1.75;
        stroke-linejoin: round;
      }
      .young {
        stroke-dasharray: 3 3;
      }
      .came {
        fill: var(--up);
      }
      .left {
        fill: var(--down);
      }
      .axis,
      .guide {
        stroke: var(--line-strong);
      }
      .chosen {
        fill: var(--accent-soft);
      }
      .mark {
        fill: var(--accent);
        stroke: var(--card);
        stroke-width: 2;
      }
      .days {
        display: flex;
        justify-content: space-between;
        color: var(--ink-3);
        font-size: var(--size-1);
      }
      .read {
        min-height: 3em;
        margin: var(--gap-1) 0 0;
        color: var(--ink-2);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) weeks: readonly ReplayWeek[] = [];
  @property() segment = "";
  /** Place of the week whose people are shown. */
  @property({ attribute: false }) chosen: number | null = null;
  @state() private at: number | null = null;

  readonly #width = new MeasuredWidth(this, { of: ".plots", first: 480, least: 160 });

  override render() {
    const { weeks } = this;
    if (weeks.length === 0) return nothing;
    const frame = { width: this.#width.value, height: HEIGHT, bars: BARS, edge: EDGE };
    const drawing = drawReplay(weeks, frame);
    const last = weeks.length - 1;
    const shown = this.at ?? this.chosen ?? last;
    const week = weeks[shown];
    return html`<div
        class="plots"
        role="slider"
        tabindex="0"
        aria-label=${`Weeks of ${this.segment}`}
        aria-description="Arrow keys go from week to week, Enter shows who came and who left."
        aria-valuemin="1"
        aria-valuemax=${weeks.length}
        aria-valuenow=${shown + 1}
        aria-valuetext=${week === undefined ? nothing : weekWords(week)}
        @keydown=${this.#key}
        @pointermove=${(event: PointerEvent) => this.#hover(event, drawing)}
        @pointerleave=${this.#leave}
        @focusout=${this.#leave}
        @click=${() => this.#choose()}
      >
        ${this.#plot("People in it", drawing.size, (value) => formatCount(Math.round(value)), shown)}
        ${this.#bars(drawing, shown)}
        ${drawing.open === null ? nothing : this.#plot("Open rate", drawing.open, formatRate, shown)}
        ${drawing.click === null ? nothing : this.#plot("Click rate", drawing.click, formatRate, shown)}
        <div class="days" aria-hidden="true">
          <span>week to ${dayOf(weeks[0])}</span><span>${dayOf(weeks[last])}</span>
        </div>
      </div>
      <p class="read" aria-hidden="true">${week === undefined ? nothing : capital(weekWords(week))}</p>`;
  }

  #plot(name: string, drawing: SeriesDrawing, write: (value: number) => string, shown: number) {
    const place = drawing.places[shown];
    return html`<h4 aria-hidden="true">${name}<span class="range">${write(drawing.low)} to ${write(drawing.high)}</span></h4>
      <svg viewBox="0 0 ${this.#width.value} ${HEIGHT}" height=${HEIGHT} aria-hidden="true">
        ${this.#guide(drawing.places, shown, HEIGHT)}
        <path class="line" d=${drawing.line} />
        <path class="line young" d=${drawing.young} />
        ${place?.y == null ? nothing : svg`<circle class="mark" cx=${place.x} cy=${place.y} r="4" />`}
      </svg>`;
  }

  #bars({ moves, barWidth, mostMoves }: ReplayDrawing, shown: number) {
    const middle = BARS / 2;
    return html`<h4 aria-hidden="true">▲ came, ▼ left<span class="range">up to ${formatCount(mostMoves)} a week</span></h4>
      <svg viewBox="0 0 ${this.#width.value} ${BARS}" height=${BARS} aria-hidden="true">
        ${this.#guide(moves, shown, BARS)}
        <line class="axis" x1="0" x2=${this.#width.value} y1=${middle} y2=${middle} />
        ${moves.map(
          ({ x, up, down }) =>
            svg`<rect class="came" x=${x - barWidth / 2} width=${barWidth} y=${middle - up} height=${up} />
              <rect class="left" x=${x - barWidth / 2} width=${barWidth} y=${middle} height=${down} />`,
        )}
      </svg>`;
  }

  #guide(places: readonly { readonly x: number }[], shown: number, height: number) {
    const x = places[shown]?.x;
    const chosen = this.chosen === null ? undefined : places[this.chosen]?.x;
    const band =
      chosen === undefined ? nothing : svg`<rect class="chosen" x=${chosen - 5} width="10" height=${height} />`;
    return svg`${band}${x === undefined ? nothing : svg`<line class="guide" x1=${x} x2=${x} y1="0" y2=${height} />`}`;
  }

  #hover(event: PointerEvent, { moves }: ReplayDrawing): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.#width.value;
    let nearest = 0;
    moves.forEach((move, index) => {
      if (Math.abs(move.x - x) < Math.abs((moves[nearest]?.x ?? 0) - x)) nearest = index;
    });
    this.at = nearest;
  }

  #leave(): void {
    this.at = null;
  }

  #key(event: KeyboardEvent): void {
    const last = this.weeks.length - 1;
    const now = this.at ?? this.chosen ?? last;
    const steps: Record<string, number> = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last };
    const next = steps[event.key];
    if (next !== undefined) this.at = Math.min(last, Math.max(0, next));
    else if (event.key === "Enter" || event.key === " ") this.#choose();
    else return;
    event.preventDefault();
  }

  #choose(): void {
    emit(this, "week", { week: this.at ?? this.chosen ?? this.weeks.length - 1 });
  }
}

function dayOf(week: ReplayWeek | undefined): string {
  return week === undefined ? "" : formatDay(lastDayOf(week));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-replay-drawing": SegReplayDrawing;
  }
}
