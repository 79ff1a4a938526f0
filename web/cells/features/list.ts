import { css, html, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatPercent } from "../../../server/figures/format.ts";
import type { ColumnSummary, SummaryView } from "../../../server/run/view.ts";
import { askable } from "../../theme/base.ts";
import { CellOutput } from "../output.ts";
import "./behind.ts";

/** So many are shown before the reader asks for the others. */
const FIRST = 8;

/** A cell's features: each in words, how its values spread and how many are missing; what stands behind one opens below it. */
@customElement("seg-feature-list")
export class SegFeatureList extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    askable,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
        border-bottom: 1px solid var(--line);
        container-type: inline-size;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      .row {
        display: grid;
        grid-template-columns: minmax(120px, 22%) minmax(0, 1fr) 110px max-content;
        gap: 2px var(--gap-3);
        align-items: center;
        padding: 5px 14px;
      }
      button.ask {
        display: flex;
        gap: 6px;
        min-width: 0;
        font-weight: 600;
      }
      button.ask span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .turn {
        color: var(--ink-3);
        transition: transform 0.12s;
      }
      [aria-expanded="true"] .turn {
        transform: rotate(90deg);
      }
      .words {
        overflow: hidden;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        color: var(--ink-2);
      }
      svg {
        display: block;
        width: 100%;
        height: 22px;
      }
      rect {
        fill: var(--accent);
        opacity: 0.75;
      }
      .missing {
        color: var(--ink-3);
        font-size: var(--size-1);
        min-width: 13ch;
        text-align: right;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      .some {
        color: var(--ink);
      }
      .more {
        padding: 4px 8px;
      }
      @container (max-width: 620px) {
        .row {
          grid-template-columns: minmax(0, 1fr) 80px max-content;
        }
        .words {
          grid-column: 1 / -1;
          grid-row: 2;
        }
      }
    `,
  ];

  @property({ attribute: false }) summary: SummaryView | null = null;
  @state() private open: string | null = null;
  @state() private showsAll = false;

  override render() {
    const entity = this.session?.notebook.head.entity;
    const columns = (this.summary?.columns ?? []).filter(({ name }) => name !== entity);
    const shown = this.showsAll ? columns : columns.slice(0, FIRST);
    const rest = columns.length - shown.length;
    return html`<ul aria-label=${`Features of ${this.view?.id ?? ""}`}>
      ${shown.map((column) => this.#feature(column))}
      ${
        rest > 0
          ? html`<li class="more">
              <seg-button
                kind="quiet"
                @click=${() => {
                  this.showsAll = true;
                }}
                >Show all ${columns.length} features</seg-button
              >
            </li>`
          : nothing
      }
    </ul>`;
  }

  #feature(column: ColumnSummary) {
    const { name, missing } = column;
    const isOpen = this.open === name;
    const rows = this.summary?.rows ?? 0;
    const words = this.view?.words[name] ?? "";
    return html`<li>
      <div class="row">
        <button
          class="ask"
          aria-expanded=${String(isOpen)}
          title=${name}
          @click=${() => {
            this.open = isOpen ? null : name;
          }}
        >
          <b class="turn" aria-hidden="true">›</b><span>${name}</span>
        </button>
        <span class="words" title=${words}>${words}</span>
        ${spread(column)}
        <span class="missing ${missing > 0 ? "some" : ""}"
          >${rows === 0 ? "" : html`${formatPercent(missing / rows)}<span class="spoken"> of the people are</span> missing`}</span
        >
      </div>
      ${
        isOpen
          ? html`<seg-feature-behind
              .session=${this.session}
              .cell=${this.cell}
              .view=${this.view}
              .column=${column}
              .rows=${rows}
            ></seg-feature-behind>`
          : nothing
      }
    </li>`;
  }
}

/** How the values spread, small: bars of a number or a time, else the commonest texts. */
function spread({ histogram, top }: ColumnSummary) {
  const bars = histogram.length > 0 ? histogram : top.slice(0, 20).map(({ rows }) => rows);
  const most = Math.max(1, ...bars);
  return html`<svg viewBox="0 0 ${Math.max(1, bars.length)} 22" preserveAspectRatio="none" aria-hidden="true">
    ${bars.map((rows, place) => {
      const height = rows === 0 ? 0 : Math.max(0.8, (rows / most) * 22);
      return svg`<rect x=${place + 0.06} width="0.88" y=${22 - height} height=${height} />`;
    })}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-feature-list": SegFeatureList;
  }
}
