import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { columnDigits, formatCell, rangedRight } from "../../../server/figures/cell-value.ts";
import { formatCount } from "../../../server/figures/format.ts";
import type { Standing } from "../../../server/language/sql-evidence.ts";
import type { EvidencePart } from "../../../server/run/view.ts";
import { base } from "../../theme/base.ts";

/** Why an event does not count. */
const STANDINGS: Readonly<Record<Standing, string>> = {
  counts: "counts",
  undated: "has no time",
  later: "after the moment",
  outside: "outside the window",
  other: "not by the condition",
};

/** One person's events of one kind, the latest first: those that count, and the others with why they do not. */
@customElement("seg-person-events")
export class SegPersonEvents extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        margin-bottom: var(--gap-2);
        font: var(--size-2) / 1.5 var(--font);
      }
      p {
        margin: 0 0 4px;
        color: var(--ink-2);
      }
      .scroll {
        max-height: 260px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 3px 10px;
        text-align: left;
        white-space: nowrap;
      }
      th {
        position: sticky;
        top: 0;
        background: var(--card);
        color: var(--ink-3);
        font-weight: 500;
        border-bottom: 1px solid var(--line);
      }
      th.spoken-of {
        color: var(--ink);
        font-weight: 600;
      }
      .right {
        text-align: right;
      }
      tr.not td {
        color: var(--ink-3);
      }
      td:first-child {
        font-size: var(--size-1);
      }
      tr:not(.not) td:first-child {
        color: var(--accent);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) events: EvidencePart | null = null;
  /** IANA name in which instants are written. */
  @property() zone = "UTC";

  override render() {
    const part = this.events;
    if (part === null) return nothing;
    const { words, counted, total, columns, events } = part;
    const said = total === 0 ? "no such event" : `${formatCount(counted)} of ${formatCount(total)} count`;
    return html`<p>${words}: <b>${said}</b></p>
      ${
        events.length === 0
          ? nothing
          : html`<div class="scroll" tabindex="0" role="region" aria-label=${words}>
              <table>
                <thead>
                  <tr>
                    <th scope="col"><span class="spoken">Whether it counts</span></th>
                    ${columns.map(
                      (column) =>
                        html`<th
                          scope="col"
                          class="${part.spoken.includes(column.name) ? "spoken-of" : ""} ${rangedRight(column) ? "right" : ""}"
                        >
                          ${column.name}
                        </th>`,
                    )}
                  </tr>
                </thead>
                <tbody>
                  ${events.map((event) => this.#event(event, part))}
                </tbody>
              </table>
            </div>`
      }
      ${total > events.length ? html`<p>The latest ${formatCount(events.length)} of ${formatCount(total)}.</p>` : nothing}`;
  }

  #event({ standing, values }: EvidencePart["events"][number], { columns, events }: EvidencePart) {
    return html`<tr class=${standing === "counts" ? "" : "not"}>
      <td>${STANDINGS[standing]}</td>
      ${columns.map((column, place) => {
        const digits = columnDigits(
          column,
          events.map((event) => event.values[place] ?? null),
        );
        const written = formatCell(values[place] ?? null, column, digits, { zone: this.zone });
        return html`<td class=${rangedRight(column) ? "right" : ""}>${written}</td>`;
      })}
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-person-events": SegPersonEvents;
  }
}
