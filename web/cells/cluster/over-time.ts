import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { type ClusterFate, type ClustersThen, clustersOverTime } from "../../../server/figures/cluster-drift.ts";
import { formatCount, formatNumber, formatPercent } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import "../../parts/scroll-frame.ts";
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
    return html`<p>${changedWords(newest)} ${newest.told.join(" ")}</p>
      <seg-scroll-frame label=${`Clusters of ${view.id} since the refresh before`}>
        <table>
          <caption class="spoken">Clusters of ${view.id} since the refresh before</caption>
          <thead>
            <tr>
              ${["Cluster", "is", "people before", "people", "of them elsewhere now", "moved most"].map(
                (head) => html`<th scope="col">${head}</th>`,
              )}
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
              ${earlier.map((then) => html`<li>${changedWords(then)} ${then.told.join(" ")}</li>`)}
            </ul>`
      }
      <slot></slot>`;
  }
}

const FATES: Readonly<Record<string, string>> = { same: "the same", first: "there for the first time" };

function changedWords({ day, changed }: ClustersThen): string {
  if (changed === null) return `${formatDay(day)}: the first refresh.`;
  return `${formatDay(day)}: ${formatPercent(changed, { digits: 1 })} of the people changed cluster.`;
}

function fateRow({ name, fate, people, before, changed, moved }: ClusterFate) {
  const count = (value: number | null) => (value === null ? "—" : formatCount(value));
  const way = (moved?.deviations ?? 0) > 0 ? "up" : "down";
  const far = formatNumber(Math.abs(moved?.deviations ?? 0), { digits: 1 });
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${FATES[fate] ?? fate}</td>
    <td>${count(before)}</td>
    <td>${count(people)}</td>
    <td>${changed === null ? "—" : formatPercent(changed, { digits: 1 })}</td>
    <td>${moved === null ? "nothing beyond noise" : `${moved.column.replaceAll("_", " ")} ${way} by ${far} sd`}</td>
  </tr>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-over-time": SegClusterOverTime;
  }
}
