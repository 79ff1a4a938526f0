import { toAlert, withSudden } from "./alert.ts";
import type { ChangePoint } from "./change-point.ts";
import { type Effect, effect } from "./effect.ts";
import { type Era, type Level, shape } from "./era.ts";
import { explainIncident } from "./explain.ts";
import { commonMoves, MOVED, type Move } from "./incident.ts";
import { metricNamed } from "./metrics.ts";
import type { Alert, Count, Detection, DetectOptions, Incident, SeriesPoint } from "./model.ts";
import { comparePeriods } from "./period.ts";
import { pointsOf } from "./points.ts";
import { type Learnt, learnRates, learnSizes, type Series, toSeries } from "./series.ts";
import { type Course, type Episode, watch } from "./watch.ts";

/**
 * Judges one metric over all segments. Cohorts in any order give the same answer; nothing but the cohorts goes in.
 * Throws RangeError where a segment has two cohorts of one period, or a count is not one.
 */
export function detect(counts: readonly Count[], options: DetectOptions): Detection {
  const series = toSeries(counts, options.period);
  const learn = options.metric === "size" ? learnSizes : learnRates;
  const learnt = learn(series, options.baseline, options.period);
  const watched = series.map((one, j) => watchOne(one, j, learnt, options));
  return {
    series: watched.flatMap(({ points }) => points),
    alerts: watched.flatMap(({ alerts }) => alerts),
    incidents: incidents(series, watched, options),
  };
}

interface Watched {
  readonly points: SeriesPoint[];
  readonly alerts: Alert[];
  readonly course: Course | null;
}

function watchOne(one: Series, j: number, learnt: Learnt, options: DetectOptions): Watched {
  const readings = learnt.readings[j];
  const segment = learnt.baseline.segments[j];
  if (readings === undefined || segment === null || segment === undefined) {
    const points = pointsOf({ one, j, learnt, options, course: null, alerts: [] });
    return { points, alerts: withPlainRule([], one, null, options), course: null };
  }
  const level: Level = { readings, baseline: learnt.baseline, segment };
  const gauge = (era: Era, change: ChangePoint, last: number) =>
    effect({
      n: one.n,
      x: one.x,
      shape: (i) => learnt.scale.back(era.centre + shape(level, i)),
      from: era.from,
      at: change.at,
      last,
      error: change.error,
      scale: learnt.scale,
    });
  const course = watch({
    level,
    baseline: options.baseline,
    grid: options.grid ?? "full",
    matters: (era, change, last) => !small(gauge(era, change, last), options),
  });
  const alerts = course.episodes.map((episode) => {
    const moved = gauge(episode.era, episode.change, episode.last);
    return toAlert(one, noticed(episode, moved, options), moved, options);
  });
  const points = pointsOf({ one, j, learnt, options, course, alerts });
  return { points, alerts: withPlainRule(alerts, one, course, options), course };
}

/** An alert that is not confirmed goes back to watch where all that is known by now leaves too small a change for notice. */
function noticed(episode: Episode, moved: Effect, options: DetectOptions): Episode {
  if (episode.tier !== "alert" || !small(moved, options)) return episode;
  return { ...episode, tier: "watch", alerted: null };
}

function small({ relative }: Effect, { minRelativeChange }: DetectOptions): boolean {
  return relative !== null && Math.abs(relative) < minRelativeChange;
}

function withPlainRule(alerts: readonly Alert[], one: Series, course: Course | null, options: DetectOptions): Alert[] {
  return options.metric === "size" ? withSudden(alerts, one, course, options) : [...alerts];
}

function incidents(series: readonly Series[], watched: readonly Watched[], options: DetectOptions): Incident[] {
  const byPeriod = new Map<string, { present: number; moves: Move[] }>();
  watched.forEach(({ course }, j) => {
    const one = series[j];
    if (course === null || one === undefined) return;
    for (let i = options.baseline; i < one.periods.length; i++) {
      const period = one.periods[i] ?? "";
      const together = byPeriod.get(period) ?? { present: 0, moves: [] };
      if (together.present === 0) byPeriod.set(period, together);
      together.present += 1;
      const deviations = course.deviations[i] ?? 0;
      if (Math.abs(deviations) >= MOVED) together.moves.push({ segment: one.segment, deviations });
    }
  });
  const periods = [...byPeriod]
    .map(([period, together]) => ({ period, ...together }))
    .sort((a, b) => comparePeriods(a.period, b.period));
  const words = metricNamed(options.metric)?.words ?? options.metric;
  return commonMoves(periods)
    .map(({ opened, direction, segments, moved, of }) => ({
      opened_at: opened,
      metric: options.metric,
      direction,
      segments,
      explanation: explainIncident({ metric: words, direction, moved, of, opened }, options.period),
    }))
    .sort((a, b) => comparePeriods(a.opened_at, b.opened_at) || (a.direction < b.direction ? -1 : 1));
}
