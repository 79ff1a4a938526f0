import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { type ClusterFate, clustersOverTime } from "../../../server/figures/cluster-drift.ts";
import { FATE_HEADS, fateWords, thenWords } from "../../../server/figures/cluster-drift-words.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/scroll-frame.ts";
import { driftMonitor, driftWatch } from "../../state/drift-watch.ts";
import { AllRows } from "../../state/relation.ts";
import { figuresTable } from "../../theme/figures-table.ts";
import { CellOutput } from "../output.ts";

/** What refreshes found of the clusters: who split, merged, vanished or is new, who changed cluster, and what moved. In its slot, what computes it. */
@customElement("seg-cluster-over-time")
export class SegClusterOverTime extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    figuresTable,
    css`
      p {
        max-width: 90ch;
        margin: 0 0 var(--gap-2);
      }
      tbody th {
        min-width: 12ch;
      }
      .quiet,
      li {
        color: var(--ink-2);
      }
      .watch {
        margin: var(--gap-2) 0 0;
      }
      ul {
        margin: var(--gap-2) 0 0;
        padding-left: 18px;
      }
    `,
  ];

  readonly #drift = new AllRows(this, () => this.reading("_drift"), { most: 5_000 });

  override render() {
    const { view } = this;
    if (view === null) return nothing;
    const isThere = view.state !== "fresh" || this.relation("_drift")?.rows !== null;
    const page = isThere ? this.#drift.value : null;
    const [newest, ...earlier] = page === null ? [] : clustersOverTime(page);
    if (newest === undefined) {
      return html`<p class="quiet">
          ${
            page === null
              ? "Each refresh records who is in which cluster; from the second on, what became of each can be told."
              : "No refresh has recorded these clusters yet: Refresh, at the head of the page, does."
          }
        </p>
        <slot></slot>`;
    }
    return html`<p>${thenWords(newest)}</p>
      <seg-scroll-frame label=${`Clusters of ${view.id} since the refresh before`}>
        <table>
          <caption class="spoken">Clusters of ${view.id} since the refresh before</caption>
          <thead>
            <tr>
              ${FATE_HEADS.map((head) => html`<th scope="col">${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${newest.fates.map(fateRow)}
          </tbody>
        </table>
      </seg-scroll-frame>
      ${
        earlier.length === 0
          ? nothing
          : html`<ul aria-label="Earlier refreshes">
              ${earlier.map((then) => html`<li>${thenWords(then)}</li>`)}
            </ul>`
      }
      ${this.#watch()} <slot></slot>`;
  }

  /** A refresh that is far from the others is an alert, once a monitor watches. */
  #watch() {
    const { session, view } = this;
    if (session === null || view === null) return nothing;
    const monitor = driftMonitor(session.cells, view.id);
    if (monitor !== null) return html`<p class="quiet">${monitor} watches who changes cluster, and the sizes.</p>`;
    if (session.file.readOnly) return nothing;
    return html`<p class="watch">
      <seg-button @click=${() => emit(this, "make-change", driftWatch(session.notebook, view.id))}
        >Watch this by a monitor</seg-button
      >
    </p>`;
  }
}

function fateRow(fate: ClusterFate) {
  return html`<tr><th scope="row">${fate.name}</th>${fateWords(fate).map((words) => html`<td>${words}</td>`)}</tr>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-over-time": SegClusterOverTime;
  }
}
