import { html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { populationOf, segmentSizes } from "../../../server/figures/segmentation.ts";
import { segmentColumn } from "../../../server/notebook/segment-column.ts";
import { CellOutput } from "../../cells/output.ts";
import { notRun } from "../../cells/relation-table.ts";
import type { LoadPage } from "../../parts/table.ts";
import "../../parts/table.ts";
import { Summary } from "../../state/relation.ts";
import { segmentRows } from "../../state/segment-rows.ts";

/** The people of one segment. */
@customElement("seg-members")
export class SegMembers extends CellOutput {
  @property() name = "";
  readonly #summary = new Summary(this, () => this.reading());
  #rows: { key: string; load: LoadPage; total: number } | null = null;

  override willUpdate(): void {
    const { session, view } = this;
    const reading = this.reading();
    const summary = this.#summary.value;
    const column = segmentColumn(view?.kind ?? "");
    if (reading === null || summary === null || view === null || session?.plan == null || column === null) return;
    const key = `${reading.at.key} ${this.name}`;
    if (this.#rows?.key === key) return;
    const sizes = segmentSizes(view, summary, populationOf(view, session.plan));
    this.#rows = { key, ...segmentRows(reading, { column, name: this.name, sizes }) };
  }

  override render() {
    const relation = this.relation();
    if (relation === null || this.#rows === null) return notRun(this, this.#summary);
    const { load, total } = this.#rows;
    return total === 0
      ? html`<p class="pad">Nobody is in it.</p>`
      : html`<seg-table
          .columns=${this.columnsOf(relation.columns)}
          .total=${total}
          .load=${load}
          .link=${this.link}
          label=${`People of ${this.name}`}
          @sort=${(event: Event) => event.stopPropagation()}
        ></seg-table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-members": SegMembers;
  }
}
