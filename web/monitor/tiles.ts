import type { Series } from "../parts/series-points.ts";
import type { SeriesTile } from "../parts/series-wall.ts";
import type { Alert } from "./alerts.ts";
import { alertStatus, isCount, metricWords } from "./words.ts";

/** Every watched series with how it stands; those with an alert first, the others in their order. */
export function tilesOf(series: readonly Series[], alerts: readonly Alert[]): SeriesTile[] {
  const tiles = series.map((each) => tileOf(each, alerts));
  const rank = { alert: 0, watch: 1, steady: 2, paused: 2, learning: 3 };
  return tiles.sort((a, b) => rank[a.tone] - rank[b.tone]);
}

function tileOf(series: Series, alerts: readonly Alert[]): SeriesTile {
  const alert = alerts.find((each) => each.segment === series.segment && each.metric === series.metric);
  const common = {
    ...series,
    title: metricWords(series.metric),
    unit: isCount(series.metric) ? ("count" as const) : ("share" as const),
  };
  if (alert !== undefined) {
    const change =
      alert.changeAt === null
        ? null
        : { at: alert.changeAt, from: alert.changeFrom, to: alert.changeTo, direction: alert.direction };
    return { ...common, status: alertStatus(alert), tone: alert.tier === "watch" ? "watch" : "alert", change };
  }
  const learning = series.points.length > 0 && series.points.every((point) => point.expected === null);
  return {
    ...common,
    status: learning ? "learning its baseline" : "steady",
    tone: learning ? "learning" : "steady",
    change: null,
  };
}
