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
import { clusterWords } from "../../server/figures/cluster-words.ts";
import { numbersBySize } from "../../server/figures/dendrogram-numbers.ts";
import { type Heat, profileHeat } from "../../server/figures/heatmap-rows.ts";
import { withUnits } from "../../server/figures/heatmap-words.ts";
import { field } from "../../server/figures/segmentation.ts";
import type { CellView, ResultPage } from "../../server/run/view.ts";
import "../parts/button.ts";
import "../parts/dendrogram.ts";
import { emit } from "../parts/emit.ts";
import "../parts/parallel.ts";
import { AllRows, Rows } from "../state/relation.ts";
import "./cluster/choice.ts";
import "./cluster/map.ts";
import { Asked, type OnDemand } from "./cluster/on-demand.ts";
import "./cluster/over-time.ts";
import "./cluster/profile.ts";
import "./cluster/scaling.ts";
import type { TransformOf } from "./cluster/cut.ts";
import { type ClusterEdit, cutEdit, nameEdit, transformEdit } from "./cluster/edits.ts";
import "./cluster/line.ts";
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

/** What the run itself says of the number of clusters. */
const JUDGED: ReadonlySet<string> = new Set(["chosen-k", "judged-k", "no-clusters-stand-out"]);

const TABS = [
  ["number", "How many"],
  ["map", "Map"],
  ["lines", "Profiles side by side"],
  ["scaling", "Before and after scaling"],
  ["time", "Over time"],
  ["people", "People"],
] as const;
type Tab = (typeof TABS)[number][0];

@customElement("seg-cluster-output")
export class SegClusterOutput extends CellOutput {
  static override styles = [...CellOutput.styles, clusterStyle];

  @property({ attribute: false }) most = MOST_CLUSTERS;
  @state() private tab: Tab = "number";
  /** The cluster whose people are listed; null for everybody's. */
  @state() private only: string | null = null;

  readonly #asked = new Asked(this);

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
      @ask=${(event: CustomEvent<{ row: string }>) => void this.#showPeople(event.detail.row)}
    ></seg-cluster-profile>`;
  }

  async #showPeople(of: string): Promise<void> {
    this.only = of;
    this.tab = "people";
    await this.updateComplete;
    this.renderRoot.querySelector("seg-people")?.scrollIntoView({ block: "nearest" });
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
    if (this.tab === "time") {
      return html`<seg-cluster-over-time class="pad" .session=${session} .cell=${cell} .view=${view}
        >${this.#wanting("_drift", "Tell what became of each")}</seg-cluster-over-time
      >`;
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
      const judged = this.view?.problems.find(({ code }) => JUDGED.has(code));
      return html`<p class="first">
        ${judged?.message ?? "Nobody has looked yet whether the data has clusters at all."} Each number can be judged by
        how well its clusters part, how well half samples find them again, and beside columns in random order.
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
      @transform=${(event: CustomEvent<{ columns: readonly TransformOf[] }>) =>
        this.#change((text, view) => transformEdit(text, view, event.detail.columns))}
    ></seg-cluster-scaling>`;
  }

  /** A relation that is computed only when it is asked for. */
  #wanting(suffix: OnDemand, words: string) {
    const { view } = this;
    if (view === null) return nothing;
    const isThere = view.state === "fresh" ? this.relation(suffix)?.rows !== null : this.#shown.includes(suffix);
    if (isThere) return nothing;
    return html`<p class="ask-more">
      <seg-button ?busy=${this.#asked.isComing(suffix)} @click=${() => this.#asked.ask(suffix)}>${words}</seg-button>
    </p>`;
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
