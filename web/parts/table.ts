import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { base } from "../theme/base.ts";
import "./button.ts";
import { type CellValue, exactValue, type TableColumn } from "../../server/figures/cell-value.ts";
import { formatCount } from "../../server/figures/format.ts";
import { emit } from "./emit.ts";
import { followPointer } from "./follow-pointer.ts";
import "./problem.ts";
import "./skeleton.ts";
import type { TableSummary } from "../../server/figures/summary-words.ts";
import { bodyRow, cellId, headCell } from "./table-cells.ts";
import { TableLayout } from "./table-columns.ts";
import { type GridPlace, gridKey } from "./table-keys.ts";
import { type LoadPage, TablePages, type TableSort } from "./table-pages.ts";
import { scrollerHeight } from "./table-scroll.ts";
import { tableStyle } from "./table-style.ts";
import { revealColumn, TableViewport } from "./table-viewport.ts";

export type { CellValue, TableColumn } from "../../server/figures/cell-value.ts";
export type { TableSummary } from "../../server/figures/summary-words.ts";
export type { LoadPage, TablePage, TableSort } from "./table-pages.ts";

const ROW = 28;

/** What is asked of a cell: by Enter or a double click. */
export interface TableAsk {
  row: number;
  column: string;
  value: CellValue;
}

/** Where a value leads, and in words what is there. */
export interface TableLink {
  href: string;
  words: string;
}

function differs(now: unknown, before: unknown): boolean {
  return JSON.stringify(now) !== JSON.stringify(before);
}

/**
 * A relation of any length. Only the rows that are seen exist; pages come from `load` and are kept for a while.
 * Events: `ask` ({@link TableAsk}) and `sort` (a {@link TableSort} or null).
 */
@customElement("seg-table")
export class SegTable extends LitElement {
  static override styles = [base, tableStyle];

  /** The same columns in a new list change nothing: place, order and widths stay when a cell has run again. */
  @property({ attribute: false, hasChanged: differs }) columns: TableColumn[] = [];
  /** Rows in all; null until it is known. */
  @property({ attribute: false }) total: number | null = null;
  /** A new function means new rows. */
  @property({ attribute: false }) load: LoadPage | null = null;
  @property({ attribute: false }) summaries: TableSummary[] | null = null;
  @property({ attribute: false }) sort: TableSort | null = null;
  @property() label = "Rows";
  /** Where values of a column lead; shown for the active cell, and followed by what asks of it. */
  @property({ attribute: false }) link: (column: string, value: CellValue) => TableLink | null = () => null;
  /** Whether values lead there from their rows too, not from the foot alone. */
  @property({ type: Boolean, attribute: "link-rows" }) linkRows = false;
  /** What is said where there are no rows. */
  @property() empty = "No rows.";

  @state() private active: GridPlace = { row: 0, column: 0 };
  /** Whether the reader has been to a cell: before that, none is read out. */
  @state() private visited = false;
  /** Whether it is scrolled sideways, so that the first column needs an edge. */
  @state() private aside = false;

  #pages: TablePages | null = null;
  readonly #viewport = new TableViewport(ROW, 12 * ROW);
  readonly #layout = new TableLayout();
  #width = 0;
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
      this.#layout.reset();
      this.active = { row: 0, column: 0 };
      this.visited = false;
      if (!this.columns.some((column) => column.name === this.sort?.column)) this.sort = null;
    }
    if (changed.has("total")) this.#viewport.setRows(this.total ?? 0);
    if (changed.has("columns") || changed.has("load") || changed.has("sort")) {
      const old = changed.has("columns") ? null : this.#pages;
      this.#pages?.stop();
      this.#pages = this.load ? new TablePages(this.load, this.sort, old, () => this.requestUpdate()) : null;
      if (changed.has("sort") || changed.has("columns")) this.#viewport.moveTo(0);
    }
    this.#settle(changed.has("columns") || changed.has("summaries") ? "again" : "once");
  }

  override updated(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    if (this.#sizes === null) {
      this.#sizes = new ResizeObserver(() => this.#resized());
      this.#sizes.observe(scroller);
    }
    this.#viewport.follow(scroller);
    const { from, to } = this.#viewport.seen();
    this.#pages?.want(from, to);
  }

  override render() {
    const total = this.total;
    if (this.columns.length === 0 || total === null) return html`<seg-skeleton rows="5"></seg-skeleton>`;
    const { from, to } = this.#viewport.seen();
    const rows = Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place);
    return html`<div
        class="scroller ${this.aside ? "aside" : ""}"
        style=${styleMap(this.#layout.styles())}
        role="grid"
        tabindex="0"
        aria-label=${this.label}
        aria-rowcount=${total + 1}
        aria-colcount=${this.columns.length}
        aria-busy=${this.#pages?.busy ? "true" : nothing}
        aria-activedescendant=${cellId(this.active.row < total ? this.active : { row: -1, column: 0 })}
        @scroll=${this.#scrolled}
        @keydown=${this.#key}
        @copy=${this.#copy}
      >
        <div role="rowgroup" class="head">
          <div role="row" class="row" aria-rowindex="1">${this.columns.map((column, place) => this.#head(column, place))}</div>
        </div>
        <div role=${rows.length > 0 ? "rowgroup" : "presentation"} class="body" style="height:${scrollerHeight(total * ROW)}px">
          ${rows.map((row) => this.#row(row))}
        </div>
      </div>
      ${total === 0 ? html`<div class="empty">${this.empty}</div>` : nothing} ${this.#failure()}
      <div class="foot">${this.#foot(total)}</div>`;
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector(".scroller");
  }

  #head(column: TableColumn, place: number) {
    const sorted = this.sort?.column === column.name ? (this.sort.descending ? "descending" : "ascending") : "none";
    return headCell({
      column,
      place,
      sorted,
      active: this.active,
      summary: this.summaries?.find((entry) => entry.name === column.name) ?? null,
      rows: this.total ?? 0,
      sort: () => this.#sortBy(place),
      grab: (event) => followPointer(event, (dx) => this.#widen(place, dx)),
    });
  }

  #row(row: number) {
    return bodyRow({
      row,
      y: this.#viewport.y(row),
      columns: this.columns,
      view: this.#pages?.row(row) ?? { state: "absent", values: null },
      active: this.active,
      digits: (place) => this.#layout.digits(place),
      activate: (at) => this.#activate(at),
      ask: (at) => this.#ask(at),
      link: (column, value) => (this.linkRows ? this.link(column, value) : null),
    });
  }

  #failure() {
    const failure = this.#pages?.failure;
    if (!failure) return nothing;
    const problem = { severity: "error" as const, message: `These rows could not be read: ${failure}`, hint: "" };
    return html`<seg-problem .problem=${problem}>
      <seg-button slot="action" @click=${() => this.#pages?.retry()}>Try again</seg-button>
    </seg-problem>`;
  }

  /** How many rows, and every digit of the active cell. */
  #foot(total: number) {
    const words = total === 1 ? "1 row" : `${formatCount(total)} rows`;
    const column = this.columns[this.active.column];
    const value = this.#valueAt(this.active);
    if (!this.visited || column === undefined || value === undefined) return html`<span>${words}</span>`;
    const place = `row ${formatCount(this.active.row + 1)}, ${column.name}:`;
    const link = this.link(column.name, value);
    return html`<span>${words}</span>
      <span class="value">${place} <code>${value === null ? "missing" : exactValue(value)}</code></span>
      ${link === null ? nothing : html`<a href=${link.href}>${link.words}</a>`}`;
  }

  /** Undefined where there is no such cell, or it is still to come. */
  #valueAt(at: GridPlace): CellValue | undefined {
    if (at.row < 0) return undefined;
    return this.#pages?.row(at.row).values?.[at.column];
  }

  #settle(when: "once" | "again"): void {
    const heads = this.summaries === null ? "plain" : "summarised";
    this.#layout.settle({ columns: this.columns, rows: this.#pages?.known() ?? [], heads, frame: this.#width }, when);
  }

  #resized(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const head = scroller.querySelector<HTMLElement>(".head")?.offsetHeight ?? 0;
    const view = Math.max(ROW, scroller.clientHeight - head);
    if (view === this.#viewport.view && scroller.clientWidth === this.#width) return;
    this.#width = scroller.clientWidth;
    this.#viewport.setView(view);
    this.#settle("again");
    this.requestUpdate();
  }

  #scrolled(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    this.aside = scroller.scrollLeft > 0;
    const screens = this.#viewport.scrolledTo(scroller.scrollTop);
    if (screens === 0) return;
    clearTimeout(this.#soon);
    // While the thumb flies, rows are not worth asking for; those where it comes to rest are.
    if (screens > 1) this.#soon = setTimeout(() => this.requestUpdate(), 50);
    else this.requestUpdate();
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || this.total === null) return;
    if (this.#headKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === "Enter") this.#ask(this.active);
    const far = event.ctrlKey || event.metaKey ? "far" : "near";
    const size = { rows: this.total, columns: this.columns.length, page: this.#viewport.rowsOfScreen };
    const next = gridKey(event.key, far, this.active, size);
    if (next === null) return;
    event.preventDefault();
    this.#activate(next);
  }

  /** In the head, Enter sorts and Shift with an arrow widens. */
  #headKey(event: KeyboardEvent): boolean {
    const { row, column } = this.active;
    if (row >= 0) return false;
    if (event.key === "Enter" || event.key === " ") this.#sortBy(column);
    else if (event.shiftKey && event.key === "ArrowRight") this.#widen(column, 16);
    else if (event.shiftKey && event.key === "ArrowLeft") this.#widen(column, -16);
    else return false;
    return true;
  }

  #activate(at: GridPlace): void {
    this.active = at;
    this.visited = true;
    if (at.row >= 0) this.#viewport.reveal(at.row);
    void this.updateComplete.then(() => {
      if (this.#scroller !== null) revealColumn(this.#scroller, at.column);
    });
  }

  /** Up, down, and as it was. */
  #sortBy(place: number): void {
    const column = this.columns[place];
    if (column === undefined) return;
    this.active = { row: -1, column: place };
    if (this.sort?.column !== column.name) this.sort = { column: column.name, descending: false };
    else this.sort = this.sort.descending ? null : { column: column.name, descending: true };
    emit<TableSort | null>(this, "sort", this.sort);
  }

  #ask(at: GridPlace): void {
    const column = this.columns[at.column];
    const value = this.#valueAt(at);
    this.visited = true;
    if (column !== undefined && value !== undefined)
      emit<TableAsk>(this, "ask", { row: at.row, column: column.name, value });
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".foot a")?.click());
  }

  #copy(event: ClipboardEvent): void {
    const value = this.#valueAt(this.active);
    if (value === undefined || getSelection()?.toString()) return;
    event.preventDefault();
    event.clipboardData?.setData("text/plain", exactValue(value));
  }

  #widen(place: number, by: number): void {
    const head = this.renderRoot.querySelector<HTMLElement>(`#${cellId({ row: -1, column: place })}`);
    this.#layout.widen(place, head?.offsetWidth ?? 100, by);
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-table": SegTable;
  }
}
