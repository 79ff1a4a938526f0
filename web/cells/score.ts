import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import { bandsIn, type ScoreCount, scoreCounts, type WrittenBand } from "../../server/figures/score-bands.ts";
import { contributionOf } from "../../server/figures/score-contribution.ts";
import { bandOutcomes, outcomeIn, type ScoreOutcome } from "../../server/figures/score-outcome.ts";
import { field, type SegmentSize, segmentSizes } from "../../server/figures/segmentation.ts";
import type { Edited } from "../../server/notebook/edit/target.ts";
import type { ColumnView, ResultPage } from "../../server/run/view.ts";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import { eventsOf } from "../state/events.ts";
import { AllRows, Summary } from "../state/relation.ts";
import type { KindOnPage } from "./kinds.ts";
import { CellOutput } from "./output.ts";
import "./people.ts";
import { notRun } from "./relation-table.ts";
import "./score/bands.ts";
import { type EditedBand, withBands } from "./score/bands-text.ts";
import "./score/outcome-chooser.ts";
import "./score/outcome-table.ts";
import { withOutcome } from "./score/outcome-text.ts";
import "./score/rules.ts";
import { bodyOf } from "../segments/written-rules.ts";
import { templates } from "./templates.ts";

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/;

/** Points for behaviours: the bands over the scores, what each rule gives, how the bands perform, and who has what. */
export const score: KindOnPage = {
  purpose: "Points for behaviours, bands by thresholds",
  language: "yaml",
  foldedWhenFresh: false,
  rows: "people",
  manner: () => "",
  template: templates.score,
  output: ({ session, cell, view }) =>
    html`<seg-score-output .session=${session} .cell=${cell} .view=${view}></seg-score-output>`,
};

@customElement("seg-score-output")
export class SegScoreOutput extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    css`
      section {
        padding: var(--gap-3) 14px;
        border-top: 1px solid var(--line);
      }
      section:first-of-type {
        border-top: 0;
      }
      h3 {
        margin: 0 0 6px;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-weight: 600;
      }
      seg-outcome-table {
        margin-top: var(--gap-2);
      }
      section p {
        margin: var(--gap-2) 0 0;
        max-width: 90ch;
        color: var(--ink-2);
      }
    `,
  ];

  @state() private only: string | null = null;
  readonly #summary = new Summary(this, () => this.reading());
  /** The server counts at most 2,000 scores or stretches, and parts a few of them at borders. */
  readonly #scores = new AllRows(this, () => this.reading("_scores"), { most: 5_000 });
  readonly #contribution = new AllRows(this, () => this.reading("_contribution"), { most: 5_000 });
  readonly #outcome = new AllRows(this, () => this.reading("_outcome"), { most: 1_000 });
  #sizes: readonly SegmentSize[] = [];
  // What stays the same is handed on as the same.
  #bands: readonly WrittenBand[] = [];
  #judgedBy: ScoreOutcome = null;
  #counts: { readonly page: ResultPage | null; readonly counts: readonly ScoreCount[] } = { page: null, counts: [] };

  override willUpdate(): void {
    const { view } = this;
    const summary = this.#summary.value;
    if (summary !== null && view?.state === "fresh") this.#sizes = segmentSizes(view, summary, summary.rows);
    if (view !== null && view.body !== null) {
      this.#bands = kept(this.#bands, this.#written(view.body));
      this.#judgedBy = kept(this.#judgedBy, outcomeIn(view.body));
    }
    const page = this.#scores.value;
    if (page !== null && page !== this.#counts.page) this.#counts = { page, counts: scoreCounts(page) };
  }

  override render() {
    const { view } = this;
    if (view === null || this.#scores.value === null) return html`${notRun(this, this.#scores)} ${this.#rules()}`;
    const people = this.#counts.counts.reduce((sum, count) => sum + count.people + count.excluded, 0);
    return html`<section>
        <h3>Scores of ${formatCount(people)} people</h3>
        <seg-score-bands
          .counts=${this.#counts.counts}
          .bands=${this.#bands}
          .page=${this.segmentPage}
          label=${`Scores of ${view.id} and the borders of its bands`}
          excludes=${view.words.exclude ?? ""}
          ?read-only=${this.#readOnly}
          @bands=${this.#setBands}
          @ask=${(event: CustomEvent<{ name: string }>) => {
            this.only = event.detail.name;
          }}
        ></seg-score-bands>
      </section>
      ${this.#rules()} ${this.#performance()}
      <seg-people
        .session=${this.session}
        .cell=${this.cell}
        .view=${view}
        column="band"
        .sizes=${this.#sizes}
        .only=${this.only}
        @only=${(event: CustomEvent<{ name: string | null }>) => {
          this.only = event.detail.name;
        }}
      ></seg-people>`;
  }

  get #readOnly(): boolean {
    return this.session?.file.readOnly ?? true;
  }

  #rules() {
    const { view, session, cell } = this;
    const counted = contributionOf(this.#contribution.value, { body: view?.body ?? null, words: view?.words ?? {} });
    const name = `The rules of ${cell?.id ?? ""}`;
    return html`<section>
      <h3>The rules, and what each gives</h3>
      <seg-score-rules .session=${session} .cell=${cell} .contribution=${counted} label=${name}></seg-score-rules>
    </section>`;
  }

  #performance() {
    if (this.#readOnly && this.#judgedBy === null) return nothing;
    return html`<section>
      <h3>How the bands perform</h3>
      ${
        this.#readOnly
          ? nothing
          : html`<seg-outcome-chooser
              .events=${(this.session?.cells ?? []).flatMap((cell) => eventsOf(cell.body))}
              .columns=${this.#columns()}
              .outcome=${this.#judgedBy}
              @outcome=${this.#setOutcome}
            ></seg-outcome-chooser>`
      }
      ${this.#judgedBy === null ? nothing : this.#table(this.#judgedBy)}
    </section>`;
  }

  #table(outcome: NonNullable<ScoreOutcome>) {
    const { session, view } = this;
    const wanting = view?.state === "fresh" && this.relation("_outcome")?.rows === null;
    if (session === null || view === null) return nothing;
    if (wanting) {
      return html`<p>
        <seg-button @click=${() => void session.run([`${view.id}_outcome`])}>Judge the bands</seg-button>
      </p>`;
    }
    const page = this.#outcome.value;
    if (page === null) return nothing;
    const type = "column" in outcome ? this.#of().find(({ name }) => name === outcome.column)?.type : "BOOLEAN";
    const counted = "event" in outcome ? view.words.outcome : undefined;
    return html`<seg-outcome-table
        .rows=${bandOutcomes(page)}
        .outcome=${outcome}
        label=${`How the bands of ${view.id} perform`}
        ?shares=${type === "BOOLEAN"}
      ></seg-outcome-table>
      ${counted === undefined ? nothing : html`<p>Counted: ${counted}. The score knows nothing of that time.</p>`}`;
  }

  /** Columns of the relation that the score is about. */
  #of(): readonly ColumnView[] {
    const of = field(this.view?.body, "of");
    const relations = this.session?.cells.flatMap((cell) => cell.relations) ?? [];
    return relations.find(({ name }) => name === of)?.columns ?? [];
  }

  #columns(): string[] {
    const entity = this.session?.notebook.head.entity;
    return this.#of()
      .filter(({ name, type }) => name !== entity && (type === "BOOLEAN" || NUMBER.test(type)))
      .map(({ name }) => name);
  }

  /** The bands as the text says them now, since the plan is of a moment ago; as the plan says them where they have inputs. */
  #written(planned: unknown): WrittenBand[] {
    const body = this.cell === null ? null : bodyOf(this.cell);
    const bands = bandsIn(body);
    const names = Object.keys((field(body, "bands") as object | null | undefined) ?? {});
    return body !== null && bands.length === names.length ? bands : bandsIn(planned);
  }

  readonly #setBands = (event: CustomEvent<{ bands: readonly EditedBand[]; label: string }>): void => {
    const { session, view } = this;
    if (session === null || view === null) return;
    const text = withBands(session.notebook.text, view.id, event.detail.bands);
    if (typeof text !== "string") event.preventDefault();
    // What is shown of the bands is shown again; their performance is computed by the scores.
    const run = this.#outcome.value === null ? view.id : `${view.id}_outcome`;
    this.#change(event.detail.label, text, run);
  };

  readonly #setOutcome = (event: CustomEvent<ScoreOutcome>): void => {
    const { session, view } = this;
    if (session === null || view === null) return;
    const outcome = event.detail;
    const text = withOutcome(session.notebook.text, view.id, this.#judgedBy, outcome);
    const run = outcome === null ? view.id : `${view.id}_outcome`;
    this.#change(outcome === null ? `Judged ${view.id} by nothing` : `Judged the bands of ${view.id}`, text, run);
  };

  #change(label: string, text: Edited, run: string): void {
    emit(this, "change-text", { label, text, run });
  }
}

/** The former value where the new one says the same. */
function kept<T>(before: T, now: T): T {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-score-output": SegScoreOutput;
  }
}
