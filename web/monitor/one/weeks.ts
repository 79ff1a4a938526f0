import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { csvText } from "../../../server/figures/csv-text.ts";
import { formatCount, MISSING } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import type { WeekRow } from "../../../server/figures/series-weeks.ts";
import { type SeriesUnit, writeValue } from "../../../server/figures/series-words.ts";
import "../../parts/button.ts";
import "../../parts/scroll-frame.ts";
import { download } from "../../state/download.ts";
import { base } from "../../theme/base.ts";
import { figuresTable } from "../../theme/figures-table.ts";
import "./cohort.ts";
import type { SendsAt } from "./course.ts";

const FIRST = 12;

interface SeriesPeriods {
  readonly segment: string;
  readonly metric: string;
}

/** A series as a table, week by week, whose rows open the sends that they are made of; and as a file. */
@customElement("seg-weeks")
export class SegWeeks extends LitElement {
  static override styles = [
    base,
    figuresTable,
    css`
      :host {
        container-type: inline-size;
      }
      /* As wide as the frame that the table scrolls in, however wide either table is. */
      seg-cohort {
        position: sticky;
        left: 0;
        width: 100cqi;
        contain: inline-size;
      }
      th:last-child,
      td:last-child {
        text-align: left;
      }
      th:first-child {
        white-space: nowrap;
      }
      th button {
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        text-align: left;
        text-decoration: underline;
        text-decoration-color: var(--line-strong);
        text-underline-offset: 3px;
        cursor: pointer;
      }
      td.sends {
        padding: 0;
        text-align: left;
        white-space: normal;
      }
      .drift {
        color: var(--ink);
        font-weight: 600;
      }
      div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        padding: 6px 8px;
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @property({ attribute: false }) weeks: readonly WeekRow[] = [];
  @property() unit: SeriesUnit = "share";
  /** `week`, `send`: what a row is. */
  @property() noun = "week";
  @property() name = "";
  @property({ attribute: false }) series: SeriesPeriods | null = null;
  /** Where the sends of a row are asked for; null where it has none. */
  @property({ attribute: false }) sends: SendsAt | null = null;
  @state() private all = false;
  /** The row whose sends are shown. */
  @state() private opened: string | null = null;

  override render() {
    const { weeks, unit } = this;
    const isRate = unit === "share";
    const shown = this.all ? weeks : weeks.slice(0, FIRST);
    const count = (value: number | null) => (value === null ? MISSING : formatCount(value));
    return html`<seg-scroll-frame label="Table of weeks">
        <table>
          <thead>
            <tr>
              <th scope="col">${this.noun}</th>
              ${isRate ? html`<th scope="col">delivered</th><th scope="col">events</th>` : nothing}
              <th scope="col">${isRate ? "rate" : "size"}</th>
              <th scope="col">expected</th>
              <th scope="col">state</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map(
              (row) => html`<tr>
                <th scope="row">${this.#opener(row)}</th>
                ${isRate ? html`<td>${count(row.delivered)}</td><td>${count(row.events)}</td>` : nothing}
                <td>${writeValue(row.rate, unit)}</td>
                <td>${writeValue(row.expected, unit)}</td>
                <td class=${["watch", "alert", "confirmed"].includes(row.state) ? "drift" : ""}>${row.state}</td>
              </tr>
              ${this.#opened(row, isRate ? 6 : 4)}`,
            )}
          </tbody>
        </table>
      </seg-scroll-frame>
      <div>
        ${
          weeks.length <= FIRST
            ? nothing
            : html`<seg-button
                kind="quiet"
                @click=${() => {
                  this.all = !this.all;
                }}
                >${this.all ? `Show the newest ${FIRST}` : `Show all ${formatCount(weeks.length)}`}</seg-button
              >`
        }
        <seg-button kind="quiet" @click=${this.#save}>Download as CSV</seg-button>
      </div>`;
  }

  /** The row's name, which shows its sends where it has some. */
  #opener({ week, delivered }: WeekRow) {
    const words = formatDay(week);
    if (this.sends === null || delivered === null) return words;
    const toggle = () => {
      this.opened = this.opened === week ? null : week;
    };
    return html`<button type="button" aria-expanded=${this.opened === week} aria-label=${`Sends of ${words}`} @click=${toggle}>${words}</button>`;
  }

  #opened({ week, last }: WeekRow, columns: number) {
    const { series, sends } = this;
    if (this.opened !== week || sends === null || series === null) return nothing;
    const { segment, metric } = series;
    const at = { segment, metric, cell: sends.cell, key: sends.key, from: week, to: last };
    return html`<tr><td class="sends" colspan=${columns}><seg-cohort .session=${sends.session} .at=${at}></seg-cohort></td></tr>`;
  }

  readonly #save = (): void => {
    const columns = [this.noun, "delivered", "events", "rate", "expected", "state"];
    const rows = this.weeks.map((row) => [row.week, row.delivered, row.events, row.rate, row.expected, row.state]);
    const name = `${this.name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.csv`;
    download(new Blob([csvText(columns, rows)], { type: "text/csv" }), name);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-weeks": SegWeeks;
  }
}
