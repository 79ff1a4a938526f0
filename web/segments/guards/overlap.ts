import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, formatNumber } from "../../../server/figures/format.ts";
import type { Cell } from "../../../server/notebook/model.ts";
import type { SegmentationView } from "../../../server/run/view.ts";
import "../../parts/scroll-frame.ts";
import { routeHref } from "../../state/route.ts";
import type { Session } from "../../state/session.ts";
import { Watch } from "../../state/watchable.ts";
import { base } from "../../theme/base.ts";

/** How much each two segments of a cell share: Jaccard, with the people in both. A figure leads to both side by side. */
@customElement("seg-overlap")
export class SegOverlap extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      details {
        border-top: 1px solid var(--line);
      }
      summary {
        padding: 6px 14px;
        color: var(--ink-2);
        cursor: pointer;
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
        padding: 4px 10px;
        border-top: 1px solid var(--line);
        text-align: right;
        white-space: nowrap;
      }
      th {
        color: var(--ink-2);
        font-size: var(--size-1);
        font-weight: 500;
      }
      th:first-child {
        position: sticky;
        left: 0;
        padding-left: 14px;
        background: var(--card);
        text-align: left;
      }
      td {
        background: color-mix(in oklab, var(--accent) calc(var(--share) * 32%), transparent);
      }
      td.self,
      td.none {
        color: var(--ink-3);
      }
      a {
        color: inherit;
        text-decoration-color: var(--line-strong);
        text-underline-offset: 3px;
      }
      small {
        display: block;
        color: var(--ink-2);
        font-size: var(--size-1);
      }
      td small {
        color: var(--ink);
      }
      p {
        margin: 0;
        padding: 6px 14px;
        border-top: 1px solid var(--line);
        color: var(--ink-2);
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override render() {
    const { session, cell } = this;
    const found = session === null || cell === null ? null : session.checker.segmentation(cell.id);
    if (found === null || found.names.length < 2) return nothing;
    const most = mostAlike(found);
    // Where each person is in one alone there is nothing to share.
    if (most === null) return nothing;
    return html`<details>
      <summary>
        Shared people: ${most.one} and ${most.other} are the most alike (Jaccard ${formatNumber(most.jaccard, { digits: 2 })})
      </summary>
      <seg-scroll-frame label=${`Shared people of ${cell?.id}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Jaccard</th>
              ${found.names.map((name) => html`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${found.names.map(
              (name, row) => html`<tr>
                <th scope="row">${name} <small>${formatCount(found.people[row] ?? 0)} people</small></th>
                ${found.names.map((_, column) => this.#pair(found, row, column))}
              </tr>`,
            )}
          </tbody>
        </table>
      </seg-scroll-frame>
      <p>Jaccard is the share of the people in either who are in both: 1 is the same people, 0 nobody in common.</p>
    </details>`;
  }

  #pair(found: SegmentationView, row: number, column: number) {
    if (row === column) return html`<td class="self" style="--share: 0">—<span class="spoken">itself</span></td>`;
    const both = found.shared[row]?.[column] ?? 0;
    if (both === 0) return html`<td class="none" style="--share: 0">0</td>`;
    const jaccard = jaccardOf(found, row, column);
    const segments = [row, column].map((index) => ({ cell: found.cell, name: found.names[index] ?? "" }));
    const href = routeHref({ page: "segment", path: this.session?.path ?? "", segments });
    return html`<td style="--share: ${jaccard.toFixed(3)}">
      <a href=${href}
        >${formatNumber(jaccard, { digits: 2 })}<span class="spoken"> of ${segments.map(({ name }) => name).join(" and ")}</span></a
      >
      <small>${formatCount(both)} in both</small>
    </td>`;
  }
}

function jaccardOf({ people, shared }: SegmentationView, row: number, column: number): number {
  const both = shared[row]?.[column] ?? 0;
  return both / ((people[row] ?? 0) + (people[column] ?? 0) - both);
}

/** The two segments that share most of theirs; null where none share anybody. */
function mostAlike(found: SegmentationView): { one: string; other: string; jaccard: number } | null {
  const pairs = found.names.flatMap((one, row) =>
    found.names.slice(row + 1).flatMap((other, offset) => {
      const column = row + 1 + offset;
      return (found.shared[row]?.[column] ?? 0) === 0 ? [] : [{ one, other, jaccard: jaccardOf(found, row, column) }];
    }),
  );
  return pairs.reduce<(typeof pairs)[number] | null>(
    (best, pair) => (best === null || pair.jaccard > best.jaccard ? pair : best),
    null,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-overlap": SegOverlap;
  }
}
