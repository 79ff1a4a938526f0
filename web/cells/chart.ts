import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import "../parts/chart.ts";
import { chartSpec } from "../../server/figures/chart-spec.ts";
import { formatCount } from "../../server/figures/format.ts";
import { field } from "../../server/figures/segmentation.ts";
import type { ChartData } from "../parts/chart.ts";
import { AllRows, type Reading } from "../state/relation.ts";
import type { KindOnPage } from "./kinds.ts";
import { CellOutput } from "./output.ts";
import { notRun } from "./relation-table.ts";
import { templates } from "./templates.ts";

const MOST_ROWS = 5_000;

/** A picture of a relation. */
export const chart: KindOnPage = {
  purpose: "A picture of a relation",
  language: "yaml",
  foldedWhenFresh: true,
  rows: "rows",
  manner: () => "",
  template: templates.chart,
  output: ({ session, cell, view }) =>
    html`<seg-chart-output .session=${session} .cell=${cell} .view=${view}></seg-chart-output>`,
};

@customElement("seg-chart-output")
export class SegChartOutput extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    css`
      .cap {
        margin: 4px 0 0;
        color: var(--ink-3);
        font-size: var(--size-1);
      }
    `,
  ];

  readonly #rows = new AllRows(this, () => this.#of(), { most: MOST_ROWS });
  #drawn: { key: string; spec: Record<string, unknown>; data: ChartData } | null = null;

  override willUpdate(): void {
    const page = this.#rows.value;
    if (page === null || this.view === null || this.view.body === null) return;
    const key = JSON.stringify([this.view.body, page.relation, page.key]);
    if (this.#drawn?.key === key) return;
    const spec = chartSpec(this.view.body, page.columns);
    if (spec !== null) this.#drawn = { key, spec, data: { columns: page.columns, rows: page.rows } };
  }

  override render() {
    const page = this.#rows.value;
    if (page === null || this.#drawn === null) return notRun(this, this.#rows);
    return html`<div class="pad">
      <seg-chart .spec=${this.#drawn.spec} .data=${this.#drawn.data} label=${`Chart ${this.view?.id ?? ""}`}></seg-chart>
      ${
        page.total > page.rows.length
          ? html`<p class="cap">The first ${formatCount(page.rows.length)} of ${formatCount(page.total)} rows.</p>`
          : nothing
      }
    </div>`;
  }

  /** The relation that it is a picture of; null until that has a result. */
  #of(): Reading | null {
    const { session, view } = this;
    const of = field(view?.body, "of");
    if (session === null || typeof of !== "string" || session.file.status !== "saved") return null;
    const home = session.cells.find((cell) => cell.relations.some((relation) => relation.name === of));
    const key = home?.relations.find((relation) => relation.name === of)?.key ?? null;
    if (home?.state !== "fresh" || key === null) return null;
    return { results: session.results, at: { relation: of, key } };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-chart-output": SegChartOutput;
  }
}
