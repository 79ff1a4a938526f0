import { css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { alertParts, alertStatus, isCount, metricWords } from "../../../server/figures/alert-words.ts";
import { type Alert, alertsOf } from "../../../server/figures/alerts.ts";
import { type Comparison, comparisonLimits } from "../../../server/figures/comparison-limits.ts";
import { flowsOf } from "../../../server/figures/flows.ts";
import { formatCount, formatNumber } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import { isLearning, learningWords } from "../../../server/figures/learning-words.ts";
import { makeUpOf } from "../../../server/figures/make-up.ts";
import { rowsAbout } from "../../../server/figures/rows-of.ts";
import { field } from "../../../server/figures/segmentation.ts";
import { periodKind } from "../../../server/figures/series-period.ts";
import { type Series, seriesOf } from "../../../server/figures/series-points.ts";
import { weeksOf } from "../../../server/figures/series-weeks.ts";
import type { SeriesUnit } from "../../../server/figures/series-words.ts";
import { waterfallsOf } from "../../../server/figures/waterfall.ts";
import { weekdayPattern } from "../../../server/figures/weekday-pattern.ts";
import type { ResultPage } from "../../../server/run/view.ts";
import { CellOutput } from "../../cells/output.ts";
import { notRun } from "../../cells/relation-table.ts";
import "../../parts/button.ts";
import { oneOf } from "../../parts/one-of.ts";
import "../../parts/pill.ts";
import type { SeriesNote } from "../../parts/series-chart.ts";
import "../../parts/series-chart.ts";
import { AllRows } from "../../state/relation.ts";
import { routeHref } from "../../state/route.ts";
import type { SeriesRef } from "../../state/series-ref.ts";
import { figuresTable } from "../../theme/figures-table.ts";
import { beforeAndAfter } from "./before-after.ts";
import "./evidence.ts";
import { makeUpTable } from "./made-of.ts";
import { flowsTable } from "./people-moved.ts";
import "./rows.ts";
import { sectionStyle } from "./section-style.ts";
import "./waterfall.ts";
import "./weekdays.ts";
import "./weeks.ts";

const COMPARED = [
  ["none", "expected"],
  ["p", "p-chart"],
  ["laney", "Laney p′"],
] as const;

const MOST_POINTS = 400_000;
const MOST = 20_000;

/** Everything that is known of one watched series. Event: none; what it offers are links. */
@customElement("seg-one-series")
export class SegOneSeries extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    figuresTable,
    sectionStyle,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2) var(--gap-4);
        margin: 0 0 var(--gap-3);
        color: var(--ink-2);
      }
      .line a[aria-current] {
        color: var(--ink);
        font-weight: 600;
        text-decoration: none;
      }
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
      ol {
        margin: 0;
        padding: 8px 14px 8px 34px;
        color: var(--ink-2);
      }
    `,
  ];

  @property({ attribute: false }) series: SeriesRef | null = null;
  /** What happened, by whoever wrote it down. */
  @property({ attribute: false }) notes: readonly SeriesNote[] = [];
  @state() private comparison: Comparison = "none";
  @state() private asked: string | null = null;

  readonly #alerts = new AllRows(this, () => this.reading(), { most: MOST });
  readonly #points = new AllRows(this, () => this.reading("_series"), { most: MOST_POINTS });
  readonly #parts = new AllRows(this, () => this.reading("_parts"), { most: MOST });
  readonly #counts = new AllRows(this, () => this.reading("_counts"), { most: MOST_POINTS });
  readonly #flows = new AllRows(this, () => this.reading("_flows"), { most: MOST });
  readonly #makeUp = new AllRows(this, () => this.reading("_make_up"), { most: MOST });
  readonly #control = new AllRows(this, () => this.reading("_control"), { most: MOST });
  readonly #sight = new AllRows(this, () => this.reading("_sight"), { most: MOST });
  readonly #staleness = new AllRows(this, () => this.reading("_staleness"), { most: MOST });
  readonly #aside = new AllRows(this, () => this.reading("_set_aside"), { most: MOST });

  /** Points are read once, however often the page is told something. */
  #drawn: { readonly page: ResultPage; readonly all: readonly Series[] } | null = null;

  override render() {
    const about = this.series;
    const all = this.#all();
    if (about === null) return nothing;
    if (all === null) return notRun(this, this.#points);
    const one = all.find(({ segment, metric }) => segment === about.segment && metric === about.metric);
    if (one === undefined) {
      return html`<p>This monitor has no ${metricWords(about.metric)} of “${about.segment}”: the segment may have another name by now, or the metric is not watched.</p>`;
    }
    const alerts = this.#alerts.value === null ? [] : alertsOf(this.#alerts.value);
    const own = alerts.filter(({ segment, metric }) => segment === about.segment && metric === about.metric);
    const alert = own[0] ?? null;
    return html`${this.#others(all, about)} ${this.#stands(one, alert)} ${this.#course(one, alert)}
      ${alert === null ? nothing : beforeAndAfter(alert)} ${this.#taken(alert)} ${this.#evidence(one, alert)}
      ${this.#weekdays(all, one, alerts)} ${this.#size(all, about)} ${this.#movement(about)}
      ${this.#made(about)} ${this.#aboutIt(about)} ${this.#table(one)}`;
  }

  #all(): readonly Series[] | null {
    const page = this.#points.value;
    if (page === null) return null;
    if (this.#drawn?.page !== page) this.#drawn = { page, all: seriesOf(page) };
    return this.#drawn.all;
  }

  /** The other metrics of the segment. */
  #others(all: readonly Series[], { segment, metric }: SeriesRef) {
    const metrics = all.filter((series) => series.segment === segment).map((series) => series.metric);
    if (metrics.length < 2) return nothing;
    return html`<nav class="line" aria-label=${`Metrics of ${segment}`}>
      ${metrics.map(
        (each) =>
          html`<a href=${this.#seriesPage(segment, each)} aria-current=${each === metric ? "page" : nothing}>${metricWords(each)}</a>`,
      )}
    </nav>`;
  }

  /** How it stands, in a sentence. */
  #stands(one: Series, alert: Alert | null) {
    const stale = this.#about(this.#staleness, one)?.rows.length ?? 0;
    if (alert !== null) {
      const { title, detail } = alertParts(alert);
      const tone = alert.tier === "watch" ? "stale" : "failed";
      return html`<p><b class=${alert.direction}>${alert.direction === "down" ? "▼" : "▲"} ${title}</b> <seg-pill tone=${tone}>${alert.tier}</seg-pill></p>
        <p>${detail}</p>`;
    }
    if (isLearning(one))
      return html`<p>It is ${learningWords(one, { baseline: this.#baseline(), period: periodKind([one]) })}: nothing is judged before that.</p>`;
    return html`<p>${stale > 0 ? "Nothing new is judged while its data does not come." : "It is steady: nothing speaks for a change."}</p>`;
  }

  #baseline(): number | null {
    const written = field(this.cell?.body ?? null, "baseline");
    return typeof written === "number" ? written : 42;
  }

  #course(one: Series, alert: Alert | null) {
    const unit = unitOf(one);
    const limits = this.comparison === "none" ? null : comparisonLimits(one.points, this.comparison);
    const name = COMPARED.find(([value]) => value === this.comparison)?.[1] ?? "";
    const change =
      alert?.changeAt == null
        ? null
        : { at: alert.changeAt, from: alert.changeFrom, to: alert.changeTo, direction: alert.direction };
    return html`<section aria-label="Course">
      <h2>What came, and what was expected</h2>
      <div class="card">
        ${
          unit === "count"
            ? nothing
            : html`<div class="tabs" role="group" aria-label="Limits">
                <span class="words">limits</span>${oneOf(COMPARED, this.comparison, (comparison) => {
                  this.comparison = comparison;
                })}
              </div>`
        }
        <div class="pad">
          <seg-series-chart
            name=${`${one.segment}, ${metricWords(one.metric)}`}
            .points=${one.points}
            .change=${change}
            .unit=${unit}
            .limits=${limits === null ? null : { ...limits, name: `3 σ limits, ${name}` }}
            .notes=${this.notes}
            status=${alert === null ? "" : alertStatus(alert)}
            @ask=${(event: CustomEvent<{ period: string | null }>) => {
              this.asked = event.detail.period;
            }}
          ></seg-series-chart>
        </div>
        ${this.comparison === "none" ? nothing : html`<p class="pad rule">${comparedWords(limits, name)}</p>`}
        ${this.notes.length === 0 ? nothing : html`<ol class="rule">${this.notes.map(({ period, text }) => html`<li>${formatDay(period)}: ${text}</li>`)}</ol>`}
        ${this.#asked(one)}
      </div>
    </section>`;
  }

  /** What a period is made of. */
  #asked(one: Series) {
    const period = this.asked;
    const point = one.points.find((each) => each.period === period);
    if (point === undefined) return nothing;
    const counts = this.#about(this.#counts, one);
    const at = counts?.columns.findIndex(({ name }) => name === "period") ?? -1;
    const rows = counts?.rows.filter((row) => row[at] === period) ?? [];
    const sends = field(this.cell?.body ?? null, "sends") ?? field(this.cell?.body ?? null, "counts");
    return html`<div class="rule">
      <p class="pad">
        ${formatDay(point.period)}:
        ${point.delivered === null ? "" : `${formatCount(point.events ?? 0)} of ${formatCount(point.delivered)}.`}
        ${typeof sends === "string" ? html`Its rows are in <a href=${routeHref({ page: "notebook", path: this.session?.path ?? "", cell: sends })}>${sends}</a>.` : nothing}
      </p>
      ${counts === null || rows.length === 0 ? nothing : html`<seg-few-rows .page=${known({ columns: counts.columns, rows })} label="What it is made of"></seg-few-rows>`}
    </div>`;
  }

  #taken(alert: Alert | null) {
    const relation = this.relation("_parts");
    if (alert === null || relation === null || isCount(alert.metric)) return nothing;
    const page = this.#parts.value;
    const waterfalls = page === null ? [] : waterfallsOf(page, alert);
    if (relation.key !== null && page !== null && waterfalls.length === 0) return nothing;
    return html`<section aria-label="Why it moved">
      <h2>Why it moved</h2>
      <div class="card">
        ${relation.key === null ? this.#wanting("_parts", "Take it apart") : html`<seg-waterfall .waterfalls=${waterfalls}></seg-waterfall>`}
      </div>
    </section>`;
  }

  #evidence(one: Series, alert: Alert | null) {
    if (one.points.every(({ evidence }) => evidence === null)) return nothing;
    return html`<section aria-label="Evidence">
      <h2>How strongly it speaks for a change</h2>
      <div class="card pad">
        <seg-evidence-chart .points=${one.points} .since=${alert?.changeAt ?? null}></seg-evidence-chart>
      </div>
    </section>`;
  }

  #weekdays(all: readonly Series[], one: Series, alerts: readonly Alert[]) {
    const until = ({ segment, metric }: Series) =>
      alerts.find((each) => each.segment === segment && each.metric === metric)?.changeAt ?? null;
    const days = weekdayPattern(all, one, until);
    if (days === null) return nothing;
    return html`<section aria-label="Weekdays">
      <h2>Weekdays, before anything changed</h2>
      <div class="card"><seg-weekdays .days=${days} .unit=${unitOf(one)}></seg-weekdays></div>
    </section>`;
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

  /** What else was found of it, as it stands in the relations. */
  #aboutIt(about: SeriesRef) {
    const tables = [
      ["Control", "Those who were held out", this.#control],
      ["Staleness", "Whether its data comes", this.#staleness],
      ["Sight", "What could not have been seen", this.#sight],
      ["Set aside", "Counts that can't be", this.#aside],
    ] as const;
    return tables.map(([label, heading, read]) => {
      const page = this.#about(read, about);
      if (page === null || page.rows.length === 0) return nothing;
      return html`<section aria-label=${label}>
        <h2>${heading}</h2>
        <div class="card"><seg-few-rows .page=${page} label=${heading}></seg-few-rows></div>
      </section>`;
    });
  }

  #table(one: Series) {
    const period = periodKind([one]);
    return html`<section aria-label="Week by week">
      <h2>${period === "send" ? "Send by send" : "Week by week"}</h2>
      <div class="card">
        <seg-weeks
          .weeks=${weeksOf(one, period)}
          .unit=${unitOf(one)}
          noun=${period === "send" ? "send" : "week"}
          name=${`${one.segment} ${metricWords(one.metric)}`}
        ></seg-weeks>
      </div>
    </section>`;
  }

  #about(read: AllRows, about: { segment: string; metric: string }) {
    return read.value === null ? null : rowsAbout(read.value, about);
  }

  /** A relation that is computed only when it is asked for. */
  #wantingSection(suffix: string, heading: string, words: string) {
    if (this.relation(suffix) === null || this.relation(suffix)?.key !== null) return nothing;
    return html`<section aria-label=${heading}>
      <h2>${heading}</h2>
      <div class="card">${this.#wanting(suffix, words)}</div>
    </section>`;
  }

  #wanting(suffix: string, words: string) {
    const { view } = this;
    const isBusy = view?.state === "running" || view?.state === "waiting";
    return html`<p class="pad">
      <seg-button ?busy=${isBusy} @click=${() => void this.session?.run([`${view?.id}${suffix}`])}>${words}</seg-button>
    </p>`;
  }

  #seriesPage(segment: string, metric: string): string {
    const series = { cell: this.view?.id ?? "", segment, metric };
    return routeHref({ page: "series", path: this.session?.path ?? "", series });
  }

  /** The page of a segment, where one of the cells that the monitor reads has it. */
  #segmentPage(segment: string): string | null {
    const cells = this.session?.notebook.cells ?? [];
    const reads = this.view?.reads ?? [];
    const cell = cells.find(({ id, body }) => reads.includes(id) && hasSegment(body, segment));
    if (cell === undefined) return null;
    const segments = [{ cell: cell.id, name: segment }];
    return routeHref({ page: "segment", path: this.session?.path ?? "", segments });
  }
}

function hasSegment(body: unknown, segment: string): boolean {
  return ["segments", "bands"].some((key) => {
    const names = field(body, key);
    return typeof names === "object" && names !== null && Object.hasOwn(names, segment);
  });
}

function unitOf({ metric }: Series): SeriesUnit {
  return isCount(metric) ? "count" : "share";
}

/** Columns of which something is known. */
function known({ columns, rows }: Pick<ResultPage, "columns" | "rows">): Pick<ResultPage, "columns" | "rows"> {
  const kept = columns.flatMap((_, index) => (rows.some((row) => row[index] != null) ? [index] : []));
  return {
    columns: kept.flatMap((index) => columns[index] ?? []),
    rows: rows.map((row) => kept.map((index) => row[index] ?? null)),
  };
}

function comparedWords(limits: { outside: number; spread: number } | null, name: string): string {
  if (limits === null) return "These limits need a baseline of at least three periods with events.";
  const times = limits.outside === 1 ? "one period" : `${formatCount(limits.outside)} periods`;
  const wider = name.startsWith("Laney")
    ? ` Laney's limits are ${formatNumber(limits.spread, { digits: 2 })} times as wide as a binomial's.`
    : "";
  return `For comparison: after the baseline ${times} would be called out of control.${wider} Neither knows weekdays, nor how often it is looked at.`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-one-series": SegOneSeries;
  }
}
