import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { columnDigits, formatCell, rangedRight } from "../../../server/figures/cell-value.ts";
import type { ResultPage } from "../../../server/run/view.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";
import { figuresTable } from "../../theme/figures-table.ts";

/** A few rows of a relation as they are. */
@customElement("seg-few-rows")
export class SegFewRows extends LitElement {
  static override styles = [
    base,
    figuresTable,
    css`
      .text {
        text-align: left;
        white-space: normal;
      }
    `,
  ];

  @property({ attribute: false }) page: Pick<ResultPage, "columns" | "rows"> | null = null;
  @property() label = "Rows";

  override render() {
    const { columns, rows } = this.page ?? { columns: [], rows: [] };
    const digits = columns.map((column, index) =>
      columnDigits(
        column,
        rows.map((row) => row[index] ?? null),
      ),
    );
    const look = (index: number) => {
      const column = columns[index];
      return column !== undefined && rangedRight(column) ? "" : "text";
    };
    return html`<seg-scroll-frame label=${this.label}>
      <table>
        <thead>
          <tr>
            ${columns.map(({ name }, index) => html`<th scope="col" class=${look(index)}>${name.replaceAll("_", " ")}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) => html`<tr>
              ${columns.map((column, index) => {
                const value = formatCell(row[index] ?? null, column, digits[index] ?? 0);
                return index === 0 ? html`<th scope="row">${value}</th>` : html`<td class=${look(index)}>${value}</td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </seg-scroll-frame>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-few-rows": SegFewRows;
  }
}
