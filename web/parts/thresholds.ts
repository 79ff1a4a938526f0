import { html, LitElement, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount, formatNumber, formatPercent } from "../../server/figures/format.ts";
import { type Band, bandSizes, type ScoreCount } from "../../server/figures/score-bands.ts";
import { base } from "../theme/base.ts";
import { emit } from "./emit.ts";
import { MeasuredWidth } from "./measured-width.ts";
import { edgeOf, keyedPlace, nearestPlace, reachOf, type ThresholdScale, thresholdScale } from "./threshold-scale.ts";
import { thresholdsStyle } from "./thresholds-style.ts";

const HEIGHT = 104;
const LINE = 17;
/** Bars of few scores are no walls. */
const WIDEST = 56;
const MOST_TICKS = 12;
/** How long keys may rest until what they did counts, in milliseconds. */
const PAUSE = 1_000;

/** A border that moves: the band's place, the highest first, and where its border is now. */
export interface MovedBorder {
  readonly band: number;
  readonly border: number;
}

/**
 * Scores as bars, with a handle at each band's border: dragged, or moved by keys (arrows a step, Page ten, Home and End as
 * far as it goes, Enter at once, Escape back). Events: `move` with the border on its way, or null where it was let be;
 * `set` with it when it is let go.
 */
@customElement("seg-thresholds")
export class SegThresholds extends LitElement {
  static override styles = [base, thresholdsStyle];

  @property({ attribute: false }) counts: readonly ScoreCount[] = [];
  @property({ attribute: false }) bands: readonly Band[] = [];
  @property({ type: Boolean, attribute: "read-only" }) readOnly = false;
  @property() label = "Scores";

  @state() private moved: MovedBorder | null = null;
  readonly #width = new MeasuredWidth(this, { of: ".plot", first: 600, least: 120 });
  #scale: ThresholdScale | null = null;
  #pause: ReturnType<typeof setTimeout> | null = null;
  #isHeld = false;

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("counts")) this.#scale = thresholdScale(this.counts);
    const before = changed.get("bands") as readonly Band[] | undefined;
    // What moves is a border of these; the same ones may come anew while it does.
    if (before !== undefined && this.moved !== null && !areAlike(before, this.bands)) this.#letBe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  override render() {
    const scale = this.#scale;
    if (scale === null) return html`<p>Nobody has a score.</p>`;
    const bands = this.#shown;
    return html`<div class="frame" role="group" aria-label=${this.label}>
      <div class="plot" style="height:${HEIGHT}px">
        ${this.#bars(scale, bands)} ${bands.map((band, place) => this.#handle(scale, band, place))}
      </div>
      <div class="axis" aria-hidden="true">
        ${ticks(scale).map(
          (score) =>
            html`<span style="left:${((score - scale.low) / (scale.high - scale.low)) * 100}%">${formatNumber(score)}</span>`,
        )}
      </div>
    </div>`;
  }

  /** The bands with the border where it is held. */
  get #shown(): readonly Band[] {
    const { moved } = this;
    if (moved === null) return this.bands;
    return this.bands.map((band, place) =>
      place === moved.band && band.border !== moved.border
        ? { ...band, operator: ">=" as const, border: moved.border }
        : band,
    );
  }

  #bars(scale: ThresholdScale, bands: readonly Band[]) {
    const most = Math.max(1, ...scale.bars.map(({ people }) => people));
    const width = this.#width.value / scale.bars.length;
    const own = Math.min(WIDEST, width - Math.min(2, width * 0.12));
    const room = HEIGHT - Math.min(2, bands.length) * LINE;
    const edges = bands.map((band) => edgeOf(scale, band));
    return html`<svg viewBox="0 0 ${this.#width.value} ${HEIGHT}" height=${HEIGHT} aria-hidden="true">
      ${scale.bars.map(({ middle, people }, place) => {
        if (people === 0) return nothing;
        const height = Math.max(1, (people / most) * room);
        const band = edges.findIndex((edge) => middle >= edge - scale.step * 1e-6);
        const shade = band < 0 ? 0.35 : 1 - (0.6 * band) / Math.max(1, bands.length);
        return svg`<rect class=${band < 0 ? "none" : "band"} opacity=${shade} x=${(place + 0.5) * width - own / 2}
          width=${own} y=${HEIGHT - height} height=${height} />`;
      })}
    </svg>`;
  }

  #handle(scale: ThresholdScale, band: Band, place: number) {
    const share = (edgeOf(scale, band) - scale.low) / (scale.high - scale.low);
    const at = Math.max(0, Math.min(1, share));
    const words = `${band.name} ${band.operator === ">" ? ">" : "≥"} ${formatNumber(band.border)}`;
    const side = at > 0.75 ? "left" : "";
    const style = `left:${at * 100}%;--top:${(place % 2) * LINE}px`;
    if (this.readOnly) return html`<div class="handle fixed ${side}" style=${style}><b>${words}</b></div>`;
    const reach = reachOf(scale, this.bands, place);
    const size = bandSizes(this.counts, this.#shown)[place];
    return html`<div
      class="handle ${side} ${this.moved?.band === place ? "held" : ""}"
      style=${style}
      role="slider"
      tabindex="0"
      aria-label=${`Border of ${band.name}`}
      aria-valuemin=${Math.min(band.border, reach[0] ?? band.border)}
      aria-valuemax=${Math.max(band.border, reach.at(-1) ?? band.border)}
      aria-valuenow=${band.border}
      aria-valuetext=${`${words}: ${formatCount(size?.people ?? 0)} people, ${formatPercent(size?.share ?? 0)}`}
      @keydown=${(event: KeyboardEvent) => this.#key(event, scale, place)}
      @blur=${() => this.#settle()}
      @pointerdown=${(event: PointerEvent) => this.#grab(event, place)}
      @pointermove=${(event: PointerEvent) => this.#drag(event, scale, reach)}
      @pointerup=${() => this.#release()}
      @pointercancel=${() => this.#letBe()}
    >
      <b aria-hidden="true">${words}</b>
    </div>`;
  }

  #grab(event: PointerEvent, place: number): void {
    const band = this.bands[place];
    if (event.button !== 0 || band === undefined || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    this.#settle();
    event.currentTarget.focus({ preventScroll: true });
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#isHeld = true;
    this.moved = { band: place, border: band.border };
  }

  #drag(event: PointerEvent, scale: ThresholdScale, reach: readonly number[]): void {
    const plot = this.renderRoot.querySelector(".plot")?.getBoundingClientRect();
    if (!this.#isHeld || this.moved === null || plot === undefined) return;
    const share = (event.clientX - plot.left) / plot.width;
    const border = nearestPlace(scale, reach, scale.low + share * (scale.high - scale.low));
    if (border !== null) this.#move({ ...this.moved, border });
  }

  #release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#settle();
  }

  #key(event: KeyboardEvent, scale: ThresholdScale, place: number): void {
    if (event.key === "Escape" && this.moved !== null) {
      event.stopPropagation();
      this.#letBe();
      return;
    }
    if (event.key === "Enter" && this.moved !== null) {
      event.stopPropagation();
      this.#settle();
      return;
    }
    const band = this.#shown[place];
    if (event.ctrlKey || event.metaKey || event.altKey || band === undefined) return;
    const border = keyedPlace(event.key, reachOf(scale, this.bands, place), band);
    if (border === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#move({ band: place, border });
    this.#forget();
    this.#pause = setTimeout(() => this.#settle(), PAUSE);
  }

  #move(moved: MovedBorder): void {
    this.moved = moved;
    emit(this, "move", moved);
  }

  /** What moved counts from now on. */
  #settle(): void {
    this.#forget();
    const { moved } = this;
    this.moved = null;
    if (moved === null) return;
    const from = this.bands[moved.band];
    if (from === undefined || from.border === moved.border) emit(this, "move", null);
    else emit(this, "set", moved);
  }

  #letBe(): void {
    this.#forget();
    this.#isHeld = false;
    this.moved = null;
    emit(this, "move", null);
  }

  #forget(): void {
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = null;
  }
}

function areAlike(some: readonly Band[], others: readonly Band[]): boolean {
  const isSame = (band: Band, other: Band | undefined) =>
    other?.name === band.name && other.border === band.border && other.operator === band.operator;
  return some.length === others.length && some.every((band, place) => isSame(band, others[place]));
}

/** Every score where they are few, else the least and the greatest. */
function ticks({ places }: ThresholdScale): readonly number[] {
  return places.length <= MOST_TICKS ? places : [places[0] ?? 0, places.at(-1) ?? 0];
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-thresholds": SegThresholds;
  }
}
