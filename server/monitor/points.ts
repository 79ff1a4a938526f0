import type { Alert, Count, DetectOptions, Flag, SeriesPoint } from "./model.ts";
import type { Learnt, Series } from "./series.ts";
import type { Course } from "./watch.ts";

export interface Plotted {
  readonly one: Series;
  /** Index of the series in what was learnt. */
  readonly j: number;
  readonly learnt: Learnt;
  readonly options: DetectOptions;
  /** Null where the series is too short to be judged. */
  readonly course: Course | null;
  /** One an episode of the course. */
  readonly alerts: readonly Alert[];
}

/** Every cohort of a series, those that wait among them, with what was expected of it. */
export function pointsOf({ one, j, learnt, options, course, alerts }: Plotted): SeriesPoint[] {
  const expect = expectation(one, j, learnt, options);
  let next = 0;
  return one.all.map((count) => {
    // Both are in order, and what is judged is among all.
    const index = one.periods[next] === count.period ? next++ : undefined;
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
  const { scale, baseline, slotOf } = learnt;
  const level = (at: string) => {
    const slot = slotOf(at);
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
  if (course === null || index < options.baseline) return "learning";
  const covering = course.episodes.findLastIndex(
    ({ change, closed, last }) => index >= change.at && index <= (closed ?? last),
  );
  const alert = alerts[covering];
  if (alert !== undefined) return alert.tier;
  return Math.abs(course.deviations[index] ?? 0) > 3 ? "spike" : null;
}
