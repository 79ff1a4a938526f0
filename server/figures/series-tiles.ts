import { alertStatus, isCount, metricWords } from "./alert-words.ts";
import type { Alert } from "./alerts.ts";
import { isLearning } from "./learning-words.ts";
import type { Series, SeriesChange, SeriesPoint } from "./series-points.ts";
import type { SeriesUnit } from "./series-words.ts";

/** How a series stands: `alert` is flagged, `watch` not yet, `paused` waits for data, `learning` for a baseline. */
export type SeriesTone = "steady" | "watch" | "alert" | "paused" | "learning";

/** One series of a wall. */
export interface SeriesTile extends Series {
  /** How the metric is called on the tile; absent: its own name. */
  title?: string;
  status: string;
  tone: SeriesTone;
  change: SeriesChange | null;
  unit: SeriesUnit;
  now?: number | null;
}

/** Periods that a small tile can show; a change is shown with some of what came before it. */
const RECENT = 120;
const BEFORE_CHANGE = 30;
const MOST_RECENT = 180;

/** Every watched series with how it stands; those with an alert first, the others in their order. */
export function tilesOf(series: readonly Series[], alerts: readonly Alert[], span: "recent" | "all"): SeriesTile[] {
  const tiles = series.map((each) => tileOf(each, alerts, span));
  const rank = { alert: 0, watch: 1, steady: 2, paused: 2, learning: 3 };
  return tiles.sort((a, b) => rank[a.tone] - rank[b.tone]);
}

/** Whether a series has periods that its recent tile does not show. */
export function isCut(series: readonly Series[]): boolean {
  return series.some((each) => each.points.length > RECENT);
}

function tileOf(series: Series, alerts: readonly Alert[], span: "recent" | "all"): SeriesTile {
  const alert = alerts.find((each) => each.segment === series.segment && each.metric === series.metric);
  const points = span === "all" ? series.points : recent(series.points, alert?.changeAt ?? null);
  const unit = isCount(series.metric) ? ("count" as const) : ("share" as const);
  const common = { ...series, points, title: metricWords(series.metric), unit };
  if (alert !== undefined) {
    const change =
      alert.changeAt === null
        ? null
        : { at: alert.changeAt, from: alert.changeFrom, to: alert.changeTo, direction: alert.direction };
    return { ...common, status: alertStatus(alert), tone: alert.tier === "watch" ? "watch" : "alert", change };
  }
  const learning = isLearning(series);
  const status = learning ? "learning its baseline" : "steady";
  return { ...common, status, tone: learning ? "learning" : "steady", change: null };
}

function recent(points: SeriesPoint[], change: string | null): SeriesPoint[] {
  const since = change === null ? -1 : points.findIndex((point) => point.period >= change);
  const wanted = since < 0 ? RECENT : points.length - since + BEFORE_CHANGE;
  return points.slice(-Math.min(MOST_RECENT, Math.max(RECENT, wanted)));
}
