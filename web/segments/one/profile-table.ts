import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatPercent } from "../../../server/figures/format.ts";
import type { ColumnProfile, NumberProfile, ProfileView } from "../../../server/segments/profile/view.ts";
import "../../parts/button.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";
import { againstWords, endsOf, placeOn, sizeWords } from "./difference.ts";

/** So many columns are shown before the rest is asked for. */
const FIRST = 10;

/** Values of a text that are shown, those that differ most. */
const VALUES = 3;

/** What the people of segments are like beside everybody: a row a column, the strongest difference first. */
@customElement("seg-profile-table")
export class SegProfileTable extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      table {
        width: 100%;
        /* Collapsed lines would be the table's, and covered by the column that stays. */
        border-collapse: separate;
        border-spacing: 0;
      }
      th,
      td {
        padding: 7px 14px;
        border-top: 1px solid var(--line);
        text-align: left;
        vertical-align: top;
      }
      thead th {
        border-top: 0;
        color: var(--ink-2);
        font-size: var(--size-1);
        font-weight: 600;
      }
      tbody th {
        position: sticky;
        left: 0;
        min-width: 17ch;
        max-width: 28ch;
        background: var(--card);
        font-weight: 500;
        overflow-wrap: anywhere;
      }
      small {
        display: block;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-weight: 400;
      }
      .number {
        font-variant-numeric: tabular-nums;
      }
      .strip {
        position: relative;
        width: 100%;
        min-width: 130px;
        height: 8px;
        margin: 3px 0 2px;
        border-radius: 4px;
        background: var(--sunk);
      }
      .strip i {
        position: absolute;
        inset-block: 1px;
        min-width: 2px;
        border-radius: 3px;
        background: color-mix(in oklab, var(--accent) 45%, transparent);
      }
      .strip b {
        position: absolute;
        inset-block: -1px;
        width: 2px;
        background: var(--accent);
      }
      .all .strip i {
        background: var(--line-strong);
      }
      .all .strip b {
        background: var(--ink-2);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        justify-content: space-between;
        gap: var(--gap-3);
        max-width: 260px;
      }
      li span:first-child {
        overflow-wrap: anywhere;
      }
      .more {
        padding: 6px 8px;
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @property({ attribute: false }) profile: ProfileView | null = null;
  @state() private whole = false;

  override render() {
    const { profile } = this;
    if (profile === null) return nothing;
    const shown = this.whole ? profile.columns : profile.columns.slice(0, FIRST);
    const rest = profile.columns.length - shown.length;
    return html`<seg-scroll-frame label="Columns, beside everybody">
        <table>
          <thead>
            <tr>
              <th scope="col">Column of ${profile.of}</th>
              ${profile.segments.map(({ name }) => html`<th scope="col">${name}</th>`)}
              <th scope="col">Everybody</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map((column) => row(column))}
          </tbody>
        </table>
      </seg-scroll-frame>
      ${
        rest > 0
          ? html`<div class="more">
              <seg-button
                kind="quiet"
                @click=${() => {
                  this.whole = true;
                }}
                >${rest} columns more</seg-button
              >
            </div>`
          : nothing
      }`;
  }
}

function row(column: ColumnProfile) {
  return html`<tr>
    <th scope="row">${column.column.split(/(?<=_)/).map((part) => html`${part}<wbr />`)}</th>
    ${column.kind === "text" ? textCells(column) : numberCells(column)}
  </tr>`;
}

function numberCells(column: ColumnProfile & { kind: "number" | "time" }) {
  const ends = endsOf([column.everybody, ...column.segments]);
  const cell = (own: NumberProfile, which: "all" | "own") => html`<td class="${which} number">
    ${sizeWords(own.median, column.kind)}${strip(own, ends)}
    <small>${quartileWords(own, column)}${which === "own" ? comma(againstWords(own, column.everybody, column.kind)) : ""}</small>
    ${knownWords(own.known)}
  </td>`;
  return html`${column.segments.map((own) => cell(own, "own"))}${cell(column.everybody, "all")}`;
}

function textCells(column: ColumnProfile & { kind: "text" }) {
  const apart = (value: { everybody: number; segments: number[] }) =>
    Math.max(...value.segments.map((share) => Math.abs(share - value.everybody)));
  const values = [...column.values].sort((one, other) => apart(other) - apart(one)).slice(0, VALUES);
  const list = (shareOf: (value: (typeof values)[number]) => number, known: number, which: "all" | "own") => html`<td
    class=${which}
  >
    <ul>
      ${values.map(
        (value) =>
          html`<li><span>${value.value}</span><span class="number">${formatPercent(shareOf(value), { digits: 1 })}</span></li>`,
      )}
    </ul>
    ${knownWords(known)}
  </td>`;
  return html`${column.segments.map((own, index) => list((value) => value.segments[index] ?? 0, own.known, "own"))}${list(
    (value) => value.everybody,
    column.everybody.known,
    "all",
  )}`;
}

/** The middle half as a bar on the scale of all the column's quartiles, the median as a mark. */
function strip({ q25, median, q75 }: NumberProfile, ends: { low: number; high: number } | null) {
  if (q25 === null || median === null || q75 === null || ends === null) return html`<div class="strip"></div>`;
  const from = placeOn(q25, ends);
  const to = placeOn(q75, ends);
  return html`<div class="strip" aria-hidden="true">
    <i style="left:${from}%;width:${to - from}%"></i><b style="left:calc(${placeOn(median, ends)}% - 1px)"></b>
  </div>`;
}

function quartileWords({ q25, q75 }: NumberProfile, { kind }: { kind: "number" | "time" }): string {
  if (q25 === null || q75 === null) return "";
  return `half of them ${sizeWords(q25, kind)} to ${sizeWords(q75, kind)}`;
}

function comma(words: string): string {
  return words === "" ? "" : `; ${words}`;
}

function knownWords(known: number) {
  return known > 0.995 ? nothing : html`<small>known of ${formatPercent(known, { digits: 0 })}</small>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-profile-table": SegProfileTable;
  }
}
