import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../parts/empty.ts";
import { STATE_WORDS } from "../../server/figures/cell-words.ts";
import { formatCount } from "../../server/figures/format.ts";
import type { CellView } from "../../server/run/view.ts";
import "../parts/problem.ts";
import "../parts/skeleton.ts";
import { formatDay, lastDayBefore } from "../../server/figures/format-time.ts";
import { segmentColumn } from "../../server/notebook/segment-column.ts";
import { withCode } from "../parts/with-code.ts";
import { page } from "../shell/page-style.ts";
import { notebookName } from "../state/notebook-name.ts";
import type { NotebookOverview } from "../state/overview.ts";
import { OverviewLoad } from "../state/overview-load.ts";
import { routeHref } from "../state/route.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import "./list-table.ts";

/** Every segment of the workspace with its size, under the cell that defines it. */
@customElement("seg-segments-page")
export class SegSegmentsPage extends LitElement {
  static override styles = [
    base,
    page,
    css`
      .cell {
        padding: var(--gap-3) 0 4px;
      }
      .cell > p,
      .cell > h3 {
        padding: 0 14px;
      }
      .cell + .cell {
        border-top: 1px solid var(--line);
      }
      h3 {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: var(--gap-2);
        margin: 0 0 6px;
        color: var(--ink-3);
        font-size: var(--size-2);
        font-weight: 400;
      }
      h3 a {
        color: var(--ink);
        font: 600 var(--size-2) var(--mono);
      }
      h3 a.findings {
        color: var(--stale);
        font: 600 var(--size-2) var(--font);
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  readonly #load = new OverviewLoad(this, () => this.bench);

  override render() {
    const entries = this.#load.entries;
    if (this.bench === null) return nothing;
    if (entries === null) return html`<h1>Segments</h1><seg-skeleton rows="6"></seg-skeleton>`;
    const withSegments = entries.filter((entry) => cellsOf(entry).length > 0 || entry.problem !== null);
    const count = this.bench.overview.segments ?? 0;
    const isUnknown = count === 0 && withSegments.length > 0;
    const heading = isUnknown ? "Segments" : `${count === 0 ? "No" : formatCount(count)} segments`;
    return html`<h1>${count === 1 ? "One segment" : heading}</h1>
      <p class="lead">
        Each with the people who are in it now, as its notebook last found them. A name leads to all about a segment, a cell's id to its definition.
      </p>
      ${
        withSegments.length === 0
          ? html`<seg-empty
              heading="No notebook defines segments yet"
              text="Add a segments, score or cluster cell to a notebook; its segments are listed here."
            ></seg-empty>`
          : withSegments.map((entry) => this.#notebook(entry))
      }`;
  }

  #notebook(entry: NotebookOverview) {
    const { listing } = entry;
    const name = notebookName(listing, this.bench?.workspace?.notebooks ?? []);
    return html`<section aria-label=${name}>
      <h2><a href=${routeHref({ page: "notebook", path: listing.path, cell: null })}>${name}</a></h2>
      <div class="card">
        ${entry.problem === null ? nothing : html`<seg-problem .problem=${entry.problem}></seg-problem>`}
        ${cellsOf(entry).map((cell) => {
          const href = routeHref({ page: "notebook", path: listing.path, cell: cell.id });
          const sizes = entry.sizes.get(cell.id) ?? null;
          return html`<div class="cell">
            <h3>
              ${cell.kind} <a href=${href}>${cell.id}</a> <span>${standing(cell, entry)}</span>
              ${findings(cell, entry, href)}
            </h3>
            ${
              sizes === null
                ? html`<p class="quiet">
                    ${cell.state === "fresh" ? "Its sizes can't be read." : html`It has no result of today: ${withCode(cell.reason ?? STATE_WORDS[cell.state])} <a href=${href}>Go and run it</a>`}
                  </p>`
                : html`<seg-segments-table
                    path=${listing.path}
                    cell=${cell.id}
                    notebook=${name}
                    .sizes=${sizes}
                    .history=${entry.history}
                    .findings=${entry.findings}
                  ></seg-segments-table>`
            }
          </div>`;
        })}
      </div>
    </section>`;
  }
}

/** `of the notebook as it stands; recorded 3 times, last as of 1 Nov 2026`. */
function standing(cell: CellView, { history }: NotebookOverview): string {
  const fresh = cell.state === "fresh" ? "as the notebook stands" : STATE_WORDS[cell.state];
  if (history === null) return `${fresh}; what was recorded can't be read`;
  const own = history.segments.filter((segment) => segment.cell === cell.id);
  const times = history.refreshes.filter((_, index) => own.some(({ points }) => points[index] != null));
  const last = times.at(-1);
  if (last === undefined) return `${fresh}; never recorded`;
  const count = times.length === 1 ? "once" : `${formatCount(times.length)} times`;
  return `${fresh}; recorded ${count}, last as of the end of ${formatDay(lastDayBefore(last.asOf))}`;
}

/** How much there is to look at, with the way there. */
function findings({ id, problems }: CellView, entry: NotebookOverview, href: string) {
  const ofCell = entry.findings.filter(({ cell, guard }) => cell === id && guard === null);
  const all = entry.findings.length === 0 ? problems : ofCell;
  const count = all.filter(({ severity }) => severity !== "note").length;
  return count === 0
    ? nothing
    : html`<a class="findings" href=${href}>${count === 1 ? "one finding" : `${count} findings`}</a>`;
}

function cellsOf(entry: NotebookOverview) {
  return (entry.plan?.cells ?? []).filter((cell) => segmentColumn(cell.kind) !== null);
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-segments-page": SegSegmentsPage;
  }
}
