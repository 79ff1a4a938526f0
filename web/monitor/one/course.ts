import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { alertStatus, isCount, metricWords } from "../../../server/figures/alert-words.ts";
import type { Alert } from "../../../server/figures/alerts.ts";
import { type Comparison, comparisonLimits } from "../../../server/figures/comparison-limits.ts";
import { formatCount, formatNumber } from "../../../server/figures/format.ts";
import { formatDay } from "../../../server/figures/format-time.ts";
import type { Series, SeriesPoint } from "../../../server/figures/series-points.ts";
import { newestPoints } from "../../../server/figures/series-tiles.ts";
import type { ResultPage } from "../../../server/run/view.ts";
import { oneOf } from "../../parts/one-of.ts";
import "../../parts/series-chart.ts";
import type { SeriesNote } from "../../parts/series-chart.ts";
import type { Session } from "../../state/session.ts";
import { base } from "../../theme/base.ts";
import "./cohort.ts";
import "./rows.ts";
import { sectionStyle } from "./section-style.ts";

const COMPARED = [
  ["none", "expected"],
  ["p", "p-chart"],
  ["laney", "Laney p′"],
] as const;

const SPANS = [
  ["recent", "newest"],
  ["all", "every period"],
] as const;

/** Where the sends of a series' periods are asked for. */
export interface SendsAt {
  readonly session: Session;
  readonly cell: string;
  /** Of the result that the series is of. */
  readonly key: string;
}

/** The course of a series, with what another way of watching would say, and what a period of it is made of. */
@customElement("seg-series-course")
export class SegSeriesCourse extends LitElement {
  static override styles = [
    base,
    sectionStyle,
    css`
      :host {
        display: block;
      }
      ol {
        margin: 0;
        padding: 8px 14px 8px 34px;
        color: var(--ink-2);
      }
    `,
  ];

  @property({ attribute: false }) series: Series | null = null;
  @property({ attribute: false }) alert: Alert | null = null;
  /** What happened, by whoever wrote it down. */
  @property({ attribute: false }) notes: readonly SeriesNote[] = [];
  /** What the periods of its segment are made of; null where that is not told. */
  @property({ attribute: false }) counts: Pick<ResultPage, "columns" | "rows"> | null = null;
  /** Where the sends of a period are asked for, by the monitor's cell and the key of its result; null where there are none. */
  @property({ attribute: false }) sends: SendsAt | null = null;
  /** The relation that was counted and its address. */
  @property({ attribute: false }) source: { readonly name: string; readonly href: string } | null = null;
  @state() private comparison: Comparison = "none";
  @state() private span: "recent" | "all" = "recent";
  @state() private asked: string | null = null;

  override render() {
    const { series, alert } = this;
    if (series === null) return nothing;
    const unit = isCount(series.metric) ? ("count" as const) : ("share" as const);
    const name = COMPARED.find(([value]) => value === this.comparison)?.[1] ?? "";
    const all = this.comparison === "none" ? null : comparisonLimits(series.points, this.comparison);
    const newest = newestPoints(series.points, alert?.changeAt ?? null);
    const shown = this.span === "all" ? series.points : newest;
    const cut = series.points.length - shown.length;
    const limits =
      all === null ? null : { name: `3 σ limits, ${name}`, limits: all.limits.slice(cut), out: all.out.slice(cut) };
    const notes = this.notes.filter(({ period, to }) => (to ?? period) >= (shown[0]?.period ?? ""));
    const isLong = newest.length < series.points.length;
    return html`${unit === "count" && !isLong ? nothing : this.#choices({ unit, isLong })}
      <div class="pad">
        <seg-series-chart
          name=${`${series.segment}, ${metricWords(series.metric)}`}
          .points=${shown}
          .change=${changeOf(alert)}
          .levels=${alert === null || alert.before === null || alert.after === null ? null : { before: alert.before, after: alert.after }}
          .unit=${unit}
          .limits=${limits}
          .notes=${notes}
          status=${alert === null ? "" : alertStatus(alert)}
          hint=${`Point at a period, or go along them by the arrow keys; a click or Enter tells ${this.sends === null ? "what it is made of" : "the sends that it is made of"}.`}
          @ask=${(event: CustomEvent<{ period: string | null }>) => {
            this.asked = event.detail.period;
          }}
        ></seg-series-chart>
      </div>
      ${this.comparison === "none" ? nothing : html`<p class="pad rule">${comparedWords(all, this.comparison)}</p>`}
      ${notes.length === 0 ? nothing : html`<ol class="rule">${notes.map(({ period, to, text }) => html`<li>${to === null ? formatDay(period) : `${formatDay(period)} to ${formatDay(to)}`}: ${text}</li>`)}</ol>`}
      ${this.#made(series.points.find(({ period }) => period === this.asked))}`;
  }

  /** What it is drawn with, where there is something to choose. */
  #choices({ unit, isLong }: { unit: "count" | "share"; isLong: boolean }) {
    return html`<div class="tabs">
        ${
          unit === "count"
            ? nothing
            : this.#choice("Limits", COMPARED, this.comparison, (value) => {
                this.comparison = value;
              })
        }
        ${
          isLong
            ? this.#choice("Periods", SPANS, this.span, (value) => {
                this.span = value;
              })
            : nothing
        }
      </div>`;
  }

  #choice<Value extends string>(
    label: string,
    entries: readonly (readonly [Value, string])[],
    now: Value,
    choose: (value: Value) => void,
  ) {
    return html`<span role="group" aria-label=${label}>
      <span class="words">${label}</span>${oneOf(entries, now, choose)}
    </span>`;
  }

  /** What a period is made of. */
  #made(point: SeriesPoint | undefined) {
    if (point === undefined) return nothing;
    const at = this.counts?.columns.findIndex(({ name }) => name === "period") ?? -1;
    const rows = this.counts?.rows.filter((row) => row[at] === point.period) ?? [];
    const { delivered, events } = point;
    return html`<div class="rule" role="status">
      <p class="pad">
        ${formatDay(point.period)}${delivered === null ? "" : `: ${formatCount(events ?? 0)} of ${formatCount(delivered)}`}.
        ${this.source === null ? nothing : html`It was counted from <a href=${this.source.href}>${this.source.name}</a>.`}
      </p>
      ${
        this.counts === null || rows.length === 0
          ? nothing
          : html`<seg-few-rows .page=${told({ columns: this.counts.columns, rows })} label="What the period is made of"></seg-few-rows>`
      }
    </div>
    ${this.#sends(point)}`;
  }

  #sends({ period, delivered }: SeriesPoint) {
    const { series, sends } = this;
    if (series === null || sends === null || delivered === null) return nothing;
    const { segment, metric } = series;
    const at = { segment, metric, cell: sends.cell, key: sends.key, from: period, to: period };
    return html`<section class="rule" aria-label="Sends of the period">
      <seg-cohort .session=${sends.session} .at=${at}></seg-cohort>
    </section>`;
  }
}

function changeOf(alert: Alert | null) {
  if (alert?.changeAt == null) return null;
  return { at: alert.changeAt, from: alert.changeFrom, to: alert.changeTo, direction: alert.direction };
}

/** Columns of which something is told that is not said above. */
function told({ columns, rows }: Pick<ResultPage, "columns" | "rows">): Pick<ResultPage, "columns" | "rows"> {
  const kept = columns.flatMap(({ name }, index) =>
    name !== "period" && rows.some((row) => row[index] != null) ? [index] : [],
  );
  return {
    columns: kept.flatMap((index) => columns[index] ?? []),
    rows: rows.map((row) => kept.map((index) => row[index] ?? null)),
  };
}

function comparedWords(limits: { outside: number; spread: number } | null, comparison: Comparison): string {
  if (limits === null) return "These limits need a baseline of at least three periods with events.";
  const times = limits.outside === 1 ? "one period" : `${formatCount(limits.outside)} periods`;
  const wider =
    comparison === "laney"
      ? ` Laney's limits are ${formatNumber(limits.spread, { digits: 2 })} times as wide as a binomial's.`
      : "";
  return `For comparison: after the baseline ${times} would be called out of control.${wider} Such limits know no weekdays, nor how often they are looked at.`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-series-course": SegSeriesCourse;
  }
}
