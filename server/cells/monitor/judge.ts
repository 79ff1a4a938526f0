import type { LoadColumn } from "../../engine/engine.ts";
import type { Column } from "../../language/vocabulary.ts";
import { detect } from "../../monitor/detect.ts";
import type { Alert, Incident, SeriesPoint, Tier } from "../../monitor/model.ts";
import type { Cohorts } from "./cohorts.ts";
import type { MonitorBody } from "./schema.ts";
import { alertColumns, incidentColumns, seriesColumns } from "./yields.ts";

const RANK: Readonly<Record<Tier, number>> = { confirmed: 0, alert: 1, watch: 2 };

/** The three relations: alerts surest first, then the latest; series by segment, metric, period. */
export interface Judged {
  readonly alerts: readonly LoadColumn[];
  readonly incidents: readonly LoadColumn[];
  readonly series: readonly LoadColumn[];
}

/** Judges each metric. */
export function judge(
  { cohorts, body }: { cohorts: readonly Cohorts[]; body: MonitorBody },
  tell: (share: number) => void,
): Judged {
  const alerts: Alert[] = [];
  const incidents: Incident[] = [];
  const series: SeriesPoint[] = [];
  for (const [index, { metric, counts }] of cohorts.entries()) {
    const found = detect(counts, {
      metric,
      period: body.period,
      baseline: body.baseline,
      minRelativeChange: body.min_relative_change,
    });
    alerts.push(...found.alerts);
    incidents.push(...found.incidents);
    for (const point of found.series) series.push(point);
    tell((index + 1) / cohorts.length);
  }
  const order = new Map(cohorts.map(({ metric }, index) => [metric, index]));
  const metricOrder = (a: { metric: string }, b: { metric: string }) =>
    (order.get(a.metric) ?? 0) - (order.get(b.metric) ?? 0);
  alerts.sort(
    (a, b) =>
      RANK[a.tier] - RANK[b.tier] ||
      compare(b.detected_at, a.detected_at) ||
      compare(a.segment, b.segment) ||
      metricOrder(a, b),
  );
  incidents.sort((a, b) => compare(b.opened_at, a.opened_at) || metricOrder(a, b) || compare(a.direction, b.direction));
  // The sort is stable, and within a segment and metric the points are in order already.
  series.sort((a, b) => compare(a.segment, b.segment) || metricOrder(a, b));
  const sized = series.map((point) => (point.metric === "size" ? { ...point, delivered: null } : point));
  const listed = incidents.map((incident) => ({ ...incident, segments: incident.segments.join(", ") }));
  return {
    alerts: loaded(alertColumns(body.period), alerts),
    incidents: loaded(incidentColumns(body.period), listed),
    series: loaded(seriesColumns(body.period), sized),
  };
}

type Value = string | number | boolean | null;

function loaded<Row extends object>(columns: readonly Column[], rows: readonly Row[]): LoadColumn[] {
  return columns.map(({ name, type }) => ({
    name,
    type,
    values: rows.map((row) => (row as Readonly<Record<string, Value>>)[name] ?? null),
  }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
