import type { ChangePoint } from "./change-point.ts";
import { effect } from "./effect.ts";
import { type Era, type Level, shape } from "./era.ts";
import { explain, explainIncident } from "./explain.ts";
import { commonMoves, type Move } from "./incident.ts";
import { metricNamed } from "./metrics.ts";
import type { Alert, Count, Detection, DetectOptions, Flag, Incident, SeriesPoint } from "./model.ts";
import { comparePeriods } from "./period.ts";
import { type Learnt, learnRates, learnSizes, type Series, slotOf, toSeries } from "./series.ts";
import { type Course, type Episode, SETTLING, watch } from "./watch.ts";

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
    return { points: pointsOf(one, j, learnt, options, null, []), alerts: [], course: null };
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
    matters: (era, change, last) => {
      const { relative } = gauge(era, change, last);
      return relative === null || Math.abs(relative) >= options.minRelativeChange;
    },
  });
  const alerts = course.episodes.map((episode) =>
    toAlert(one, episode, gauge(episode.era, episode.change, episode.last), options),
  );
  return { points: pointsOf(one, j, learnt, options, course, alerts), alerts, course };
}

function toAlert(one: Series, episode: Episode, moved: ReturnType<typeof effect>, options: DetectOptions): Alert {
  const at = (index: number) => one.periods[index] ?? "";
  const { change, alerted, opened, confirmed } = episode;
  const verdict = episode.closed === null ? "rate" : "spike";
  const detected = alerted ?? opened;
  const metric = metricNamed(options.metric);
  return {
    segment: one.segment,
    metric: options.metric,
    tier: episode.tier,
    direction: moved.after < moved.before ? "down" : "up",
    detected_at: at(detected),
    confirmed_at: confirmed === null ? null : at(confirmed),
    change_at: at(change.at),
    change_from: at(change.from),
    change_to: at(change.to),
    rate_before: moved.before,
    rate_after: moved.after,
    relative_change: moved.relative,
    low: moved.low,
    high: moved.high,
    evidence: episode.peak,
    verdict,
    explanation: explain({
      segment: one.segment,
      words: metric?.words ?? options.metric,
      events: metric?.events ?? "members",
      kind: options.metric === "size" ? "size" : "rate",
      period: options.period,
      effect: moved,
      change: { at: at(change.at), from: at(change.from), to: at(change.to) },
      tier: episode.tier,
      verdict,
      minRelativeChange: options.minRelativeChange,
      settling: one.periods.length - 1 - detected < SETTLING ? "settling" : "settled",
    }),
  };
}

function pointsOf(
  one: Series,
  j: number,
  learnt: Learnt,
  options: DetectOptions,
  course: Course | null,
  alerts: readonly Alert[],
): SeriesPoint[] {
  const indexes = new Map(one.periods.map((period, index) => [period, index]));
  const expect = expectation(one, j, learnt, options);
  return one.all.map((count) => {
    const index = indexes.get(count.period);
    const sum = index === undefined ? Number.NaN : (course?.evidence[index] ?? Number.NaN);
    return {
      segment: one.segment,
      metric: options.metric,
      period: count.period,
      delivered: count.n,
      events: count.x,
      rate: count.n > 0 ? count.x / count.n : null,
      ...expect(count),
      evidence: Number.isNaN(sum) ? null : sum,
      mature: count.mature,
      flag: index === undefined ? null : flagOf(index, options, course, alerts),
    };
  });
}

/** The band of the first baseline: it stays, so that a changed rate is seen against what it was. */
function expectation(one: Series, j: number, learnt: Learnt, options: DetectOptions) {
  const segment = learnt.baseline.segments[j];
  const weight = learnt.weight[j];
  const nothing = { expected: null, low: null, high: null };
  if (segment === null || segment === undefined || weight === undefined) return () => nothing;
  const { scale, baseline } = learnt;
  const level = (at: string) => {
    const slot = slotOf(at, options.period);
    return segment.centre + (baseline.offsets[slot] ?? 0) + (segment.deviation[slot] ?? 0);
  };
  let events = 0;
  let shaped = 0;
  for (let i = 0; i < options.baseline; i++) {
    events += one.x[i] ?? 0;
    shaped += (one.n[i] ?? 0) * scale.back(level(one.periods[i] ?? ""));
  }
  const factor = shaped > 0 ? events / shaped : 0;
  return (count: Count) => {
    if (count.n <= 0) return nothing;
    const expected = factor * scale.back(level(count.period));
    const centre = scale.forward(expected);
    const reach = 1.96 * segment.spread * Math.sqrt(1 / weight(count.n) + 1 / options.baseline);
    return { expected, low: scale.back(centre - reach), high: scale.back(centre + reach) };
  };
}

function flagOf(index: number, options: DetectOptions, course: Course | null, alerts: readonly Alert[]): Flag | null {
  const covering = course?.episodes.findLastIndex(
    ({ change, closed, last }) => index >= change.at && index <= (closed ?? last),
  );
  const alert = covering === undefined ? undefined : alerts[covering];
  if (alert !== undefined) return alert.tier;
  if (course === null || index < options.baseline) return "learning";
  return Math.abs(course.deviations[index] ?? 0) > 3 ? "spike" : null;
}

function incidents(series: readonly Series[], watched: readonly Watched[], options: DetectOptions): Incident[] {
  const moves: Move[] = [];
  watched.forEach(({ course }, j) => {
    const one = series[j];
    if (course === null || one === undefined) return;
    for (let i = options.baseline; i < one.periods.length; i++) {
      moves.push({ segment: one.segment, period: one.periods[i] ?? "", deviations: course.deviations[i] ?? 0 });
    }
  });
  const periods = [...new Set(moves.map(({ period }) => period))].sort(comparePeriods);
  const words = metricNamed(options.metric)?.words ?? options.metric;
  return commonMoves(periods, moves)
    .map(({ opened, direction, segments, moved, of }) => ({
      opened_at: opened,
      metric: options.metric,
      direction,
      segments,
      explanation: explainIncident({ metric: words, direction, moved, of, opened }, options.period),
    }))
    .sort((a, b) => comparePeriods(a.opened_at, b.opened_at) || (a.direction < b.direction ? -1 : 1));
}
