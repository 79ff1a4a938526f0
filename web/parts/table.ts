import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { base } from "../theme/base.ts";
import "./button.ts";
import { type CellValue, columnDigits, exactValue, formatCell, rangedRight, type TableColumn } from "./cell-value.ts";
import { emit } from "./emit.ts";
import { formatCount } from "./format.ts";
import "./problem.ts";
import "./skeleton.ts";
import { type GridPlace, gridKey } from "./table-keys.ts";
import { type LoadPage, PAGE_ROWS, TablePages, type TableSort } from "./table-pages.ts";
import { clampTop, type ScrollSpan, type ScrollState, scrolled, scrollerHeight, toScroller } from "./table-scroll.ts";
import { tableStyle } from "./table-style.ts";
import { summaryView, summaryWords, type TableSummary } from "./table-summary.ts";
import { columnWidths, gridTemplate, typeWords } from "./table-widths.ts";

export type { CellValue, TableColumn } from "./cell-value.ts";
export type { LoadPage, TablePage, TableSort } from "./table-pages.ts";
export type { TableSummary } from "./table-summary.ts";

const ROW = 28;

/** What is asked of a cell: by Enter or a double click. */
export interface TableAsk {
  row: number;
  column: string;
  value: CellValue;
}

/**
 * A relation of any length. Only the rows that are seen exist; pages come from `load` and are kept for a while.
 * Events: `ask` ({@link TableAsk}) and `sort` (a {@link TableSort} or null).
 */
@customElement("seg-table")
export class SegTable extends LitElement {
  static override styles = [base, tableStyle];

  @property({ attribute: false }) columns: TableColumn[] = [];
  /** Rows in all; null until it is known. */
  @property({ attribute: false }) total: number | null = null;
  /** A new function means new rows. */
  @property({ attribute: false }) load: LoadPage | null = null;
  @property({ attribute: false }) summaries: TableSummary[] | null = null;
  @property({ attribute: false }) sort: TableSort | null = null;
  @property() label = "Rows";
  /** What is said where there are no rows. */
  @property() empty = "No rows.";

  @state() private active: GridPlace = { row: 0, column: 0 };
  @state() private aside = false;

  #pages: TablePages | null = null;
  #scroll: ScrollState = { top: 0, place: 0 };
  #view = 12 * ROW;
  #width = 0;
  #digits: number[] = [];
  #widths: number[] = [];
  #measured = false;
  #byHand = new Map<number, number>();
  #soon: ReturnType<typeof setTimeout> | undefined;
  #sizes: ResizeObserver | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#sizes = null;
    this.#pages?.stop();
    clearTimeout(this.#soon);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("columns")) {
      this.#byHand.clear();
      this.active = { row: 0, column: 0 };
    }
    if (changed.has("total")) this.#moveTo(this.#scroll.top);
    if (changed.has("columns") || changed.has("load") || changed.has("sort")) {
      const keep = changed.has("columns") ? null : this.#pages;
      this.#pages?.stop();
      this.#measured = this.#measured && !changed.has("columns");
      this.#pages = this.load ? new TablePages(this.load, this.sort, keep, () => this.requestUpdate()) : null;
      this.#moveTo(changed.has("sort") || changed.has("columns") ? 0 : this.#scroll.top);
    }
    this.#measure(changed.has("columns") || changed.has("summaries"));
  }

  override updated(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    if (this.#sizes === null) {
      this.#sizes = new ResizeObserver(() => this.#resized());
      this.#sizes.observe(scroller);
    }
    if (Math.abs(scroller.scrollTop - this.#scroll.place) >= 1) {
      scroller.scrollTop = this.#scroll.place;
      // The browser rounds; what it made of it is where the next movement starts from.
      this.#scroll = { top: this.#scroll.top, place: scroller.scrollTop };
    }
    const { from, to } = this.#seen();
    this.#pages?.want(from, to);
  }

  override render() {
    if (this.columns.length === 0 || this.total === null) return html`<seg-skeleton rows="5"></seg-skeleton>`;
    const { from, to } = this.#seen();
    const offset = this.#scroll.top - this.#scroll.place;
    const rows = Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place);
    const places = {
      "--columns": gridTemplate(this.#widths, this.#byHand),
      "--least": `${this.#widths.reduce((sum, width, place) => sum + (this.#byHand.get(place) ?? width), 0)}px`,
    };
    return html`<div
        class="scroller ${this.aside ? "aside" : ""}"
        style=${styleMap(places)}
        role="grid"
        tabindex="0"
        aria-label=${this.label}
        aria-rowcount=${this.total + 1}
        aria-colcount=${this.columns.length}
        aria-busy=${this.#pages?.busy ? "true" : nothing}
        aria-activedescendant=${this.#cellId(this.active)}
        @scroll=${this.#scrolled}
        @keydown=${this.#key}
        @copy=${this.#copy}
      >
        <div role="rowgroup" class="head">
          <div role="row" class="row" aria-rowindex="1">${this.columns.map((_, place) => this.#head(place))}</div>
        </div>
        <div role="rowgroup" class="body" style="height:${scrollerHeight(this.total * ROW)}px">
          ${rows.map((row) => this.#row(row, row * ROW - offset))}
        </div>
      </div>
      ${this.total === 0 ? html`<div class="empty">${this.empty}</div>` : nothing} ${this.#failure()}
      <div class="foot">${this.#foot()}</div>`;
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector(".scroller");
  }

  get #span(): ScrollSpan {
    const rows = (this.total ?? 0) * ROW;
    return { rows, view: Math.min(this.#view, rows) };
  }

  #seen(): { from: number; to: number } {
    const from = Math.max(0, Math.floor(this.#scroll.top / ROW) - 2);
    const to = Math.min(this.total ?? 0, Math.ceil((this.#scroll.top + this.#view) / ROW) + 2);
    return { from, to };
  }

  #head(place: number) {
    const column = this.columns[place];
    if (column === undefined) return nothing;
    const sorted = this.sort?.column === column.name ? (this.sort.descending ? "descending" : "ascending") : "none";
    const summary = this.summaries?.find((entry) => entry.name === column.name);
    return html`<div
      id=${this.#cellId({ row: -1, column: place })}
      role="columnheader"
      class="${rangedRight(column) ? "right" : ""} ${this.#activeClass(-1, place)}"
      aria-colindex=${place + 1}
      aria-sort=${sorted}
      aria-label="${column.name}, ${typeWords(column)}"
      aria-description=${summary ? summaryWords(summary, column, this.total ?? 0) : nothing}
      @click=${() => this.#sortBy(place)}
    >
      <span class="name"
        >${sorted === "none" ? nothing : html`<span class="arrow" aria-hidden="true">${sorted === "ascending" ? "▲" : "▼"}</span> `}${column.name}</span
      >
      <span class="type">${typeWords(column)}</span>
      ${summary ? summaryView(summary, column, this.total ?? 0) : nothing}
      <span
        class="grip"
        aria-hidden="true"
        @pointerdown=${(event: PointerEvent) => this.#drag(event, place)}
        @click=${(event: Event) => event.stopPropagation()}
      ></span>
    </div>`;
  }

  #row(row: number, y: number) {
    const view = this.#pages?.row(row);
    const values = view?.values ?? null;
    return html`<div
      role="row"
      class="row ${view?.state === "old" ? "old" : ""}"
      aria-rowindex=${row + 2}
      style="transform:translateY(${y}px)"
    >
      ${this.columns.map((column, place) => {
        const value = values?.[place] ?? null;
        const look = `${rangedRight(column) ? "right" : ""} ${values !== null && value === null ? "none" : ""}`;
        return html`<div
          id=${this.#cellId({ row, column: place })}
          role="gridcell"
          class="${look} ${this.#activeClass(row, place)}"
          aria-colindex=${place + 1}
          @click=${() => this.#activate({ row, column: place })}
          @dblclick=${() => this.#ask({ row, column: place })}
        >
          ${values === null ? bone(row, place) : formatCell(value, column, this.#digits[place] ?? 0)}
        </div>`;
      })}
    </div>`;
  }

  #failure() {
    const failure = this.#pages?.failure;
    if (!failure) return nothing;
    const problem = { severity: "error" as const, message: `These rows could not be read: ${failure}`, hint: "" };
    return html`<seg-problem .problem=${problem}>
      <seg-button slot="action" @click=${() => this.#pages?.retry()}>Try again</seg-button>
    </seg-problem>`;
  }

  #foot() {
    const total = this.total ?? 0;
    const words = total === 1 ? "1 row" : `${formatCount(total)} rows`;
    const column = this.columns[this.active.column];
    const values = this.active.row >= 0 ? this.#pages?.row(this.active.row).values : null;
    if (!column || !values) return html`<span>${words}</span>`;
    const value = values[this.active.column] ?? null;
    return html`<span>${words}</span
      ><span class="value"
        >row ${formatCount(this.active.row + 1)}, ${column.name}: <code>${value === null ? "missing" : exactValue(value)}</code></span
      >`;
  }

  #cellId(at: GridPlace): string {
    return `r${at.row}c${at.column}`;
  }

  #activeClass(row: number, column: number): string {
    return this.active.row === row && this.active.column === column ? "active" : "";
  }

  /** Widths and digits settle once the first rows are there, and stay: nothing jumps while one scrolls. */
  #measure(again: boolean): void {
    const sample: CellValue[][] = [];
    for (const row of this.#pages?.known() ?? []) {
      sample.push(row);
      if (sample.length === PAGE_ROWS) break;
    }
    if (!again && (this.#measured || sample.length === 0)) return;
    this.#digits = this.columns.map((column, place) =>
      columnDigits(
        column,
        sample.map((row) => row[place] ?? null),
      ),
    );
    const least = this.summaries === null ? 64 : 116;
    this.#widths = columnWidths(this.columns, sample, { digits: this.#digits, least, most: 320 });
    const first = this.#widths[0];
    // Where it is narrow, the fixed column must leave room for the others.
    if (first !== undefined && this.#width > 0) this.#widths[0] = Math.min(first, Math.max(96, this.#width * 0.4));
    this.#measured = sample.length > 0;
  }

  #resized(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const head = scroller.querySelector<HTMLElement>(".head")?.offsetHeight ?? 0;
    const view = Math.max(ROW, scroller.clientHeight - head);
    if (view === this.#view && scroller.clientWidth === this.#width) return;
    this.#view = view;
    this.#width = scroller.clientWidth;
    this.#measure(true);
    this.#moveTo(this.#scroll.top);
    this.requestUpdate();
  }

  #scrolled(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    this.aside = scroller.scrollLeft > 0;
    if (Math.abs(scroller.scrollTop - this.#scroll.place) < 0.5) return;
    const far = Math.abs(scroller.scrollTop - this.#scroll.place) > this.#view;
    this.#scroll = scrolled(this.#scroll, scroller.scrollTop, this.#span);
    clearTimeout(this.#soon);
    // While the thumb flies, rows are not worth asking for; the last place is.
    if (far) this.#soon = setTimeout(() => this.requestUpdate(), 50);
    else this.requestUpdate();
  }

  /** Shows the rows from `top`; the scroller follows after the next drawing. */
  #moveTo(top: number): void {
    const clamped = clampTop(top, this.#span);
    this.#scroll = { top: clamped, place: toScroller(clamped, this.#span) };
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || this.total === null) return;
    const { row, column } = this.active;
    if (event.key === "Enter" || (event.key === " " && row < 0)) {
      event.preventDefault();
      if (row < 0) this.#sortBy(column);
      else this.#ask(this.active);
      return;
    }
    if (row < 0 && event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      this.#widen(column, event.key === "ArrowRight" ? 16 : -16);
      return;
    }
    const far = event.ctrlKey || event.metaKey ? "far" : "near";
    const page = Math.max(1, Math.floor(this.#view / ROW) - 1);
    const next = gridKey(event.key, far, this.active, { rows: this.total, columns: this.columns.length, page });
    if (next === null) return;
    event.preventDefault();
    this.#activate(next);
  }

  #activate(at: GridPlace): void {
    this.active = at;
    if (at.row >= 0) {
      const top = at.row * ROW;
      if (top < this.#scroll.top) this.#moveTo(top);
      else if (top + ROW > this.#scroll.top + this.#view) this.#moveTo(top + ROW - this.#view);
    }
    void this.updateComplete.then(() => this.#showColumn(at));
  }

  /** Scrolls sideways until the active cell is beside the fixed first column. */
  #showColumn(at: GridPlace): void {
    const scroller = this.#scroller;
    const cell = this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(this.#cellId(at))}`);
    const head = this.renderRoot.querySelector<HTMLElement>(".head .row > div");
    if (scroller === null || cell === null || head === null || at.column === 0) return;
    const left = cell.offsetLeft - head.offsetWidth;
    const right = cell.offsetLeft + cell.offsetWidth - scroller.clientWidth;
    if (scroller.scrollLeft > left) scroller.scrollLeft = left;
    else if (scroller.scrollLeft < right) scroller.scrollLeft = right;
  }

  #sortBy(place: number): void {
    const column = this.columns[place];
    if (column === undefined) return;
    this.active = { row: -1, column: place };
    const same = this.sort?.column === column.name;
    if (!same) this.sort = { column: column.name, descending: false };
    else this.sort = this.sort?.descending ? null : { column: column.name, descending: true };
    emit<TableSort | null>(this, "sort", this.sort);
  }

  #ask(at: GridPlace): void {
    const column = this.columns[at.column];
    const values = this.#pages?.row(at.row).values;
    if (!column || !values) return;
    emit<TableAsk>(this, "ask", { row: at.row, column: column.name, value: values[at.column] ?? null });
  }

  #copy(event: ClipboardEvent): void {
    const values = this.#pages?.row(this.active.row).values;
    if (!values || getSelection()?.toString()) return;
    event.preventDefault();
    event.clipboardData?.setData("text/plain", exactValue(values[this.active.column] ?? null));
  }

  #widen(place: number, by: number): void {
    const head = this.renderRoot.querySelector<HTMLElement>(`#r-1c${place}`);
    const now = this.#byHand.get(place) ?? head?.offsetWidth ?? 100;
    this.#byHand.set(place, Math.max(48, Math.round(now + by)));
    this.requestUpdate();
  }

  #drag(event: PointerEvent, place: number): void {
    event.preventDefault();
    event.stopPropagation();
    const grip = event.currentTarget as HTMLElement;
    grip.setPointerCapture(event.pointerId);
    let x = event.clientX;
    const move = (moved: PointerEvent) => {
      this.#widen(place, moved.clientX - x);
      x = moved.clientX;
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
  }
}

function bone(row: number, column: number) {
  return html`<span class="bone" style="width:${35 + ((row * 7 + column * 13) % 5) * 11}%"></span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-table": SegTable;
  }
}
