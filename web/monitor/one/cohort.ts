import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { metricWords } from "../../../server/figures/alert-words.ts";
import { columnDigits, formatCell, rangedRight, type TableColumn } from "../../../server/figures/cell-value.ts";
import { formatCount, formatPercent, MISSING } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import type { CohortView } from "../../../server/run/cohort-view.ts";
import "../../parts/button.ts";
import { oneOf } from "../../parts/one-of.ts";
import "../../parts/problem.ts";
import "../../parts/scroll-frame.ts";
import "../../parts/skeleton.ts";
import { type CohortAt, CohortRows } from "../../state/cohort.ts";
import { personLink } from "../../state/person-link.ts";
import type { Session } from "../../state/session.ts";
import { base } from "../../theme/base.ts";
import { figuresTable } from "../../theme/figures-table.ts";
import { sectionStyle } from "./section-style.ts";

const FIRST = 50;
/** Characters beyond which a text may take several lines. */
const LONG = 28;
/** No more rows travel at once. */
const MOST = 1_000;

const KNOWN_BY: Readonly<Record<string, string>> = {
  history: "as refreshes recorded it",
  rule: "by its rule as of the beginning of the send's week",
  today: "as it is today",
};

/** The sends that periods of a series are made of: how they are known to be its own, by parts, and one by one. */
@customElement("seg-cohort")
export class SegCohort extends LitElement {
  static override styles = [
    base,
    figuresTable,
    sectionStyle,
    css`
      .text {
        text-align: left;
      }
      .long {
        min-width: ${LONG}ch;
        white-space: normal;
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) at: CohortAt | null = null;
  @state() private by: string | null = null;
  @state() private limit = FIRST;

  readonly #rows = new CohortRows(this, () => {
    const { session, at, limit } = this;
    return session === null || at === null ? null : { cohorts: session.cohorts, at, limit };
  });

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("at") && JSON.stringify(changed.get("at")) !== JSON.stringify(this.at)) this.limit = FIRST;
  }

  override render() {
    const { problem, value } = this.#rows;
    if (this.at === null || this.session === null) return nothing;
    if (problem !== null) return html`<div class="pad"><seg-problem .problem=${problem}></seg-problem></div>`;
    if (value === null) return html`<div class="pad"><seg-skeleton kind="lines"></seg-skeleton></div>`;
    return html`<p class="pad" role="status">${this.#told(value, this.at)}</p>
      ${value.rows === 0 ? nothing : html`${this.#parts(value, this.at)}${this.#each(value, { session: this.session, at: this.at })}`}`;
  }

  #told({ rows, chances, events, membersBy, relation }: CohortView, at: CohortAt) {
    if (rows === 0) return `${when(at)}: nothing of ${relation} counts here.`;
    const [one, many] = membersBy.length > 0 ? ["send", "sends"] : [`row of ${relation}`, `rows of ${relation}`];
    const noun = rows === 1 ? one : many;
    const known = membersBy.map(
      ({ by, rows: own }) => `${KNOWN_BY[by] ?? by}${membersBy.length > 1 ? ` (${formatCount(own)})` : ""}`,
    );
    const who = known.length === 0 ? "" : ` Who was in the segment is known ${known.join(", ")}.`;
    const share =
      chances > 0
        ? `; ${metricWords(at.metric)} ${formatPercent(events / chances)}, ${formatCount(events)} of ${formatCount(chances)}`
        : "";
    return `${when(at)}: ${formatCount(rows)} ${noun}${share}.${who}`;
  }

  /** The rows by one of the columns that alerts are split by. */
  #parts({ groups, membersBy }: CohortView, at: CohortAt) {
    const group = groups.find(({ column }) => column === this.by) ?? groups[0];
    if (group === undefined) return nothing;
    const entries = groups.map(({ column }) => [column, column.replaceAll("_", " ")] as const);
    const choose = (column: string) => {
      this.by = column;
    };
    return html`<div class="tabs rule" role="group" aria-label="Grouped by">
        <span class="words">By</span>${oneOf(entries, group.column, choose)}
      </div>
      <seg-scroll-frame label=${`By ${group.column.replaceAll("_", " ")}, ${when(at)}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">${group.column.replaceAll("_", " ")}</th>
              <th scope="col">${membersBy.length > 0 ? "sends" : "rows"}</th>
              <th scope="col">that count</th>
              <th scope="col">events</th>
              <th scope="col">${metricWords(at.metric)}</th>
            </tr>
          </thead>
          <tbody>
            ${group.parts.map(
              ({ part, rows, chances, events }) => html`<tr>
                <th scope="row">${part}</th>
                <td>${formatCount(rows)}</td>
                <td>${formatCount(chances)}</td>
                <td>${formatCount(events)}</td>
                <td>${chances === 0 ? MISSING : formatPercent(events / chances)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </seg-scroll-frame>`;
  }

  #each({ page, rows }: CohortView, { session, at }: { session: Session; at: CohortAt }) {
    const { entity } = session.notebook.head;
    // Keys are names, whatever their type.
    const columns: TableColumn[] = page.columns.map((column) =>
      column.name === entity || column.name === "send_id" ? { ...column, role: "key" } : column,
    );
    const shown = page.rows;
    const link = personLink(session);
    const digits = columns.map((column, index) =>
      columnDigits(
        column,
        shown.map((row) => row[index] ?? null),
      ),
    );
    // Days and short names stay on one line.
    const looks = columns.map((column, index) => {
      if (rangedRight(column)) return "";
      const isLong = shown.some((row) => formatCell(row[index] ?? null, column, 0).length > LONG);
      return isLong ? "text long" : "text";
    });
    const look = (index: number) => looks[index] ?? "";
    const cell = (row: CohortView["page"]["rows"][number], index: number) => {
      const column = columns[index];
      const value = row[index] ?? null;
      if (column === undefined) return nothing;
      // What happened is seen at once among what did not.
      if (typeof value === "boolean") return value ? "yes" : "";
      const words = formatCell(value, column, digits[index] ?? 0);
      const to = link(column.name, value);
      return to === null ? words : html`<a href=${to.href} title=${to.words}>${words}</a>`;
    };
    const more = Math.min(MOST, rows);
    return html`<div class="rule">
      <seg-scroll-frame label=${`One by one, ${when(at)}`}>
        <table>
          <thead>
            <tr>${columns.map(({ name }, index) => html`<th scope="col" class=${look(index)}>${name.replaceAll("_", " ")}</th>`)}</tr>
          </thead>
          <tbody>
            ${shown.map(
              (row) => html`<tr>
                ${columns.map((_, index) => (index === 0 ? html`<th scope="row">${cell(row, index)}</th>` : html`<td class=${look(index)}>${cell(row, index)}</td>`))}
              </tr>`,
            )}
          </tbody>
        </table>
      </seg-scroll-frame>
      ${
        shown.length === rows
          ? nothing
          : html`<p class="pad">
              The first ${formatCount(shown.length)} of ${formatCount(rows)}.
              ${
                shown.length >= more
                  ? nothing
                  : html`<seg-button
                      kind="quiet"
                      ?busy=${this.#rows.pending}
                      @click=${() => {
                        this.limit = MOST;
                      }}
                      >Show ${more === rows ? "all" : `the first ${formatCount(more)}`}</seg-button
                    >`
              }
            </p>`
      }
    </div>`;
  }
}

/** `28 Oct 2026`, `19 Oct 2026 to 25 Oct 2026`. */
function when({ from, to }: CohortAt): string {
  return from === to ? formatDay(from) : `${formatDay(from)} to ${formatDay(to)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cohort": SegCohort;
  }
}
