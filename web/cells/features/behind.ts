import { css, html, noChange, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { columnDigits, formatCell } from "../../../server/figures/cell-value.ts";
import { formatCount, formatPercent } from "../../../server/figures/format.ts";
import type { ColumnSummary, EvidenceView } from "../../../server/run/view.ts";
import "../../parts/bars.ts";
import "../../parts/button.ts";
import "../../parts/histogram.ts";
import "../../parts/problem.ts";
import "../../parts/skeleton.ts";
import { type FeatureAt, PersonEvidence, Without } from "../../state/evidence.ts";
import { routeHref } from "../../state/route.ts";
import { field } from "../../theme/field.ts";
import { CellOutput } from "../output.ts";
import "./events.ts";
import { barOfPlace, endsOf, firstPlace, isDescending, placeOfBar, placeOfValue, spansOf } from "./places.ts";

/** Of a person's events so many are shown at first, and at most. */
const FIRST_EVENTS = 10;
const MOST_EVENTS = 200;

/** What stands behind a feature: how its values spread, who has none, and one person's events. */
@customElement("seg-feature-behind")
export class SegFeatureBehind extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    field,
    css`
      seg-histogram {
        color: var(--ink-2);
      }
      :host {
        padding: var(--gap-2) 14px var(--gap-3);
        background: var(--sunk);
      }
      .two {
        display: grid;
        grid-template-columns: minmax(220px, 320px) minmax(0, 1fr);
        gap: var(--gap-2) var(--gap-4);
      }
      p {
        margin: 0 0 var(--gap-2);
        color: var(--ink-2);
      }
      .person {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px var(--gap-2);
        margin-bottom: var(--gap-2);
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        color: var(--ink-2);
      }
      input {
        width: 16ch;
      }
      a {
        color: inherit;
        text-decoration-color: var(--line-strong);
        text-underline-offset: 3px;
      }
      a:hover {
        color: var(--accent);
      }
      .value {
        margin-left: auto;
        font-variant-numeric: tabular-nums;
      }
      @media (max-width: 760px) {
        .two {
          grid-template-columns: minmax(0, 1fr);
        }
        .value {
          margin-left: 0;
        }
      }
    `,
  ];

  @property({ attribute: false }) column: ColumnSummary | null = null;
  /** Rows of the cell. */
  @property({ attribute: false }) rows = 0;
  /** A person's key as it was typed, or a place in the order of the values. */
  @state() private person: string | number = 0;
  @state() private events = FIRST_EVENTS;
  /** Whether a key is being typed: an answer that comes meanwhile does not write over it. */
  #isTyping = false;

  readonly #without = new Without(this, () => {
    const { session } = this;
    const of = this.#at();
    return session === null || of === null ? null : { evidence: session.evidence, of };
  });
  readonly #evidence = new PersonEvidence(this, () => {
    const { session, column } = this;
    const of = this.#at();
    if (session === null || column === null || of === null) return null;
    const { entity } = session.notebook.head;
    const { person, events } = this;
    return { of, evidence: session.evidence, person, descending: isDescending(column), entity, events };
  });

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("column") || this.column === null) return;
    if (this.column.name !== changed.get("column")?.name) this.#go(firstPlace(this.column));
  }

  override render() {
    const { column } = this;
    if (column === null) return nothing;
    return html`<div class="two">
      <div>
        <p>${this.#shares(column)}</p>
        ${column.histogram.length > 0 ? this.#histogram(column) : this.#values(column)}
      </div>
      <div>${this.#example(column)}</div>
    </div>`;
  }

  #at(): FeatureAt | null {
    const reading = this.reading();
    if (reading === null || this.column === null) return null;
    return { ...reading, cell: this.view?.id ?? "", feature: this.column.name };
  }

  #shares({ missing }: ColumnSummary): string {
    const { rows } = this;
    const share = (count: number) => `${formatCount(count)} (${formatPercent(rows === 0 ? 0 : count / rows)})`;
    const { value } = this.#without;
    const nobody =
      value === null || value.without === null ? "" : ` ${share(value.without)} have no event that counts.`;
    return `Of ${formatCount(rows)} people, ${missing === 0 ? "none is" : `${share(missing)} are`} missing.${nobody}`;
  }

  #histogram(column: ColumnSummary) {
    const { histogram, name } = column;
    return html`<seg-histogram
      .bars=${histogram}
      .spans=${spansOf(column)}
      .ends=${endsOf(column)}
      .at=${typeof this.person === "number" ? barOfPlace(histogram, this.person) : null}
      label=${`How ${name} spreads`}
      @ask=${(event: CustomEvent<{ bar: number }>) => this.#go(placeOfBar(histogram, event.detail.bar))}
    ></seg-histogram>`;
  }

  #values({ name, top }: ColumnSummary) {
    const known = Math.max(1, this.rows);
    return html`<seg-bars
      .bars=${top.slice(0, 12).map(({ value, rows }) => ({ name: value, count: rows, share: rows / known }))}
      label=${`Values of ${name}`}
      @ask=${(event: CustomEvent<{ name: string }>) => this.#go(placeOfValue(top, event.detail.name))}
    ></seg-bars>`;
  }

  #example(column: ColumnSummary) {
    const { problem, value } = this.#evidence;
    const place = typeof this.person === "number" ? this.person : null;
    const entity = this.session?.notebook.head.entity ?? "";
    return html`<div class="person">
        <label
          >${entity}
          <input
            .value=${this.#isTyping ? noChange : typeof this.person === "string" ? this.person : (value?.person ?? "")}
            autocomplete="off"
            spellcheck="false"
            @input=${() => {
              this.#isTyping = true;
            }}
            @change=${this.#named}
            @keydown=${(event: Event) => event.stopPropagation()}
        /></label>
        <seg-button
          label="Previous person"
          ?disabled=${place === null || place === 0}
          @click=${() => this.#go((place ?? 0) - 1)}
          >Previous</seg-button
        >
        <seg-button
          label="Next person"
          ?disabled=${place === null || place >= this.rows - 1}
          @click=${() => this.#go((place ?? 0) + 1)}
          >Next</seg-button
        >
        ${value === null || problem !== null ? nothing : html`${valueWords(column, value)} ${this.#about(value)}`}
      </div>
      ${
        problem !== null
          ? html`<seg-problem .problem=${problem}>
              ${
                problem.code === "unknown-person"
                  ? nothing
                  : html`<seg-button slot="action" @click=${() => this.#evidence.retry()}>Try again</seg-button>`
              }
            </seg-problem>`
          : value === null
            ? html`<seg-skeleton rows="3" label="Looking for a person and their events"></seg-skeleton>`
            : this.#parts(value)
      }`;
  }

  #about({ person }: EvidenceView) {
    const { session } = this;
    if (session === null) return nothing;
    return html`<a href=${routeHref({ page: "person", path: session.path, person })}>All about ${person}</a>`;
  }

  #parts({ parts }: EvidenceView) {
    if (parts.length === 0) return html`<p>This feature speaks of no event.</p>`;
    const isLonger = parts.some(({ total, events }) => total > events.length);
    return html`${parts.map(
      (part) =>
        html`<seg-person-events .events=${part} .zone=${this.session?.notebook.head.timezone ?? "UTC"}></seg-person-events>`,
    )}
      ${
        isLonger && this.events < MOST_EVENTS
          ? html`<seg-button
              kind="quiet"
              @click=${() => {
                this.events = MOST_EVENTS;
              }}
              >Show older events</seg-button
            >`
          : nothing
      }`;
  }

  #named(event: Event): void {
    const typed = (event.target as HTMLInputElement).value.trim();
    this.#isTyping = false;
    if (typed === "") return;
    this.person = typed;
    this.events = FIRST_EVENTS;
  }

  #go(place: number): void {
    this.person = Math.min(Math.max(0, place), Math.max(0, this.rows - 1));
    this.events = FIRST_EVENTS;
    this.#isTyping = false;
  }
}

function valueWords(column: ColumnSummary, { value }: EvidenceView) {
  const written = formatCell(value, column, columnDigits(column, [value]));
  return html`<span class="value" role="status">${column.name} is <b>${value === null ? "missing" : written}</b></span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-feature-behind": SegFeatureBehind;
  }
}
