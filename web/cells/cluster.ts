import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
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
import { type ClusterWords, clusterWords } from "../../server/figures/cluster-words.ts";
import { type Heat, profileHeat } from "../../server/figures/heatmap-rows.ts";
import { withUnits } from "../../server/figures/heatmap-words.ts";
import { field } from "../../server/figures/segmentation.ts";
import { setScalar } from "../../server/notebook/edit/set-scalar.ts";
import type { Edited } from "../../server/notebook/edit/target.ts";
import type { ResultPage } from "../../server/run/view.ts";
import "../parts/button.ts";
import "../parts/dendrogram.ts";
import { emit } from "../parts/emit.ts";
import "../parts/heatmap.ts";
import "../parts/parallel.ts";
import { AllRows, Rows } from "../state/relation.ts";
import "./cluster/choice.ts";
import "./cluster/map.ts";
import "./cluster/scaling.ts";
import { cutAt, namesAt, type TransformOf, transformAt } from "./cluster-cut.ts";
import "./cluster-line.ts";
import { clusterStyle } from "./cluster/style.ts";
import type { KindOnPage } from "./kinds.ts";
import { CellOutput } from "./output.ts";
import "./people.ts";
import { notRun } from "./relation-table.ts";
import { templates } from "./templates.ts";

const SHOWN_MERGES = 60;
const MOST_CLUSTERS = 10;

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

const TABS = [
  ["number", "How many"],
  ["map", "Map"],
  ["lines", "Profiles side by side"],
  ["scaling", "Before and after scaling"],
  ["people", "People"],
] as const;
type Tab = (typeof TABS)[number][0];

/** Relations that are computed only when they are asked for. */
type OnDemand = "_rules" | "_choice";

@customElement("seg-cluster-output")
export class SegClusterOutput extends CellOutput {
  static override styles = [...CellOutput.styles, clusterStyle];

  @property({ attribute: false }) most = MOST_CLUSTERS;
  @state() private tab: Tab = "number";
  @state() private measure: "mean" | "median" = "mean";
  /** The cluster whose people are listed; null for everybody's. */
  @state() private only: string | null = null;

  /** What the newest run was asked for beside the clusters. */
  #asked: ReadonlySet<OnDemand> = new Set();

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
      <div class="pad ${this.#merges.value === null ? "" : "two"}">
        ${this.#dendrogram(heat, choice)} ${this.#table(profile, heat)}
      </div>
      ${this.#lines(heat)}
      <div class="tabs" role="group" aria-label=${`More about ${view.id}`}>
        ${TABS.map(([tab, words]) => this.#tab(tab, words))}
      </div>
      ${this.#below(heat, choice)}`;
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
      <b>The data shows no clusters.</b> What follows are bands of one cloud: take them as such, not as kinds of people.
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
      label=${`Dendrogram of ${this.view?.id ?? ""}`}
      ?read-only=${this.#readOnly}
      @cut=${(event: CustomEvent<{ k: number }>) => this.#cut(event.detail.k)}
    ></seg-dendrogram>`;
  }

  #table(profile: ResultPage, means: Heat) {
    const scaled = this.#scaling.value === null ? [] : scaledColumns(this.#scaling.value);
    const medians = (): Heat => {
      const heat = this.#heat(profile, "median");
      const everybody = heat.columns.map(
        ({ name }) => scaled.find(({ column }) => column === name)?.given.median ?? null,
      );
      return { ...heat, everybody };
    };
    return html`<div class="profile">
      <div class="measure" role="group" aria-label="What the profile shows">
        ${(["mean", "median"] as const).map(
          (measure) =>
            html`<seg-button
              kind="quiet"
              .pressed=${this.measure === measure}
              @click=${() => {
                this.measure = measure;
              }}
              >${measure === "mean" ? "Means" : "Medians"}</seg-button
            >`,
        )}
      </div>
      <seg-heatmap
        .heat=${this.measure === "mean" ? means : medians()}
        measure=${`${this.measure}s`}
        kind="segment"
        label=${`Profile of ${this.view?.id}`}
        .page=${this.segmentPage}
        @ask=${(event: CustomEvent<{ row: string }>) => {
          this.only = event.detail.row;
          this.tab = "people";
        }}
      ></seg-heatmap>
    </div>`;
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
          .mixed=${mixed.get(line.cluster) ?? null}
          @rename=${(event: CustomEvent<{ name: string }>) => this.#name(line.cluster, event.detail.name)}
          @as-segment=${() => this.#makeSegment(line)}
        ></seg-cluster-line>`,
      )}
      ${this.#wanting("_rules", "Describe each by a rule")}
    </div>`;
  }

  #tab(tab: Tab, words: string) {
    return html`<seg-button
      kind="quiet"
      .pressed=${this.tab === tab}
      @click=${() => {
        this.tab = tab;
      }}
      >${words}</seg-button
    >`;
  }

  #below(heat: Heat, choice: Choice | null) {
    const { session, cell, view } = this;
    const id = view?.id ?? "";
    const names = Object.fromEntries(heat.rows.map((row) => [row.cluster ?? 0, row.name]));
    if (this.tab === "number") return html`<div class="pad">${this.#number(heat, choice)}</div>`;
    if (this.tab === "map") {
      return html`<seg-cluster-map .session=${session} .cell=${cell} .view=${view} .names=${names}></seg-cluster-map>`;
    }
    if (this.tab === "lines") {
      const lines = heat.rows.map((row) => ({
        name: row.name,
        group: row.cluster ?? 0,
        values: row.cells.map(({ z }) => z),
      }));
      return html`<div class="pad">
        <seg-parallel
          .columns=${heat.columns.map((column) => column.label ?? column.name)}
          .lines=${lines}
          label=${`Profiles of ${id} side by side`}
        ></seg-parallel>
      </div>`;
    }
    if (this.tab === "scaling") return html`<div class="pad">${this.#scaled()}</div>`;
    return html`<seg-people
      .session=${session}
      .cell=${cell}
      .view=${view}
      .sizes=${heat.rows.map(({ name, size, share }) => ({ name, people: size, share, words: null }))}
      .only=${this.only}
      @only=${(event: CustomEvent<{ name: string | null }>) => {
        this.only = event.detail.name;
      }}
    ></seg-people>`;
  }

  #number(heat: Heat, choice: Choice | null) {
    if (choice === null) {
      return html`<p class="first">
        Nobody has compared other numbers of clusters yet: by how well they part, how well half samples find them again,
        and beside columns in random order.
      </p>
      ${this.#wanting("_choice", "Compare other numbers of clusters")}`;
    }
    return html`<seg-cluster-choice
      .choice=${choice}
      .k=${heat.rows.length}
      ?open=${typeof field(this.view?.body, "k") === "object"}
      ?read-only=${this.#readOnly}
      label=${`Numbers of clusters of ${this.view?.id}`}
      @take=${(event: CustomEvent<{ k: number }>) => this.#cut(event.detail.k)}
    ></seg-cluster-choice>`;
  }

  #scaled() {
    const page = this.#scaling.value;
    if (page === null) return notRun(this, this.#scaling);
    const body = this.view?.body;
    const scale = field(body, "scale");
    return html`<seg-cluster-scaling
      .columns=${scaledColumns(page)}
      .written=${Object.keys((field(body, "transform") as object | null | undefined) ?? {})}
      scale=${scale === "none" ? "" : `${String(scale)} scale`}
      label=${`Columns of ${this.view?.id} before and after scaling`}
      ?read-only=${this.#readOnly}
      @transform=${(event: CustomEvent<{ columns: readonly TransformOf[] }>) => this.#transform(event.detail.columns)}
    ></seg-cluster-scaling>`;
  }

  /** A relation that is computed only when it is asked for. */
  #wanting(suffix: OnDemand, words: string) {
    const { view } = this;
    if (view === null) return nothing;
    const shown = suffix === "_rules" ? this.#rules.value : this.#choice.value;
    const isThere = view.state === "fresh" ? this.relation(suffix)?.rows !== null : shown !== null;
    if (isThere) return nothing;
    return html`<p class="ask-more">
      <seg-button ?busy=${this.#isAtWork && this.#asked.has(suffix)} @click=${() => this.#ask(suffix)}>${words}</seg-button>
    </p>`;
  }

  get #isAtWork(): boolean {
    return this.view?.state === "running" || this.view?.state === "waiting";
  }

  /** A newer run takes the place of one that goes: it computes what that one was asked for as well. */
  #ask(suffix: OnDemand): void {
    const { session, view } = this;
    if (session === null || view === null) return;
    this.#asked = new Set([...(this.#isAtWork ? this.#asked : []), suffix]);
    void session.run([...this.#asked].map((asked) => `${view.id}${asked}`));
  }

  #cut(k: number): void {
    const { session, view } = this;
    if (session === null || view === null) return;
    const merges = this.#merges.value;
    const before = {
      k: this.#profile.value === null ? k : this.#heat(this.#profile.value).rows.length,
      names: clusterNames(view.body),
    };
    if (k === before.k && field(view.body, "k") === k) return;
    const names = k === before.k ? before.names : merges === null ? {} : namesAt(mergesOf(merges), before, k);
    this.#change(`Cut ${view.id} at ${k}`, cutAt(session.notebook.text, view.id, { k, names }));
  }

  #name(number: number, name: string): void {
    const { session, view } = this;
    if (session === null || view === null) return;
    const text = setScalar(session.notebook.text, view.id, ["names", String(number)], name);
    this.#change(`Named cluster ${number} ${name}`, text);
  }

  #transform(columns: readonly TransformOf[]): void {
    const { session, view } = this;
    if (session === null || view === null) return;
    const words = columns.map(
      ({ column, transform }) => `${column} ${transform === "none" ? "as it is" : `by ${transform}`}`,
    );
    this.#change(`Compared ${words.join(", ")}`, transformAt(session.notebook.text, view.id, columns));
  }

  #makeSegment(line: ClusterWords): void {
    emit(this, "make-segment", { cell: this.view?.id, name: line.name, rule: line.rule?.text });
  }

  /** Changes the cell's text; what is shown of it is computed again with it. */
  #change(label: string, text: Edited): void {
    const id = this.view?.id ?? "";
    const shown: OnDemand[] = [
      ...(this.#rules.value === null ? [] : (["_rules"] as const)),
      ...(this.#choice.value === null ? [] : (["_choice"] as const)),
    ];
    this.#asked = new Set([...shown, ...(this.#isAtWork ? this.#asked : [])]);
    emit(this, "change-text", { label, text, run: [id, ...[...this.#asked].map((asked) => `${id}${asked}`)] });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-output": SegClusterOutput;
  }
}
