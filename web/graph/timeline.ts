import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { STATE_WORDS } from "../../server/figures/cell-words.ts";
import { formatDuration, formatNumber, formatPercent } from "../../server/figures/format.ts";
import { emit } from "../parts/emit.ts";
import { askable, base } from "../theme/base.ts";
import { countWords, type Timeline, type TimelineRow, ticks } from "./timeline-rows.ts";

/** When each cell of a run was at work: one row a cell, what was found in the cache without a bar. Event: `go-cell`. */
@customElement("seg-timeline")
export class SegTimeline extends LitElement {
  static override styles = [
    base,
    askable,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink-2);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        table-layout: fixed;
      }
      th,
      td {
        padding: 2px 8px 2px 0;
        text-align: left;
        font-weight: 400;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .cell {
        width: 144px;
        color: var(--ink);
        font-family: var(--mono);
        font-size: 12px;
      }
      .took {
        width: 104px;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      thead th {
        color: var(--ink-3);
        font-size: var(--size-1);
      }
      thead .cell {
        color: inherit;
        font: inherit;
      }
      .axis,
      .bar {
        position: relative;
      }
      .axis {
        height: 22px;
        overflow: visible;
      }
      .axis span {
        position: absolute;
        top: 2px;
        padding-left: 4px;
        border-left: 1px solid var(--line-strong);
        font-variant-numeric: tabular-nums;
      }
      .lane {
        position: relative;
        height: 14px;
        border-radius: 3px;
        background: var(--sunk);
      }
      .lane i {
        position: absolute;
        top: 0;
        height: 100%;
        min-width: 2px;
        border-radius: 3px;
        background: var(--accent);
      }
      .running i {
        background: repeating-linear-gradient(135deg, var(--running) 0 6px, color-mix(in oklab, var(--running) 70%, var(--card)) 6px 12px);
      }
      .failed i {
        background: var(--failed);
      }
      .cancelled i {
        background: var(--stale);
      }
      p {
        margin: 0 0 var(--gap-2);
      }
      @media (max-width: 560px) {
        .cell {
          width: 104px;
        }
        .took {
          width: 92px;
        }
      }
    `,
  ];

  @property({ attribute: false }) timeline: Timeline | null = null;

  override render() {
    const { timeline } = this;
    if (timeline === null) return nothing;
    const { rows, length, abreast } = timeline;
    const words = [
      ...countWords(rows),
      formatDuration(length),
      ...(abreast !== null && abreast >= 1.05 ? [`${formatNumber(abreast, { digits: 1 })} at a time`] : []),
    ];
    const marks = ticks(length);
    return html`<p>${words.join(" · ")}</p>
      <table>
        <thead>
          <tr>
            <th class="cell" scope="col">Cell</th>
            <th scope="col">
              <span class="spoken">Time since the start of the run</span>
              <div class="axis" aria-hidden="true">
                ${marks.map((mark) => html`<span style=${styleMap({ left: percent(mark, length) })}>${mark === 0 ? "0" : formatDuration(mark)}</span>`)}
              </div>
            </th>
            <th class="took" scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => this.#row(row, length))}
        </tbody>
      </table>`;
  }

  #row({ cell, from, to, progress }: TimelineRow, length: number) {
    const took = from === null || to === null ? "" : formatDuration(to - from);
    const share = progress === null ? "running" : formatPercent(progress, { digits: 0 });
    const plain = cell.state === "fresh" ? (from === null ? "found" : took) : STATE_WORDS[cell.state];
    const how = cell.state === "running" ? `${share} · ${took}` : plain;
    return html`<tr class=${cell.state}>
      <th class="cell" scope="row">
        <button class="ask" title=${cell.id} @click=${() => emit(this, "go-cell", { cell: cell.id })}>${cell.id}</button>
      </th>
      <td class="bar">
        <div class="lane">
          ${
            from === null || to === null
              ? nothing
              : html`<i style=${styleMap({ left: percent(from, length), width: percent(to - from, length) })}></i>`
          }
        </div>
      </td>
      <td class="took">${how}</td>
    </tr>`;
  }
}

function percent(part: number, whole: number): string {
  return `${whole > 0 ? (100 * part) / whole : 0}%`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-timeline": SegTimeline;
  }
}
