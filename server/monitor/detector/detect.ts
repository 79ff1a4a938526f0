import { type FoundAlert, toAlert, withSudden } from "../explain/alert.ts";
import { type Effect, effect } from "../explain/effect.ts";
import type { Count, Detection, DetectOptions, SeriesPoint } from "../model.ts";
import { startsAnew } from "./anew.ts";
import type { ChangePoint } from "./change-point.ts";
import { plainDetector } from "./e-detector.ts";
import { type Era, type Level, shape } from "./era.ts";
import { paceOf } from "./gradual.ts";
import { incidentsOf } from "./incidents.ts";
import { pointsOf } from "./points.ts";
import { type Learnt, learnRates, learnSizes, type Series, toSeries } from "./series.ts";
import { type Course, type Episode, type Progress, watch } from "./watch.ts";

/**
 * Judges one metric over all segments. Cohorts in any order give the same answer; nothing but the cohorts goes in.
 * Throws RangeError where a segment has two cohorts of one period, or a count is not one.
 */
export function detect(counts: readonly Count[], options: DetectOptions): Found {
  const { watched, learnt } = watchAll(counts, options);
  return told(watched, learnt, options);
}

/** The courses of one metric's series, from which all is told. Throws as `detect` does. */
export function watchAll(
  counts: readonly Count[],
  options: DetectOptions,
): { readonly watched: readonly Watched[]; readonly learnt: Learnt } {
  const series = toSeries(counts, options.period);
  const learnt = learnFrom(series, options);
  return { watched: series.map((one, j) => ({ one, j, course: courseOf(one, j, learnt, options) })), learnt };
}

/** What the baselines of one metric's series teach, sizes or rates. Throws RangeError where a rate's events are more than its chances. */
export function learnFrom(series: readonly Series[], options: DetectOptions): Learnt {
  const learn = options.metric === "size" ? learnSizes : learnRates;
  return learn(series, options.baseline, options.period);
}

/** A series with its course; null where it is too short to be judged. */
export interface Watched {
  readonly one: Series;
  /** Index of the series in what was learnt. */
  readonly j: number;
  readonly course: Course | null;
}

/** A detection whose alerts can be told more of. */
export interface Found extends Detection {
  readonly alerts: readonly FoundAlert[];
}

/** All that can be said of the courses of one metric's series. */
export function told(watched: readonly Watched[], learnt: Learnt, options: DetectOptions): Found {
  const rows = watched.map((one) => rowsOf(one, learnt, options));
  const series: SeriesPoint[] = [];
  // A series point by point: `flatMap` takes ten times as long for so many.
  for (const { points } of rows) for (const point of points) series.push(point);
  const alerts = rows.flatMap((row) => row.alerts);
  return {
    series,
    alerts,
    incidents: incidentsOf(watched, alerts, options),
  };
}

/** The course of one series, from where it stood on if that is given. */
export function courseOf(
  one: Series,
  j: number,
  learnt: Learnt,
  options: DetectOptions,
  before?: Progress,
): Course | null {
  const level = levelOf(j, learnt);
  if (level === null) return null;
  const matters = (era: Era, change: ChangePoint, last: number) =>
    !small(gauge(one, level, learnt, { era, change, last }), options);
  const { baseline, grid = "full", rebaselines = [], eDetector = plainDetector } = options;
  return watch({ level, baseline, grid, eDetector, anew: startsAnew(one, rebaselines), matters }, before);
}

function levelOf(j: number, { readings, baseline }: Learnt): Level | null {
  const own = readings[j];
  const segment = baseline.segments[j];
  return own === undefined || segment === null || segment === undefined ? null : { readings: own, baseline, segment };
}

type Judged = Pick<Episode, "era" | "change" | "last">;

function gauge(one: Series, level: Level, { scale }: Learnt, { era, change, last }: Judged): Effect {
  const shapeOf = (i: number) => scale.back(era.centre + shape(level, i));
  return effect({ ...one, shape: shapeOf, from: era.from, at: change.at, last, error: change.error, scale });
}

function rowsOf({ one, j, course }: Watched, learnt: Learnt, options: DetectOptions) {
  const level = levelOf(j, learnt);
  const alerts =
    course === null || level === null
      ? []
      : course.episodes.map((episode) => {
          const moved = gauge(one, level, learnt, episode);
          const pace = episode.alerted === null ? "at once" : paceOf(level, episode);
          return toAlert(one, noticed(episode, moved, options), { moved, pace }, options);
        });
  const points = pointsOf({ one, j, learnt, options, course, alerts });
  return { points, alerts: withPlainRule(alerts, one, course, options) };
}

/** An alert that is not confirmed goes back to watch where all that is known by now leaves too small a change for notice. */
function noticed(episode: Episode, moved: Effect, options: DetectOptions): Episode {
  if (episode.tier !== "alert" || !small(moved, options)) return episode;
  return { ...episode, tier: "watch", alerted: null };
}

function small({ relative }: Effect, { minRelativeChange }: DetectOptions): boolean {
  return relative !== null && Math.abs(relative) < minRelativeChange;
}

function withPlainRule(
  alerts: readonly FoundAlert[],
  one: Series,
  course: Course | null,
  options: DetectOptions,
): FoundAlert[] {
  return options.metric === "size" ? withSudden(alerts, one, course, options) : [...alerts];
}
