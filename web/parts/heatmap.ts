import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, formatPercent } from "../../server/figures/format.ts";
import type { Heat, HeatCell, HeatColumn, HeatRow } from "../../server/figures/heatmap-rows.ts";
import { columnPlaces, heatMark, heatTint, heatValue } from "../../server/figures/heatmap-words.ts";
import { askable, base } from "../theme/base.ts";
import { ThemeColours } from "../theme/colours.ts";
import { emit } from "./emit.ts";
import "./scroll-frame.ts";

export type { Heat, HeatCell, HeatColumn, HeatRow } from "../../server/figures/heatmap-rows.ts";

/**
 * Clusters or segments against columns: each cell in its column's own units, tinted by how far it is from everybody.
 * Event: `ask` with `{ row, column }`, the row's name, and the column's or null for its people.
 */
@customElement("seg-heatmap")
export class SegHeatmap extends LitElement {
  static override styles = [
    base,
    askable,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink);
      }
      table {
        width: 100%;
        /* Collapsed lines would be the table's, and covered by the column that stays. */
        border-collapse: separate;
        border-spacing: 0;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 5px 9px;
        border-bottom: 1px solid var(--line);
        text-align: right;
        white-space: nowrap;
        font-weight: 400;
      }
      thead th {
        padding-top: 2px;
        color: var(--ink-2);
        font-weight: 500;
        vertical-align: bottom;
        white-space: normal;
      }
      small {
        display: block;
        font-size: var(--size-1);
        font-weight: 400;
        color: var(--ink-3);
      }
      tr > :first-child {
        position: sticky;
        left: 0;
        z-index: 1;
        padding-left: 2px;
        text-align: left;
        background: var(--card);
        max-width: 220px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      tbody th {
        font-weight: 500;
      }
      i {
        display: inline-block;
        width: 9px;
        height: 9px;
        margin-right: 7px;
        border-radius: 2px;
      }
      a {
        color: inherit;
        text-decoration-color: var(--line-strong);
        text-underline-offset: 3px;
      }
      /* In the line, so that a column that is squeezed still has room for both. */
      .arrow {
        margin-right: 3px;
        font-size: 8px;
        vertical-align: 1px;
        color: var(--ink-2);
      }
      .everybody > * {
        color: var(--ink-2);
        border-bottom: 0;
      }
      .everybody th {
        font-weight: 400;
      }
      p {
        margin: 6px 2px 0;
        font-size: var(--size-1);
        color: var(--ink-3);
      }
    `,
  ];

  @property({ attribute: false }) heat: Heat | null = null;
  /** What its values are, in the plural. */
  @property() measure = "means";
  /** What a row is called in the head. */
  @property() kind = "segment";
  @property() label = "Profile";
  /** Where a row's name leads; null for nowhere. */
  @property({ attribute: false }) page: ((name: string) => string) | null = null;

  readonly #colours = new ThemeColours(this);

  override render() {
    const heat = this.heat;
    if (heat === null) return nothing;
    const digits = heat.columns.map((_, place) => columnPlaces(heat, place));
    return html`<seg-scroll-frame label=${this.label}>
        <table>
          <caption class="spoken">
            ${this.label}: ${this.measure} by ${this.kind}, each column in its own units
          </caption>
          <thead>
            <tr>
              <th scope="col">${this.kind}</th>
              <th scope="col">people</th>
              <th scope="col">share</th>
              ${heat.columns.map((column) => this.#head(column))}
            </tr>
          </thead>
          <tbody>
            ${heat.rows.map((row) => this.#row(row, heat, digits))} ${this.#everybody(heat, digits)}
          </tbody>
        </table>
      </seg-scroll-frame>
      <p>
        Tinted by the distance from everybody's mean; ▲ and ▼ mark one standard deviation or more.
      </p>`;
  }

  #head(column: HeatColumn) {
    const unit = column.unit && column.unit !== "percent" ? html`<small>${column.unit}</small>` : nothing;
    return html`<th scope="col">${column.label ?? column.name}${unit}</th>`;
  }

  #row(row: HeatRow, heat: Heat, digits: readonly number[]) {
    const ask = () => emit(this, "ask", { row: row.name, column: null });
    return html`<tr>
      <th scope="row">
        ${row.cluster === null ? nothing : html`<i style="background:${this.#colours.at(row.cluster - 1)}"></i>`}${this.page === null ? row.name : html`<a href=${this.page(row.name)}>${row.name}</a>`}
      </th>
      <td>
        <button class="ask" aria-label="${formatCount(row.size)} people of ${row.name}" @click=${ask}>
          ${formatCount(row.size)}
        </button>
      </td>
      <td>${formatPercent(row.share, { digits: 1 })}</td>
      ${row.cells.map((cell, place) => this.#cell(cell, heat.columns[place], digits[place] ?? 0))}
    </tr>`;
  }

  #cell(cell: HeatCell, column: HeatColumn | undefined, digits: number) {
    const mark = heatMark(cell.z ?? 0);
    return html`<td style=${heatTint(cell.z ?? 0)}>
      ${mark === null ? nothing : html`<span class="arrow" role="img" aria-label=${mark.words}>${mark.arrow}</span> `}${heatValue(cell.value, column, digits)}
    </td>`;
  }

  #everybody(heat: Heat, digits: readonly number[]) {
    if (heat.everybody.every((value) => value === null)) return nothing;
    const people = heat.rows.reduce((sum, row) => sum + row.size, 0);
    return html`<tr class="everybody">
      <th scope="row">Everybody</th>
      <td>${formatCount(people)}</td>
      <td></td>
      ${heat.everybody.map((value, place) => html`<td>${heatValue(value, heat.columns[place], digits[place] ?? 0)}</td>`)}
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-heatmap": SegHeatmap;
  }
}
