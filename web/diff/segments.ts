import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount, formatPercent } from "../../server/figures/format.ts";
import type { SegmentMoves, SegmentSizes, SegmentsComparison } from "../../server/run/compare/view.ts";
import "../parts/scroll-frame.ts";
import { base } from "../theme/base.ts";

const MOST_MOVES = 50;

/** Segments' sizes before and after, and who moved from where to where. */
@customElement("seg-diff-segments")
export class SegDiffSegments extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--size-2);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 5px 14px;
        border-top: 1px solid var(--line);
        color: var(--ink);
        text-align: right;
        white-space: nowrap;
        font-weight: 400;
      }
      thead th {
        color: var(--ink-3);
        font-weight: 500;
      }
      th:first-child,
      .name {
        text-align: left;
      }
      tbody th {
        position: sticky;
        left: 0;
        background: var(--card);
      }
      .up {
        color: var(--up);
      }
      .down {
        color: var(--down);
      }
      .keys {
        color: var(--ink-2);
        text-align: left;
        font-family: var(--mono);
        font-size: var(--size-1);
        white-space: normal;
        overflow-wrap: anywhere;
        min-width: 18ch;
      }
      p {
        margin: 0;
        padding: 8px 14px;
        border-top: 1px solid var(--line);
        color: var(--ink-2);
      }
    `,
  ];

  @property({ attribute: false }) segments: SegmentsComparison | null = null;

  override render() {
    const { segments } = this;
    if (segments === null) return nothing;
    const { people, sizes, moves, movesLeftOff } = segments;
    const all = Math.max(people.before, people.after);
    const more = Math.max(0, moves.length - MOST_MOVES) + movesLeftOff;
    return html`<seg-scroll-frame label="Sizes of the segments">
        <table>
          <thead>
            <tr>
              <th>Segment</th>
              <th>Before</th>
              <th>After</th>
              <th>Change</th>
              <th>Entered</th>
              <th>Left</th>
            </tr>
          </thead>
          <tbody>
            ${sizes.map(sizeRow)}
          </tbody>
        </table>
      </seg-scroll-frame>
      <p>
        ${
          people.moved === 0
            ? "Nobody moved."
            : `${formatCount(people.moved)} of ${formatCount(all)} people moved (${formatPercent(people.moved / Math.max(1, all))}).`
        }
      </p>
      ${
        moves.length === 0
          ? nothing
          : html`<seg-scroll-frame label="Who moved">
              <table>
                <thead>
                  <tr>
                    <th>From</th>
                    <th class="name">To</th>
                    <th>People</th>
                    <th class="name">The first of them</th>
                  </tr>
                </thead>
                <tbody>
                  ${moves.slice(0, MOST_MOVES).map(moveRow)}
                </tbody>
              </table>
            </seg-scroll-frame>`
      }
      ${more > 0 ? html`<p>And ${formatCount(more)} more kinds of moves.</p>` : nothing}`;
  }
}

function sizeRow({ segment, before, after, entered, left }: SegmentSizes) {
  const by = after - before;
  const change = by === 0 ? "" : by > 0 ? "up" : "down";
  const share = before === 0 || by === 0 ? "" : ` (${formatPercent(Math.abs(by) / before)})`;
  const words = by === 0 ? "—" : `${by > 0 ? "↑" : "↓"} ${formatCount(Math.abs(by))}${share}`;
  return html`<tr>
    <th scope="row">${segment}</th>
    <td>${formatCount(before)}</td>
    <td>${formatCount(after)}</td>
    <td class=${change}>${words}</td>
    <td>${formatCount(entered)}</td>
    <td>${formatCount(left)}</td>
  </tr>`;
}

function moveRow({ from, to, people, keys }: SegmentMoves) {
  return html`<tr>
    <th scope="row">${from ?? "no segment"}</th>
    <td class="name">→ ${to ?? "no segment"}</td>
    <td>${formatCount(people)}</td>
    <td class="keys">${keys.map(String).join(", ")}${people > keys.length ? ", …" : ""}</td>
  </tr>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-diff-segments": SegDiffSegments;
  }
}
