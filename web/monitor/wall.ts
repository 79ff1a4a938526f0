import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { metricWords } from "../../server/figures/alert-words.ts";
import type { SeriesTile } from "../../server/figures/series-tiles.ts";
import {
  filterWall,
  NO_FILTER,
  type Wall,
  type WallFilter,
  wallOf,
  wallWords,
} from "../../server/figures/series-wall.ts";
import "../parts/button.ts";
import { MeasuredWidth } from "../parts/measured-width.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";
import { wallCell } from "./wall-cell.ts";
import "./wall-filter.ts";
import type { WallPlace } from "./wall-place.ts";
import { wallStyle } from "./wall-style.ts";

const ROW = 54;
/** Rows that are there on either side of those that are seen. */
const BESIDE = 4;
const FIRST_VIEW = 900;

/** Segments by metrics, each a small course that leads to its page. Only the rows that are seen are there. */
@customElement("seg-monitor-wall")
export class SegMonitorWall extends LitElement {
  static override styles = [base, field, wallStyle];

  @property({ attribute: false }) tiles: readonly SeriesTile[] = [];
  /** In the order of the columns. */
  @property({ attribute: false }) metrics: readonly string[] = [];
  @property() label = "Watched series";
  /** What is to be known of all series of a metric, by its name. */
  @property({ attribute: false }) notes: Readonly<Record<string, string>> = {};
  /** How much of the newest periods the figures are of. */
  @property() span = "";
  @property({ attribute: false }) href: (tile: SeriesTile) => string = () => "";
  /** Kept by whoever shows the wall. */
  @property({ attribute: false }) place: WallPlace = { filter: NO_FILTER, at: null, top: 0, left: false };

  @state() private seen = { from: 0, to: Math.ceil(FIRST_VIEW / ROW) };
  @query(".frame") private frame!: HTMLElement | null;
  readonly #width = new MeasuredWidth(this, { of: "svg", first: 180, least: 60 });
  #all: Wall = { metrics: [], rows: [] };
  #shown: Wall = { metrics: [], rows: [] };

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("tiles") || changed.has("metrics")) this.#all = wallOf(this.tiles, this.metrics);
    if (changed.has("tiles") || changed.has("metrics") || changed.has("place")) this.#sift();
  }

  override firstUpdated(): void {
    if (this.frame !== null) this.frame.scrollTop = this.place.top;
    this.#scrolled();
  }

  override render() {
    const { rows, metrics } = this.#shown;
    return html`<seg-wall-filter
        .filter=${this.place.filter}
        .metrics=${this.#all.metrics}
        words=${wallWords(this.#shown, this.#all)}
        @filter=${(event: CustomEvent<WallFilter>) => this.#filter(event.detail)}
        @into=${() => void this.focusSeries()}
      ></seg-wall-filter>
      <div class="frame" @scroll=${this.#scrolled} @keydown=${this.#key}>
        ${
          rows.length === 0
            ? html`<p class="nobody">
                No series is like that.
                <seg-button kind="quiet" @click=${() => this.#filter(NO_FILTER)}>Show all</seg-button>
              </p>`
            : html`<div
                class="grid"
                role="grid"
                aria-label=${this.label}
                aria-rowcount=${rows.length + 1}
                aria-colcount=${metrics.length + 1}
                style="--metrics: ${metrics.length}"
              >
                ${this.#heads(metrics)} ${this.#rows()}
              </div>`
        }
      </div>`;
  }

  #heads(metrics: readonly string[]) {
    return html`<div role="row" class="heads" aria-rowindex="1">
      <span role="columnheader">segment</span>
      ${metrics.map(
        (metric) =>
          html`<span role="columnheader">${metricWords(metric)} ${metric === "size" || this.span === "" ? nothing : html`<small>${this.span}</small>`}${this.notes[metric] === undefined ? nothing : html`<small>, ${this.notes[metric]}</small>`}</span>`,
      )}
    </div>`;
  }

  #rows() {
    const { rows } = this.#shown;
    const from = Math.max(0, Math.min(this.seen.from, rows.length - 1));
    const to = Math.min(rows.length, this.seen.to);
    const room = (count: number) => html`<div role="presentation" style="height: ${count * ROW}px"></div>`;
    const at = this.#at();
    return html`${room(from)}
      ${rows.slice(from, to).map(
        (row, index) => html`<div role="row" class="row" aria-rowindex=${from + index + 2}>
          <div role="rowheader" title=${row.segment}><span>${row.segment}</span></div>
          ${row.tiles.map(
            (tile, column) =>
              html`<div role="gridcell">${this.#cell(tile, { row: from + index, column, isAt: at.row === from + index && at.column === column })}</div>`,
          )}
        </div>`,
      )}
      ${room(rows.length - to)}`;
  }

  #cell(tile: SeriesTile | null, at: { row: number; column: number; isAt: boolean }) {
    const place = `${at.row} ${at.column}`;
    const stop = at.isAt ? 0 : -1;
    if (tile === null) return html`<span class="cell none" data-place=${place} tabindex=${stop}>not watched</span>`;
    return html`<a
      class="cell ${tile.tone} ${tile.change?.direction ?? ""}"
      href=${this.href(tile)}
      data-place=${place}
      tabindex=${stop}
      @focus=${() => this.#stand(at)}
      ><span class="spoken">${tile.segment}, ${metricWords(tile.metric)}: </span>${wallCell(tile, this.#width.value)}</a
    >`;
  }

  /** Where the arrows start from: the series at which the reader was, else the first. */
  #at(): { row: number; column: number } {
    const { at } = this.place;
    const row = at === null ? -1 : this.#shown.rows.findIndex(({ segment }) => segment === at.segment);
    const column = at === null ? -1 : this.#shown.metrics.indexOf(at.metric);
    const isShown = row >= this.seen.from && row < this.seen.to;
    if (row >= 0 && column >= 0 && isShown) return { row, column };
    // Something of what is seen can always be reached by the tabulator key.
    return { row: Math.min(this.seen.from, Math.max(0, this.#shown.rows.length - 1)), column: 0 };
  }

  #stand({ row, column }: { row: number; column: number }): void {
    const [segment, metric] = [this.#shown.rows[row]?.segment, this.#shown.metrics[column]];
    if (segment === undefined || metric === undefined) return;
    const { at } = this.place;
    if (at?.segment === segment && at.metric === metric) return;
    this.place.at = { segment, metric };
    this.requestUpdate();
  }

  focusFilter(): void {
    this.renderRoot.querySelector("seg-wall-filter")?.focus();
  }

  /** Puts the focus on the series at which the reader was, or on the first. */
  async focusSeries(): Promise<void> {
    await this.updateComplete;
    const { at } = this.place;
    const row = this.#shown.rows.findIndex(({ segment }) => segment === at?.segment);
    const column = at === null ? -1 : this.#shown.metrics.indexOf(at.metric);
    await this.#focus(row < 0 || column < 0 ? { row: 0, column: 0 } : { row, column });
  }

  #sift(): void {
    this.#shown = filterWall(this.#all, this.place.filter);
  }

  #filter(filter: WallFilter): void {
    this.place.filter = filter;
    this.#sift();
    if (this.frame !== null) this.frame.scrollTop = 0;
    this.#scrolled();
    this.requestUpdate();
  }

  #scrolled(): void {
    const { frame } = this;
    if (frame === null) return;
    this.place.top = frame.scrollTop;
    const height = frame.clientHeight || FIRST_VIEW;
    const from = Math.max(0, Math.floor(frame.scrollTop / ROW) - BESIDE);
    const to = Math.ceil((frame.scrollTop + Math.max(height, FIRST_VIEW)) / ROW) + BESIDE;
    if (from !== this.seen.from || to !== this.seen.to) this.seen = { from, to };
  }

  #key(event: KeyboardEvent): void {
    const target = event.composedPath().find((each) => each instanceof HTMLElement && each.dataset.place !== undefined);
    if (!(target instanceof HTMLElement) || event.altKey || event.metaKey) return;
    const [row = 0, column = 0] = (target.dataset.place ?? "").split(" ").map(Number);
    const [lastRow, lastColumn] = [this.#shown.rows.length - 1, this.#shown.metrics.length - 1];
    const screen = Math.max(1, Math.floor((this.frame?.clientHeight ?? FIRST_VIEW) / ROW) - 2);
    const moves: Record<string, { row: number; column: number }> = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      PageUp: { row: row - screen, column },
      PageDown: { row: row + screen, column },
      Home: event.ctrlKey ? { row: 0, column: 0 } : { row, column: 0 },
      End: event.ctrlKey ? { row: lastRow, column: lastColumn } : { row, column: lastColumn },
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const held = (value: number, last: number) => Math.max(0, Math.min(last, value));
    void this.#focus({ row: held(to.row, lastRow), column: held(to.column, lastColumn) });
  }

  async #focus({ row, column }: { row: number; column: number }): Promise<void> {
    const { frame } = this;
    if (frame === null) return;
    const heads = frame.querySelector<HTMLElement>(".heads")?.offsetHeight ?? 0;
    const top = row * ROW;
    if (top < frame.scrollTop) frame.scrollTop = top;
    else if (top + ROW + heads > frame.scrollTop + frame.clientHeight)
      frame.scrollTop = top + ROW + heads - frame.clientHeight;
    this.#scrolled();
    await this.updateComplete;
    const cell = frame.querySelector<HTMLElement>(`[data-place="${row} ${column}"]`);
    cell?.focus({ preventScroll: true });
    if (cell !== null) this.#revealColumn(frame, cell);
  }

  /** Scrolls sideways until a series is seen whole beside the names, which are fixed. */
  #revealColumn(frame: HTMLElement, cell: HTMLElement): void {
    const names = frame.querySelector<HTMLElement>("[role=rowheader]")?.offsetWidth ?? 0;
    const [box, view] = [cell.getBoundingClientRect(), frame.getBoundingClientRect()];
    if (box.left < view.left + names) frame.scrollLeft -= view.left + names - box.left;
    else if (box.right > view.right) frame.scrollLeft += box.right - view.right;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-monitor-wall": SegMonitorWall;
  }
}
