import { isCount } from "./alert-words.ts";
import { dayTime } from "./format-time.ts";
import type { Series, SeriesPoint } from "./series-points.ts";

/** One weekday of a series beside all series of its metric. */
export interface WeekdayFigure {
  /** 0 is Monday. */
  readonly weekday: number;
  /** Mean rate or size; null where there is none. */
  readonly mean: number | null;
  /** How far that is from the mean of the weekdays, as a share of it; of all series pooled, each by its events. */
  readonly own: number | null;
  readonly pooled: number | null;
}

const WEEK = 7;
/** Days of a weekday, on average, below which a pattern is chance. */
const LEAST = 2;

/**
 * Mean by weekday before anything changed, and the same pooled over all series of the metric. Null where periods are no days
 * or too few.
 */
export function weekdayPattern(
  all: readonly Series[],
  one: Series,
  until: (series: Series) => string | null,
): WeekdayFigure[] | null {
  const own = meansOf(one, until(one));
  if (own === null) return null;
  const sums = new Float64Array(WEEK);
  const weights = new Float64Array(WEEK);
  for (const series of all) {
    const means = series.metric === one.metric ? meansOf(series, until(series)) : null;
    if (means === null) continue;
    const around = deviations(means.rates);
    around.forEach((share, weekday) => {
      if (share === null) return;
      sums[weekday] = (sums[weekday] ?? 0) + means.weight * share;
      weights[weekday] = (weights[weekday] ?? 0) + means.weight;
    });
  }
  const around = deviations(own.rates);
  return own.rates.map((mean, weekday) => ({
    weekday,
    mean,
    own: around[weekday] ?? null,
    pooled: (weights[weekday] ?? 0) > 0 ? (sums[weekday] ?? 0) / (weights[weekday] ?? 1) : null,
  }));
}

function meansOf(
  { metric, points }: Series,
  until: string | null,
): { rates: (number | null)[]; weight: number } | null {
  const counted = points.filter(
    ({ mature, value, period }) => mature && value !== null && (until === null || period < until),
  );
  const events = new Float64Array(WEEK);
  const chances = new Float64Array(WEEK);
  let known = 0;
  for (const point of counted) {
    const weekday = weekdayOf(point);
    if (weekday === null) return null;
    events[weekday] = (events[weekday] ?? 0) + (isCount(metric) ? (point.value ?? 0) : (point.events ?? 0));
    chances[weekday] = (chances[weekday] ?? 0) + (isCount(metric) ? 1 : (point.delivered ?? 0));
    known += 1;
  }
  const rates = [...events].map((sum, weekday) => ((chances[weekday] ?? 0) > 0 ? sum / (chances[weekday] ?? 1) : null));
  const present = rates.filter((rate) => rate !== null).length;
  if (present < 2 || known < LEAST * present) return null;
  return { rates, weight: events.reduce((sum, each) => sum + each, 0) };
}

function deviations(rates: readonly (number | null)[]): (number | null)[] {
  const known = rates.filter((rate) => rate !== null);
  const centre = known.reduce((sum, rate) => sum + rate, 0) / Math.max(1, known.length);
  return rates.map((rate) => (rate === null || centre === 0 ? null : rate / centre - 1));
}

/** 0 is Monday; null where the period is no day. */
function weekdayOf({ period }: SeriesPoint): number | null {
  const time = dayTime(period);
  return time === null ? null : (new Date(time).getUTCDay() + 6) % WEEK;
}
