import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { isCount, metricWords } from "../../../server/figures/alert-words.ts";
import { type Alert, alertsOf } from "../../../server/figures/alerts.ts";
import { baselineOf } from "../../../server/figures/learning-words.ts";
import { rowsAbout } from "../../../server/figures/rows-of.ts";
import { field } from "../../../server/figures/segmentation.ts";
import { periodKind } from "../../../server/figures/series-period.ts";
import { type Series, seriesOf } from "../../../server/figures/series-points.ts";
import { weeksOf } from "../../../server/figures/series-weeks.ts";
import type { SeriesUnit } from "../../../server/figures/series-words.ts";
import { staleOf } from "../../../server/figures/staleness.ts";
import { waterfallsOf } from "../../../server/figures/waterfall.ts";
import { weekdayPattern } from "../../../server/figures/weekday-pattern.ts";
import type { ResultPage } from "../../../server/run/view.ts";
import { CellOutput } from "../../cells/output.ts";
import { notRun } from "../../cells/relation-table.ts";
import type { SeriesNote } from "../../parts/series-chart.ts";
import "../../parts/skeleton.ts";
import { AllRows, type Reading } from "../../state/relation.ts";
import { routeHref } from "../../state/route.ts";
import type { SeriesRef } from "../../state/series-ref.ts";
import { figuresTable } from "../../theme/figures-table.ts";
import "./course.ts";
import "./around.ts";
import { beforeAndAfter } from "./before-after.ts";
import "./evidence.ts";
import { sectionStyle } from "./section-style.ts";
import { stands } from "./stands.ts";
import "./waterfall.ts";
import "./weekdays.ts";
import { wanting } from "./wanting.ts";
import "./weeks.ts";

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
      td.words {
        width: 99%;
        text-align: left;
        white-space: normal;
      }
    `,
  ];

  @property({ attribute: false }) series: SeriesRef | null = null;
  /** Where its alert is told. */
  @property() told: "in the inbox" | "here" = "here";
  /** What happened, by whoever wrote it down. */
  @property({ attribute: false }) notes: readonly SeriesNote[] = [];

  readonly #alerts = new AllRows(this, () => this.reading(), { most: MOST });
  readonly #points = new AllRows(this, () => this.#own("_series"), { most: MOST_POINTS });
  readonly #parts = new AllRows(this, () => this.#own("_parts"), { most: MOST });
  readonly #counts = new AllRows(this, () => this.#own("_counts"), { most: MOST_POINTS });
  readonly #staleness = new AllRows(this, () => this.#own("_staleness"), { most: MOST });
  readonly #pooled = new AllRows(this, () => this.#alike(), { most: MOST_POINTS });

  /** Points are read once, however often the page is told something. */
  readonly #drawn = new WeakMap<ResultPage, readonly Series[]>();

  override render() {
    const about = this.series;
    const all = this.#seriesIn(this.#points);
    if (about === null) return nothing;
    if (all === null) return notRun(this, this.#points);
    const one = all.find(({ segment, metric }) => segment === about.segment && metric === about.metric);
    // What was read last is another segment's while this one's is on its way.
    if (one === undefined && this.#points.pending) return html`<seg-skeleton kind="chart"></seg-skeleton>`;
    if (one === undefined) {
      return html`<p>This monitor has no ${metricWords(about.metric)} of “${about.segment}”: the segment may have another name by now, or the metric is not watched.</p>`;
    }
    const alerts = this.#alerts.value === null ? [] : alertsOf(this.#alerts.value);
    const own = alerts.filter(({ segment, metric }) => segment === about.segment && metric === about.metric);
    const alert = own[0] ?? null;
    const stale = this.#staleness.value === null ? [] : staleOf(this.#staleness.value);
    const paused = stale.find(({ segment }) => segment === about.segment) ?? null;
    const { session, cell, view } = this;
    return html`${this.#others(all, about)} ${stands(one, { alert, told: this.told, stale: paused, baseline: baselineOf(this.view?.body) })} ${this.#course(one, alert)}
      ${alert === null ? nothing : beforeAndAfter(alert)} ${this.#taken(alert)} ${this.#evidence(one, alert)}
      ${this.#weekdays(one, alerts)}
      <seg-series-around .session=${session} .cell=${cell} .view=${view} .series=${about} .all=${all}></seg-series-around>
      ${this.#table(one)}`;
  }

  /** What a relation says of the segment: of two hundred others there may be a hundred thousand rows more. */
  #own(suffix: string): Reading | null {
    const reading = this.reading(suffix);
    return reading === null || this.series === null ? null : { ...reading, where: { segment: this.series.segment } };
  }

  /** All series of the metric, whose weekdays are pooled: the page is drawn before they are there. */
  #alike(): Reading | null {
    const reading = this.reading("_series");
    if (reading === null || this.series === null || this.#points.value === null) return null;
    return { ...reading, where: { metric: this.series.metric }, urgency: "later" };
  }

  #seriesIn(read: AllRows): readonly Series[] | null {
    const page = read.value;
    if (page === null) return null;
    const known = this.#drawn.get(page) ?? seriesOf(page);
    this.#drawn.set(page, known);
    return known;
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

  #course(one: Series, alert: Alert | null) {
    const body = this.view?.body;
    const source = field(body, "sends") ?? field(body, "counts");
    return html`<section aria-label="Course">
      <h2>What came, and what was expected</h2>
      <div class="card">
        <seg-series-course
          .series=${one}
          .alert=${alert}
          .notes=${this.notes}
          .counts=${this.#about(this.#counts, one)}
          .sends=${this.#sends(one)}
          .source=${typeof source === "string" ? { name: source, href: routeHref({ page: "notebook", path: this.session?.path ?? "", cell: source }) } : null}
        ></seg-series-course>
      </div>
    </section>`;
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
        ${relation.key === null ? wanting(this, "_parts", "Take it apart") : html`<seg-waterfall .waterfalls=${waterfalls}></seg-waterfall>`}
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

  #weekdays(one: Series, alerts: readonly Alert[]) {
    const until = ({ segment, metric }: Series) =>
      alerts.find((each) => each.segment === segment && each.metric === metric)?.changeAt ?? null;
    const days = weekdayPattern(this.#seriesIn(this.#pooled) ?? [], one, until);
    if (days === null) return nothing;
    return html`<section aria-label="Weekdays">
      <h2>Weekdays, before anything changed</h2>
      <div class="card"><seg-weekdays .days=${days} .unit=${unitOf(one)} ?reading=${this.#pooled.pending}></seg-weekdays></div>
    </section>`;
  }

  #table(one: Series) {
    const period = periodKind([one]);
    return html`<section aria-label="Week by week">
      <h2>${period === "send" ? "Send by send" : "Week by week"}</h2>
      <div class="card">
        <seg-weeks
          .weeks=${weeksOf(one, period)}
          .unit=${unitOf(one)}
          .series=${one}
          .sends=${this.#sends(one)}
          noun=${period === "send" ? "send" : "week"}
          name=${`${one.segment} ${metricWords(one.metric)}`}
        ></seg-weeks>
      </div>
    </section>`;
  }

  /** Where its periods' sends are asked for: a size has none. */
  #sends(one: Series) {
    const { session } = this;
    const key = this.relation("_series")?.key ?? null;
    if (session === null || key === null || isCount(one.metric)) return null;
    return { session, cell: this.view?.id ?? "", key };
  }

  #about(read: AllRows, about: { segment: string; metric: string }) {
    return read.value === null ? null : rowsAbout(read.value, about);
  }

  #seriesPage(segment: string, metric: string): string {
    const series = { cell: this.view?.id ?? "", segment, metric };
    return routeHref({ page: "series", path: this.session?.path ?? "", series });
  }
}

function unitOf({ metric }: Series): SeriesUnit {
  return isCount(metric) ? "count" : "share";
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-one-series": SegOneSeries;
  }
}
