import { html, nothing } from "lit";
import {
  type CellValue,
  formatCell,
  rangedRight,
  type TableColumn,
  typeWords,
} from "../../server/figures/cell-value.ts";
import { summaryWords, type TableSummary } from "../../server/figures/summary-words.ts";
import type { GridPlace } from "./table-keys.ts";
import type { RowView } from "./table-pages.ts";
import { summaryView } from "./table-summary.ts";

/** Id of a cell within its table: what the active one is known by. */
export function cellId(at: GridPlace): string {
  return `r${at.row}c${at.column}`;
}

export interface HeadRequest {
  column: TableColumn;
  place: number;
  active: GridPlace;
  sorted: "ascending" | "descending" | "none";
  summary: TableSummary | null;
  /** Rows of the whole relation. */
  rows: number;
  sort: () => void;
  grab: (event: PointerEvent) => void;
}

/** A column's head: name, type, unit, summary. A click sorts, its right edge is a grip. */
export function headCell(request: HeadRequest) {
  const { column, place, sorted, summary } = request;
  const arrow = { ascending: "▲", descending: "▼", none: "" }[sorted];
  return html`<div
    id=${cellId({ row: -1, column: place })}
    role="columnheader"
    class="${rangedRight(column) ? "right" : ""} ${activeClass(request.active, -1, place)}"
    aria-colindex=${place + 1}
    aria-sort=${sorted}
    aria-label="${column.name}, ${typeWords(column)}"
    aria-description=${summary ? summaryWords(summary, column, request.rows) : nothing}
    @click=${request.sort}
  >
    <span class="name">${arrow ? html`<span class="arrow" aria-hidden="true">${arrow}</span> ` : nothing}${column.name}</span>
    <span class="type">${typeWords(column)}</span>
    ${summary ? summaryView(summary, column, request.rows) : nothing}
    <span class="grip" aria-hidden="true" @pointerdown=${request.grab} @click=${(event: Event) => event.stopPropagation()}></span>
  </div>`;
}

export interface RowRequest {
  row: number;
  /** Where it stands in the scroller, in pixels. */
  y: number;
  columns: readonly TableColumn[];
  view: RowView;
  active: GridPlace;
  digits: (place: number) => number;
  activate: (at: GridPlace) => void;
  ask: (at: GridPlace) => void;
  /** Where a value leads from its row; null for nowhere. */
  link: (column: string, value: CellValue) => { readonly href: string } | null;
}

/** One row; bones stand where its values are still to come. */
export function bodyRow(request: RowRequest) {
  const { row, columns, view } = request;
  return html`<div
    role="row"
    class="row ${view.state === "old" ? "old" : ""}"
    aria-rowindex=${row + 2}
    style="transform:translateY(${request.y}px)"
  >
    ${columns.map((column, place) => {
      const value = view.values?.[place] ?? null;
      const look = `${rangedRight(column) ? "right" : ""} ${view.values !== null && value === null ? "none" : ""}`;
      return html`<div
        id=${cellId({ row, column: place })}
        role="gridcell"
        class="${look} ${activeClass(request.active, row, place)}"
        aria-colindex=${place + 1}
        @click=${() => request.activate({ row, column: place })}
        @dblclick=${() => request.ask({ row, column: place })}
      >
        ${view.values === null ? bone(row, place) : linked(request.link(column.name, value), formatCell(value, column, request.digits(place)))}
      </div>`;
    })}
  </div>`;
}

/** Keys reach it by the cell's foot: the grid has one stop for Tab. */
function linked(link: { readonly href: string } | null, words: string) {
  return link === null ? words : html`<a href=${link.href} tabindex="-1">${words}</a>`;
}

function activeClass(active: GridPlace, row: number, column: number): string {
  return active.row === row && active.column === column ? "active" : "";
}

function bone(row: number, column: number) {
  return html`<span class="bone" style="width:${35 + ((row * 7 + column * 13) % 5) * 11}%"></span>`;
}
