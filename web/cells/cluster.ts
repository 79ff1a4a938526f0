import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { withUnits } from "../../server/figures/heatmap-words.ts";
import { setScalar } from "../../server/notebook/edit/set-scalar.ts";
import type { ResultPage } from "../../server/run/view.ts";
import "../parts/button.ts";
import "../parts/dendrogram.ts";
import { emit } from "../parts/emit.ts";
import "../parts/heatmap.ts";
import { clusterManner, clusterNames, mergesOf, qualityOf, rulesOf } from "../../server/figures/cluster-relations.ts";
import { type ClusterWords, clusterWords } from "../../server/figures/cluster-words.ts";
import { type Heat, profileHeat } from "../../server/figures/heatmap-rows.ts";
import { AllRows, Rows } from "../state/relation.ts";
import { cutAt, namesAt } from "./cluster-cut.ts";
import "./cluster-line.ts";
import type { KindOnPage } from "./kinds.ts";
import { CellOutput } from "./output.ts";
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

@customElement("seg-cluster-output")
export class SegClusterOutput extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    css`
      .two {
        display: grid;
        grid-template-columns: minmax(200px, 250px) minmax(0, 1fr);
        gap: var(--gap-4);
      }
      .lines {
        border-top: 1px solid var(--line);
        padding: var(--gap-2) 14px;
      }
      .ask-more {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        padding: 0 10px var(--gap-2);
      }
      @media (max-width: 760px) {
        .two {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) most = MOST_CLUSTERS;

  readonly #profile = new AllRows(this, () => this.reading("_profile"), { most: 5_000 });
  readonly #merges = new Rows(this, () => this.reading("_merges"), {
    limit: SHOWN_MERGES,
    sort: { column: "step", descending: true },
  });
  readonly #validity = new Rows(this, () => this.reading("_validity"), { limit: 100 });
  readonly #rules = new Rows(this, () => this.reading("_rules"), { limit: 100 });

  override render() {
    const { view } = this;
    const profile = this.#profile.value;
    if (profile === null || view === null) return notRun(this, this.#profile);
    const heat = this.#heat(profile);
    const rules = this.#current("_rules", this.#rules.value);
    const lines = clusterWords(heat, rules === null ? new Map() : rulesOf(rules));
    return html`<div class="pad ${this.#merges.value === null ? "" : "two"}">
        ${this.#dendrogram(heat)}
        <seg-heatmap .heat=${heat} kind="segment" label=${`Profile of ${view.id}`} .page=${this.segmentPage}></seg-heatmap>
      </div>
      <div class="lines">${lines.map((line) => this.#line(line))}</div>
      ${this.#more()}`;
  }

  #heat(profile: ResultPage): Heat {
    return withUnits(profileHeat(profile, clusterNames(this.view?.body)));
  }

  /** What was read of a relation, unless the clusters are others by now and it was not computed for them. */
  #current(suffix: string, page: ResultPage | null): ResultPage | null {
    return this.view?.state === "fresh" && this.relation(suffix)?.rows === null ? null : page;
  }

  #dendrogram(heat: Heat) {
    const merges = this.#merges.value;
    if (merges === null) return nothing;
    const { qualities, recommended } = qualityOf(this.#current("_validity", this.#validity.value));
    return html`<seg-dendrogram
      .merges=${mergesOf(merges)}
      .k=${heat.rows.length}
      .most=${this.most}
      .validity=${qualities}
      .recommended=${recommended}
      label=${`Dendrogram of ${this.view?.id ?? ""}`}
      ?read-only=${this.session?.file.readOnly ?? true}
      @cut=${(event: CustomEvent<{ k: number }>) => this.#cut(event.detail.k)}
    ></seg-dendrogram>`;
  }

  #line(line: ClusterWords) {
    return html`<seg-cluster-line
      .words=${line}
      .page=${this.segmentPage}
      .readOnly=${this.session?.file.readOnly ?? true}
      @rename=${(event: CustomEvent<{ name: string }>) =>
        this.#set(
          ["names", String(line.cluster)],
          event.detail.name,
          `Named cluster ${line.cluster} ${event.detail.name}`,
        )}
      @as-segment=${() => emit(this, "make-segment", { cell: this.view?.id, name: line.name, rule: line.rule?.text })}
    ></seg-cluster-line>`;
  }

  /** Relations that are computed only when they are asked for. */
  #more() {
    const { session, view } = this;
    if (session === null || view === null || view.state !== "fresh") return nothing;
    const wanting = (
      [
        ["_rules", "Describe each by a rule"],
        ["_validity", "Compare other numbers of clusters"],
      ] as const
    ).filter(([suffix]) => this.relation(suffix)?.rows === null);
    if (wanting.length === 0) return nothing;
    return html`<div class="ask-more">
      ${wanting.map(
        ([suffix, words]) =>
          html`<seg-button kind="quiet" @click=${() => void session.run([`${view.id}${suffix}`])}>${words}</seg-button>`,
      )}
    </div>`;
  }

  #cut(k: number): void {
    const { session, view } = this;
    if (session === null || view === null) return;
    const merges = this.#merges.value;
    const before = {
      k: this.#profile.value === null ? k : this.#heat(this.#profile.value).rows.length,
      names: clusterNames(view.body),
    };
    const names = merges === null ? {} : namesAt(mergesOf(merges), before, k);
    const text = cutAt(session.notebook.text, view.id, { k, names });
    emit(this, "change-text", { label: `Cut ${view.id} at ${k}`, text, run: view.id });
  }

  #set(path: readonly string[], value: string | number, label: string): void {
    const { session, view } = this;
    if (session === null || view === null) return;
    const text = setScalar(session.notebook.text, view.id, [...path], value);
    emit(this, "change-text", { label, text, run: view.id });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-output": SegClusterOutput;
  }
}
