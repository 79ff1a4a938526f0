import { alertStatus, isCount, metricWords } from "./alert-words.ts";
import type { Alert, Tier } from "./alerts.ts";
import { isLearning, learningWords } from "./learning-words.ts";
import { newestRate, type PeriodKind } from "./series-period.ts";
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
  /** What was decided of its alert: `snoozed until 7 Nov`; empty where nothing was. */
  decided?: string;
  /** Of its alert; null where it has none. */
  tier: Tier | null;
  /** How far, as a share of what was; null where it has no alert. */
  moved: number | null;
  unit: SeriesUnit;
  /** The rate over the newest periods; absent or null: the last value. */
  now?: number | null;
}

/** What is known of a monitor's series besides their points. */
export interface Surroundings {
  readonly alerts: readonly Alert[];
  /** Periods that a baseline takes; null where that is not known. */
  readonly baseline: number | null;
  readonly period: PeriodKind;
  /** Why a segment's data does not come, by its name: `frozen`, `stale`. */
  readonly paused: ReadonlyMap<string, string>;
  /** What was decided of an alert, in words; empty where nothing was. */
  readonly decided?: (alert: Alert) => string;
  /** Whether opens by machines can't be told from people's. */
  readonly machineOpens: "apart" | "unknown";
}

/** Of a monitor of which no more than its alerts is known. */
export function surroundings(alerts: readonly Alert[]): Surroundings {
  return { alerts, baseline: null, period: "day", paused: new Map(), machineOpens: "apart" };
}

/** Periods that a small tile can show; a change is shown with some of what came before it. */
const RECENT = 120;
const BEFORE_CHANGE = 30;
const MOST_RECENT = 180;

const RANK: Readonly<Record<SeriesTone, number>> = { alert: 0, watch: 1, steady: 2, paused: 2, learning: 3 };

/** Every watched series with how it stands; those with an alert first, the others in their order. */
export function tilesOf(series: readonly Series[], known: Surroundings, span: "recent" | "all"): SeriesTile[] {
  const alerts = new Map([...known.alerts].reverse().map((alert) => [nameOf(alert), alert]));
  const tiles = series.map((each) => tileOf(each, { alert: alerts.get(nameOf(each)) ?? null, known, span }));
  return tiles.sort((a, b) => RANK[a.tone] - RANK[b.tone]);
}

/** Whether a series has periods that its recent tile does not show. */
export function isCut(series: readonly Series[]): boolean {
  return series.some((each) => each.points.length > RECENT);
}

interface Standing {
  readonly alert: Alert | null;
  readonly known: Surroundings;
  readonly span: "recent" | "all";
}

function tileOf(series: Series, { alert, known, span }: Standing): SeriesTile {
  const points = span === "all" ? series.points : newestPoints(series.points, alert?.changeAt ?? null);
  const unit = isCount(series.metric) ? ("count" as const) : ("share" as const);
  const common = {
    ...series,
    points,
    title: metricWords(series.metric),
    unit,
    tier: alert?.tier ?? null,
    moved: alert?.change ?? null,
    now: newestRate(series.points, known.period),
  };
  const pause = known.paused.get(series.segment);
  if (alert !== null) {
    const { changeAt: at, changeFrom: from, changeTo: to, direction } = alert;
    const change = at === null ? null : { at, from, to, direction };
    const decided = known.decided?.(alert) ?? "";
    const status = [alertStatus(alert), decided].filter(Boolean).join(", ");
    return { ...common, status, decided, tone: alert.tier === "watch" ? "watch" : "alert", change };
  }
  if (pause !== undefined) return { ...common, status: `paused: ${pause}`, tone: "paused", change: null };
  if (isLearning(series)) return { ...common, status: learningWords(series, known), tone: "learning", change: null };
  const mayBeMachines = series.metric === "open_rate" && known.machineOpens === "unknown";
  return { ...common, status: mayBeMachines ? "may include machine opens" : "steady", tone: "steady", change: null };
}

function nameOf({ segment, metric }: Pick<Series, "segment" | "metric">): string {
  return JSON.stringify([segment, metric]);
}

/** The periods that are of interest now: the newest, and where something changed some of what came before. */
export function newestPoints(points: SeriesPoint[], change: string | null): SeriesPoint[] {
  const since = change === null ? -1 : points.findIndex((point) => point.period >= change);
  const wanted = since < 0 ? RECENT : points.length - since + BEFORE_CHANGE;
  return points.slice(-Math.min(MOST_RECENT, Math.max(RECENT, wanted)));
}
