import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { LoadPage } from "../parts/table.ts";
import "../parts/table.ts";
import { formatCount } from "../../server/figures/format.ts";
import type { SegmentSize } from "../../server/figures/segmentation.ts";
import { emit } from "../parts/emit.ts";
import { segmentRows } from "../state/segment-rows.ts";
import { field } from "../theme/field.ts";
import { CellOutput } from "./output.ts";
import "./relation-table.ts";

/** Who is in which segment: everybody, or those of one segment. Event: `only` with the name or null. */
@customElement("seg-people")
export class SegPeople extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    field,
    css`
      label {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        padding: 6px 14px;
        border-bottom: 1px solid var(--line);
        color: var(--ink-2);
      }
      seg-table,
      seg-relation {
        --seg-table-height: 260px;
      }
    `,
  ];

  /** The column that names the segment. */
  @property() column = "segment";
  @property({ attribute: false }) sizes: readonly SegmentSize[] = [];
  /** The segment whose people are shown; null for everybody. */
  @property({ attribute: false }) only: string | null = null;

  #load: { key: string; load: LoadPage; total: number } | null = null;

  override willUpdate(changed: PropertyValues<this>): void {
    const reading = this.reading();
    if (this.only === null || reading === null) {
      this.#load = null;
      return;
    }
    const key = `${reading.at.key} ${this.only}`;
    if (this.#load?.key === key && !changed.has("sizes")) return;
    this.#load = { key, ...segmentRows(reading, { column: this.column, name: this.only, sizes: this.sizes }) };
  }

  override render() {
    const relation = this.relation();
    if (relation === null) return nothing;
    return html`<label
        >People of
        <select @change=${this.#chosen}>
          <option value="" ?selected=${this.only === null}>every ${this.column}</option>
          ${this.sizes.map(
            ({ name, people }) =>
              html`<option value=${name} ?selected=${name === this.only}>${name} (${formatCount(people)})</option>`,
          )}
        </select>
      </label>
      ${
        this.#load === null
          ? html`<seg-relation .session=${this.session} .cell=${this.cell} .view=${this.view}></seg-relation>`
          : html`<seg-table
              .columns=${this.columnsOf(relation.columns)}
              .total=${this.#load.total}
              .load=${this.#load.load}
              .link=${this.link}
              label=${`People of ${this.only ?? ""}`}
              empty="Nobody is in this segment."
              @sort=${(event: Event) => event.stopPropagation()}
            ></seg-table>`
      }`;
  }

  #chosen(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    emit(this, "only", { name: value === "" ? null : value });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-people": SegPeople;
  }
}
