import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount } from "../../../server/figures/format.ts";
import { migrationTable, STRETCHES } from "../../../server/figures/migration-table.ts";
import { momentWords } from "../../../server/figures/settings.ts";
import type { HistoryView } from "../../../server/segments/history/view.ts";
import type { SegmentRef } from "../../../server/segments/profile/view.ts";
import "../../parts/scroll-frame.ts";
import { base } from "../../theme/base.ts";
import { field } from "../../theme/field.ts";
import { figuresTable } from "../../theme/figures-table.ts";

const NONE = "none of them";

/** Who moved from one of several segments to another at the same refresh, over a stretch of refreshes that is chosen. */
@customElement("seg-migration")
export class SegMigration extends LitElement {
  static override styles = [
    base,
    field,
    figuresTable,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px var(--gap-3);
        padding: 6px 14px;
        color: var(--ink-2);
      }
      th {
        min-width: 10ch;
        font-weight: 500;
        white-space: normal;
        overflow-wrap: break-word;
      }
      td {
        background: color-mix(in oklab, var(--accent) calc(var(--share) * 32%), transparent);
      }
      td.none {
        color: var(--ink-3);
      }
      p {
        margin: 0;
        padding: var(--gap-3) 14px;
        color: var(--ink-2);
      }
      table + p,
      seg-scroll-frame + p {
        padding-block: 6px;
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @property({ attribute: false }) history: HistoryView | null = null;
  @property({ attribute: false }) segments: readonly SegmentRef[] = [];
  @property() zone = "UTC";
  /** Place among the stretches. */
  @state() private stretch = 0;

  override render() {
    const { history, segments } = this;
    if (history === null) return nothing;
    const last = STRETCHES[this.stretch]?.last ?? null;
    const table = migrationTable(history.refreshes, history.migration ?? [], { segments: segments.length, last });
    if (table.between === null) {
      const count = history.refreshes.length === 0 ? "None is recorded" : "One is recorded";
      return html`<p>Moves are between two refreshes. ${count} yet.</p>`;
    }
    const names = [...segments.map(({ name }) => name), NONE];
    const moment = (at: string) => momentWords(at, this.zone);
    return html`<div class="bar">
        <label
          >Over
          <select @change=${this.#chosen}>
            ${STRETCHES.map(({ words }, index) => html`<option value=${index} ?selected=${index === this.stretch}>${words}</option>`)}
          </select>
        </label>
        <span role="status">from ${moment(table.between.from.asOf)} to ${moment(table.between.to.asOf)}</span>
      </div>
      ${
        table.most === 0
          ? html`<p>In that time nobody came into any of them or went out.</p>`
          : html`<seg-scroll-frame label="Moves between segments">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">From ↓ to →</th>
                      ${names.map((name) => html`<th scope="col">${name}</th>`)}
                    </tr>
                  </thead>
                  <tbody>
                    ${names.map(
                      (name, row) => html`<tr>
                        <th scope="row">${name}</th>
                        ${names.map((_, column) => move(row, column, table))}
                      </tr>`,
                    )}
                  </tbody>
                </table>
              </seg-scroll-frame>
              <p>
                Out of the one and into the other at the same refresh; who moves twice counts twice.
                ${this.#isAcross ? "Who is in several segments at a time may come into one without leaving the others." : nothing}
              </p>`
      }`;
  }

  /** Whether they are of more than one cell. */
  get #isAcross(): boolean {
    return new Set(this.segments.map(({ cell }) => cell)).size > 1;
  }

  #chosen(event: Event): void {
    this.stretch = Number((event.target as HTMLSelectElement).value);
  }
}

function move(row: number, column: number, { moves, most }: ReturnType<typeof migrationTable>) {
  if (row === column) return html`<td class="none" style="--share: 0"><span aria-hidden="true">—</span></td>`;
  const people = moves[row]?.[column] ?? 0;
  const share = most === 0 ? 0 : people / most;
  return html`<td class=${people === 0 ? "none" : ""} style="--share: ${share.toFixed(3)}">${formatCount(people)}</td>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-migration": SegMigration;
  }
}
