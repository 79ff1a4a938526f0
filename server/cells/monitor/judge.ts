import type { LoadColumn } from "../../engine/engine.ts";
import { told, watchAll } from "../../monitor/detector/detect.ts";
import { standingOf } from "../../monitor/detector/standing.ts";
import { eValue } from "../../monitor/e-bh.ts";
import type { FoundAlert } from "../../monitor/explain/alert.ts";
import { withMeasurement } from "../../monitor/explain/measurement.ts";
import { type Sight, sightOf } from "../../monitor/explain/sight.ts";
import { rank } from "../../monitor/life/life.ts";
import type { Rebaseline } from "../../monitor/life/model.ts";
import type { Incident, SeriesPoint } from "../../monitor/model.ts";
import type { Cohorts } from "./cohorts.ts";
import { eDetector } from "./kernels.ts";
import { loaded } from "./load-rows.ts";
import type { MonitorBody } from "./schema.ts";
import { incidentColumns, seriesColumns, sightColumns } from "./yields.ts";

/** Alerts, surest first, then the latest, and three relations, by segment, metric and period. */
export interface Judged {
  readonly alerts: readonly FoundAlert[];
  readonly incidents: readonly LoadColumn[];
  readonly series: readonly LoadColumn[];
  readonly sight: readonly LoadColumn[];
}

interface Asked {
  readonly cohorts: readonly Cohorts[];
  readonly body: MonitorBody;
  readonly rebaselines: readonly Rebaseline[];
  /** Metric → what its sentences must say of it. */
  readonly provisos: Readonly<Record<string, string>>;
}

/** Judges each metric. */
export function judge({ cohorts, body, rebaselines, provisos }: Asked, tell: (share: number) => void): Judged {
  const detector = eDetector();
  const found: FoundAlert[] = [];
  const common: Incident[] = [];
  const series: SeriesPoint[] = [];
  const sights: (Sight & { e_value: number | null })[] = [];
  for (const [index, { metric, counts }] of cohorts.entries()) {
    const options = {
      metric,
      period: body.period,
      baseline: body.baseline,
      minRelativeChange: body.min_relative_change,
      proviso: provisos[metric] ?? null,
      eDetector: detector,
      rebaselines: rebaselines.filter((one) => one.metric === null || one.metric === metric),
    };
    const { watched, learnt } = watchAll(counts, options);
    const detection = told(watched, learnt, options);
    found.push(...detection.alerts);
    common.push(...detection.incidents);
    for (const point of detection.series) series.push(point);
    for (const one of watched) {
      const standing = standingOf(one, learnt);
      sights.push({ ...sightOf(one, learnt, options), e_value: standing === null ? null : eValue(standing) });
    }
    tell((index + 1) / cohorts.length);
  }
  const measured = withMeasurement({ alerts: found, incidents: common });
  const [alerts, incidents] = [[...measured.alerts], [...measured.incidents]];
  const order = new Map(cohorts.map(({ metric }, index) => [metric, index]));
  const metricOrder = (a: { metric: string }, b: { metric: string }) =>
    (order.get(a.metric) ?? 0) - (order.get(b.metric) ?? 0);
  alerts.sort(
    (a, b) =>
      rank(b.tier) - rank(a.tier) ||
      compare(b.detected_at, a.detected_at) ||
      compare(a.segment, b.segment) ||
      metricOrder(a, b),
  );
  incidents.sort((a, b) => compare(b.opened_at, a.opened_at) || metricOrder(a, b) || compare(a.direction, b.direction));
  // The sort is stable, and within a segment and metric the points are in order already.
  series.sort((a, b) => compare(a.segment, b.segment) || metricOrder(a, b));
  sights.sort((a, b) => compare(a.segment, b.segment) || metricOrder(a, b));
  const sized = series.map((point) => (point.metric === "size" ? { ...point, delivered: null } : point));
  const listed = incidents.map((incident) => ({ ...incident, segments: incident.segments.join(", ") }));
  return {
    alerts,
    incidents: loaded(incidentColumns(body.period), listed),
    series: loaded(seriesColumns(body.period), sized),
    sight: loaded(sightColumns(), sights),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
