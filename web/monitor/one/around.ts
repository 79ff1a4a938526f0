import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { controlRows } from "../../../server/figures/control-rows.ts";
import { flowsOf } from "../../../server/figures/flows.ts";
import { makeUpOf } from "../../../server/figures/make-up.ts";
import { rowsAbout, wordsApart } from "../../../server/figures/rows-of.ts";
import { field } from "../../../server/figures/segmentation.ts";
import type { Series } from "../../../server/figures/series-points.ts";
import { toldWords } from "../../../server/figures/told-words.ts";
import { CellOutput } from "../../cells/output.ts";
import "../../parts/series-chart.ts";
import { AllRows, type Reading } from "../../state/relation.ts";
import { routeHref } from "../../state/route.ts";
import type { SeriesRef } from "../../state/series-ref.ts";
import { figuresTable } from "../../theme/figures-table.ts";
import { makeUpTable } from "./made-of.ts";
import { flowsTable } from "./people-moved.ts";
import "./rows.ts";
import { sectionStyle } from "./section-style.ts";
import { wanting } from "./wanting.ts";

const MOST = 20_000;

/** What is known of the segment around one of its series: its size, who came and went, what they are like, and what else was found. */
@customElement("seg-series-around")
export class SegSeriesAround extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    figuresTable,
    sectionStyle,
    css`
      svg.course {
        vertical-align: middle;
      }
      .chance {
        fill: var(--band);
      }
      .psi {
        fill: none;
        stroke: var(--ink-2);
        stroke-width: 1.3;
      }
    `,
  ];

  @property({ attribute: false }) series: SeriesRef | null = null;
  /** Every series of the segment. */
  @property({ attribute: false }) all: readonly Series[] = [];

  readonly #flows = new AllRows(this, () => this.reading("_flows"), { most: MOST });
  readonly #makeUp = new AllRows(this, () => this.#own("_make_up"), { most: MOST });
  readonly #control = new AllRows(this, () => this.#own("_control"), { most: MOST });
  readonly #sight = new AllRows(this, () => this.#own("_sight"), { most: MOST });
  readonly #aside = new AllRows(this, () => this.#own("_set_aside"), { most: MOST });

  /** Relations that were asked for here. */
  readonly #asked = new Set<string>();

  /** What a relation says of the segment. */
  #own(suffix: string): Reading | null {
    const reading = this.reading(suffix);
    return reading === null || this.series === null ? null : { ...reading, where: { segment: this.series.segment } };
  }

  override render() {
    const about = this.series;
    if (about === null) return nothing;
    return html`${this.#size(this.all, about)} ${this.#movement(about)} ${this.#made(about)} ${this.#aboutIt(about)}`;
  }

  #size(all: readonly Series[], { segment, metric }: SeriesRef) {
    const size = metric === "size" ? undefined : all.find((each) => each.segment === segment && each.metric === "size");
    const segmentsPage = this.#segmentPage(segment);
    if (size === undefined && segmentsPage === null) return nothing;
    return html`<section aria-label="Size">
      <h2>Size</h2>
      <div class="card">
        ${size === undefined ? nothing : html`<div class="pad"><seg-series-chart name=${`${segment}, size`} .points=${size.points} unit="count"></seg-series-chart></div>`}
        ${segmentsPage === null ? nothing : html`<p class="pad ${size === undefined ? "" : "rule"}">Who is in it, and how many were at each refresh: <a href=${segmentsPage}>all about ${segment}</a>.</p>`}
      </div>
    </section>`;
  }

  #movement({ segment, metric }: SeriesRef) {
    const flows = this.#flows.value === null ? [] : flowsOf(this.#flows.value, segment);
    if (flows.length === 0) return this.#wantingSection("_flows", "Who came and went", "Count who came and went");
    return html`<section aria-label="Flows">
      <h2>Who came and went</h2>
      <div class="card">${flowsTable(flows, (other) => this.#segmentPage(other) ?? this.#seriesPage(other, metric))}</div>
    </section>`;
  }

  #made({ segment }: SeriesRef) {
    const features = this.#makeUp.value === null ? [] : makeUpOf(this.#makeUp.value, segment);
    if (features.length === 0)
      return this.#wantingSection("_make_up", "What its people are like", "Compare with how they were");
    return html`<section aria-label="Make-up">
      <h2>What its people are like, beside how they were</h2>
      <div class="card">${makeUpTable(features)}</div>
    </section>`;
  }

  /** What else was found of it: in its own words where it has some, else as it stands in the relation. */
  #aboutIt(about: SeriesRef) {
    const tables = [
      ["Control", "Those who were held out", this.#control],
      ["Sight", "What could not have been seen", this.#sight],
      ["Set aside", "Counts that can't be", this.#aside],
    ] as const;
    return tables.map(([label, heading, read]) => {
      const page = this.#about(read, about);
      if (page === null || page.rows.length === 0) {
        return label === "Control" ? this.#wantingSection("_control", heading, "Compare with those held out") : nothing;
      }
      const { sentences, rest } = wordsApart(page);
      return html`<section aria-label=${label}>
        <h2>${heading}</h2>
        <div class="card">
          ${sentences.map((sentence) => html`<p class="pad">${toldWords(sentence, about.metric)}</p>`)}
          ${label === "Sight" || rest.columns.length === 0 ? nothing : html`<seg-few-rows .page=${label === "Control" ? controlRows(rest) : rest} label=${heading}></seg-few-rows>`}
        </div>
      </section>`;
    });
  }

  #about(read: AllRows, about: { segment: string; metric: string }) {
    if (read.value === null) return null;
    const { columns, rows } = rowsAbout(read.value, about);
    const message = columns.findIndex(({ name }) => name === "message");
    const said = (cell: (typeof rows)[number][number], index: number) =>
      index === message && typeof cell === "string" ? toldWords(cell, about.metric) : cell;
    return { columns, rows: rows.map((row) => row.map(said)) };
  }

  /** A relation that is computed only when it is asked for. */
  #wantingSection(suffix: string, heading: string, words: string) {
    const relation = this.relation(suffix);
    if (relation === null) return nothing;
    const isAsked = this.#asked.has(suffix);
    if (relation.key !== null && !isAsked) return nothing;
    const found = html`<p class="pad">There is nothing to tell yet: it takes refreshes that were recorded, or people who were held out.</p>`;
    return html`<section aria-label=${heading}>
      <h2>${heading}</h2>
      <div class="card" @click=${() => this.#asked.add(suffix)}>${relation.key === null ? wanting(this, suffix, words) : found}</div>
    </section>`;
  }

  #seriesPage(segment: string, metric: string): string {
    const series = { cell: this.view?.id ?? "", segment, metric };
    return routeHref({ page: "series", path: this.session?.path ?? "", series });
  }

  /** The page of a segment, where one of the cells that the monitor reads has it. */
  #segmentPage(segment: string): string | null {
    const cells = this.session?.cells ?? [];
    const reads = this.view?.reads ?? [];
    const cell = cells.find(({ id, body }) => reads.includes(id) && hasSegment(body, segment));
    if (cell === undefined) return null;
    const segments = [{ cell: cell.id, name: segment }];
    return routeHref({ page: "segment", path: this.session?.path ?? "", segments });
  }
}

function hasSegment(body: unknown, segment: string): boolean {
  const names = field(body, "names");
  if (typeof names === "object" && names !== null && Object.values(names).includes(segment)) return true;
  return ["segments", "bands"].some((key) => {
    const names = field(body, key);
    return typeof names === "object" && names !== null && Object.hasOwn(names, segment);
  });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-series-around": SegSeriesAround;
  }
}
