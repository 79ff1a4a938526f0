import { dayTime } from "./format-time.ts";
import type { Series, SeriesPoint } from "./series-points.ts";

/** What the periods of series are. */
export type PeriodKind = "day" | "week" | "send";

const DAY = 86_400_000;

/** By how far apart periods stand: days, days seven apart, or no days at all. */
export function periodKind(series: readonly Pick<Series, "points">[]): PeriodKind {
  const longest = [...series].sort((a, b) => b.points.length - a.points.length)[0]?.points ?? [];
  const times = longest.slice(-40).map(({ period }) => dayTime(period));
  if (times.length === 0 || times.some((time) => time === null)) return times.length === 0 ? "day" : "send";
  const steps = times.slice(1).map((time, index) => ((time ?? 0) - (times[index] ?? 0)) / DAY);
  return steps.length > 0 && steps.every((step) => step % 7 === 0) ? "week" : "day";
}

/** Periods that a figure of today is of: a week of days evens weekdays out. */
export const NEWEST: Readonly<Record<PeriodKind, number>> = { day: 7, week: 1, send: 1 };

/** The rate over the newest mature periods, up to as many as `NEWEST` says; null where nothing was sent in them. */
export function newestRate(points: readonly SeriesPoint[], period: PeriodKind): number | null {
  const newest = points.filter(({ mature, value }) => mature && value !== null).slice(-NEWEST[period]);
  let [events, delivered] = [0, 0];
  for (const point of newest) {
    if (point.delivered === null || point.events === null) return newest.at(-1)?.value ?? null;
    events += point.events;
    delivered += point.delivered;
  }
  return delivered > 0 ? events / delivered : null;
}
