import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { type Choice, choiceOf, showsNoClusters } from "../../server/figures/cluster-choice.ts";
import { suggestedNames } from "../../server/figures/cluster-names.ts";
import {
  clusterManner,
  clusterNames,
  mergesOf,
  mixedRules,
  qualitiesOf,
  rulesOf,
} from "../../server/figures/cluster-relations.ts";
import { scaledColumns } from "../../server/figures/cluster-scaling.ts";
import { clusterWords } from "../../server/figures/cluster-words.ts";
import { numbersBySize } from "../../server/figures/dendrogram-numbers.ts";
import { type Heat, profileHeat } from "../../server/figures/heatmap-rows.ts";
import { withUnits } from "../../server/figures/heatmap-words.ts";
import type { CellView, ResultPage } from "../../server/run/view.ts";
import "../parts/button.ts";
import "../parts/dendrogram.ts";
import { emit } from "../parts/emit.ts";
import { AllRows, Rows } from "../state/relation.ts";
import { FocusAfter } from "./cluster/focus-after.ts";
import { Asked, type OnDemand } from "./cluster/on-demand.ts";
import "./cluster/profile.ts";
import type { TransformOf } from "./cluster/cut.ts";
import { type ClusterEdit, cutEdit, nameEdit, transformEdit } from "./cluster/edits.ts";
import "./cluster/line.ts";
import "./cluster/more.ts";
import { clusterStyle } from "./cluster/style.ts";
import type { KindOnPage } from "./kinds.ts";
import { CellOutput } from "./output.ts";
import { notRun } from "./relation-table.ts";
import { templates } from "./templates.ts";

const SHOWN_MERGES = 60;
const MOST_CLUSTERS = 10;
/** Columns of a profile that have room beside the dendrogram; more stand below it. */
const MOST_BESIDE = 6;

/** Clusters: where they part, what each is like in the columns' own units, and in a sentence what sets it apart. */
export const cluster: KindOnPage = {
  purpose: "Groups that the data has by itself",
  language: "yaml",
  foldedWhenFresh: true,
  rows: "people",
  manner: clusterManner,
  template: templates.cluster,
  output: ({ session, cell, view }) =>
    html`<seg-cluster-output .session=${session} .cell=${cell} .view=${view}></seg-cluster-output>`,
};

@customElement("seg-cluster-output")
export class SegClusterOutput extends CellOutput {
  static override styles = [...CellOutput.styles, clusterStyle];

  @property({ attribute: false }) most = MOST_CLUSTERS;

  readonly #asked = new Asked(this);
  readonly #focus = new FocusAfter(this);

  readonly #profile = new AllRows(this, () => this.reading("_profile"), { most: 5_000 });
  readonly #merges = new Rows(this, () => this.reading("_merges"), {
    limit: SHOWN_MERGES,
    sort: { column: "step", descending: true },
  });
  readonly #validity = new Rows(this, () => this.reading("_validity"), { limit: 100 });
  readonly #choice = new Rows(this, () => this.reading("_choice"), { limit: 100 });
  readonly #rules = new Rows(this, () => this.reading("_rules"), { limit: 100 });
  readonly #scaling = new AllRows(this, () => this.reading("_scaling"), { most: 20_000 });

  override render() {
    const { view } = this;
    const profile = this.#profile.value;
    if (profile === null || view === null) return notRun(this, this.#profile);
    const heat = this.#heat(profile);
    const choice = choiceOf(
      this.#current("_validity", this.#validity.value),
      this.#current("_choice", this.#choice.value),
    );
    return html`${this.#doubt(choice)}
      <div class="pad ${this.#merges.value === null ? "" : heat.columns.length > MOST_BESIDE ? "over" : "two"}">
        ${this.#dendrogram(heat, choice)} ${this.#table(profile, heat)}
      </div>
      ${this.#lines(heat)}
      <seg-cluster-more
        .session=${this.session}
        .cell=${this.cell}
        .view=${view}
        .heat=${heat}
        .choice=${choice}
        .scaling=${this.#scaling}
        .wanting=${this.#wanting}
        @take=${(event: CustomEvent<{ k: number }>) => this.#cut(event.detail.k)}
        @transform=${(event: CustomEvent<{ columns: readonly TransformOf[] }>) =>
          this.#change((text, own) => transformEdit(text, own, event.detail.columns))}
      ></seg-cluster-more>`;
  }

  get #readOnly(): boolean {
    return this.session?.file.readOnly ?? true;
  }

  #heat(profile: ResultPage, measure: "mean" | "median" = "mean"): Heat {
    return withUnits(profileHeat(profile, clusterNames(this.view?.body), measure));
  }

  /** What was read of a relation, unless the clusters are others by now and it was not computed for them. */
  #current(suffix: string, page: ResultPage | null): ResultPage | null {
    return this.view?.state === "fresh" && this.relation(suffix)?.rows === null ? null : page;
  }

  /** Said before anything is shown of clusters that are none. */
  #doubt(choice: Choice | null) {
    if (!showsNoClusters(choice, this.view?.problems ?? [])) return nothing;
    return html`<p class="doubt">
      <b>The data shows no clusters.</b> What follows are bands: take them as such, not as kinds of people.
    </p>`;
  }

  #dendrogram(heat: Heat, choice: Choice | null) {
    const merges = this.#merges.value;
    if (merges === null) return nothing;
    return html`<seg-dendrogram
      .merges=${mergesOf(merges)}
      .k=${heat.rows.length}
      .most=${Math.max(this.most, heat.rows.length)}
      .validity=${qualitiesOf(this.#current("_validity", this.#validity.value))}
      .recommended=${choice?.recommended ?? null}
      .numbers=${this.view?.numbers.length === 0 ? [] : numbersBySize(heat.rows)}
      label=${`Dendrogram of ${this.view?.id ?? ""}`}
      ?read-only=${this.#readOnly}
      @cut=${(event: CustomEvent<{ k: number }>) => this.#cut(event.detail.k)}
    ></seg-dendrogram>`;
  }

  #table(profile: ResultPage, means: Heat) {
    const scaled = this.#scaling.value === null ? [] : scaledColumns(this.#scaling.value);
    const everybody = means.columns.map(
      ({ name }) => scaled.find(({ column }) => column === name)?.given.median ?? null,
    );
    return html`<seg-cluster-profile
      .means=${means}
      .medians=${{ ...this.#heat(profile, "median"), everybody }}
      label=${`Profile of ${this.view?.id}`}
      .page=${this.segmentPage}
      @ask=${(event: CustomEvent<{ row: string }>) => void this.renderRoot.querySelector("seg-cluster-more")?.showPeople(event.detail.row)}
    ></seg-cluster-profile>`;
  }

  #lines(heat: Heat) {
    const rules = this.#current("_rules", this.#rules.value);
    const lines = clusterWords(heat, rules === null ? new Map() : rulesOf(rules));
    const suggested = suggestedNames(heat);
    const mixed = mixedRules(this.view?.problems ?? []);
    const names = clusterNames(this.view?.body);
    return html`<div class="lines">
      ${lines.map(
        (line) => html`<seg-cluster-line
          .words=${line}
          .page=${this.segmentPage}
          .readOnly=${this.#readOnly}
          .suggested=${suggested.get(line.cluster) ?? []}
          .named=${names[line.cluster] !== undefined}
          .others=${lines.filter((other) => other !== line).map(({ name }) => name)}
          .mixed=${mixed.get(line.cluster) ?? null}
          @rename=${(event: CustomEvent<{ name: string }>) =>
            this.#change((text, view) => nameEdit(text, view, { cluster: line.cluster, name: event.detail.name }))}
          @as-segment=${() =>
            emit(this, "make-segment", { cell: this.view?.id, name: line.name, rule: line.rule?.text })}
        ></seg-cluster-line>`,
      )}
      ${this.#wanting("_rules", "Describe each by a rule")}
    </div>`;
  }

  /** A relation that is computed only when it is asked for. */
  readonly #wanting = (suffix: OnDemand, words: string) => {
    if (this.view === null || this.#isThere(suffix)) return nothing;
    const ask = () => {
      this.#asked.ask(suffix);
      this.#focus.expect({ isThere: () => this.#isThere(suffix), element: () => this.#first(suffix) });
    };
    return html`<p class="ask-more">
      <seg-button ?busy=${this.#asked.isComing(suffix)} @click=${ask}>${words}</seg-button>
    </p>`;
  };

  #isThere(suffix: OnDemand): boolean {
    return this.view?.state === "fresh" ? this.relation(suffix)?.rows !== null : this.#shown.includes(suffix);
  }

  /** What can be acted on first of what was asked for; null until it is drawn. */
  #first(suffix: OnDemand): HTMLElement | null {
    if (suffix === "_rules") return this.renderRoot.querySelector("seg-cluster-line")?.act ?? null;
    return this.renderRoot.querySelector("seg-cluster-more")?.first ?? null;
  }

  get #shown(): OnDemand[] {
    return [
      ...(this.#rules.value === null ? [] : (["_rules"] as const)),
      ...(this.#choice.value === null ? [] : (["_choice"] as const)),
    ];
  }

  #cut(k: number): void {
    const [merges, profile] = [this.#merges.value, this.#profile.value];
    const now = profile === null ? k : this.#heat(profile).rows.length;
    this.#change((text, view) => cutEdit(text, view, { k, now, merges: merges === null ? null : mergesOf(merges) }));
  }

  /** Changes the cell's text; what is shown of it is computed again with it. */
  #change(made: (text: string, view: CellView) => ClusterEdit | null): void {
    const { session, view } = this;
    const edit = session === null || view === null ? null : made(session.notebook.text, view);
    if (edit !== null) emit(this, "change-text", { ...edit, run: this.#asked.after(this.#shown) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-output": SegClusterOutput;
  }
}
