import type { Alert, Count, DetectOptions, Flag, SeriesPoint } from "./model.ts";
import { comparePeriods } from "./period.ts";
import type { Learnt, Series } from "./series.ts";
import { type Course, type Learning, learningOf } from "./watch.ts";

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
  const learning = course === null ? [] : learningOf(course);
  const bands = [{ from: 0, until: options.baseline }, ...learning].map((taught) => ({
    since: one.periods[taught.from] ?? "",
    expect: expectation(one, j, learnt, taught),
  }));
  const expectedOf = (count: Count) => {
    const band = bands.findLast(({ since }) => comparePeriods(since, count.period) <= 0) ?? bands[0];
    return band?.expect(count) ?? NOTHING;
  };
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
      ...expectedOf(count),
      evidence: Number.isNaN(sum) ? null : sum,
      mature: count.mature,
      flag: index === undefined ? null : flagOf(index, { options, course, learning, alerts }),
    };
  });
}

const NOTHING = { expected: null, low: null, high: null };

/** The band of a baseline: it stays, so that a changed rate is seen against what it was. Nothing while it is being learnt. */
function expectation(one: Series, j: number, learnt: Learnt, { from, until }: Learning) {
  const segment = learnt.baseline.segments[j];
  const weight = learnt.weight[j];
  const isShort = one.periods.length < until;
  if (isShort || segment === null || segment === undefined || weight === undefined) return () => NOTHING;
  const { scale, baseline, slotOf } = learnt;
  const level = (at: string) => {
    const slot = slotOf(at);
    return segment.centre + (baseline.offsets[slot] ?? 0) + (segment.deviation[slot] ?? 0);
  };
  let events = 0;
  let shaped = 0;
  for (let i = from; i < until; i++) {
    events += one.x[i] ?? 0;
    shaped += (one.n[i] ?? 0) * scale.back(level(one.periods[i] ?? ""));
  }
  const factor = shaped > 0 ? events / shaped : 0;
  return (count: Count) => {
    if (count.n <= 0) return NOTHING;
    const expected = factor * scale.back(level(count.period));
    const centre = scale.forward(expected);
    const reach = 1.96 * segment.spread * Math.sqrt(1 / weight(count.n) + 1 / (until - from));
    return { expected, low: scale.back(centre - reach), high: scale.back(centre + reach) };
  };
}

function flagOf(
  index: number,
  {
    options,
    course,
    learning,
    alerts,
  }: Pick<Plotted, "options" | "course" | "alerts"> & { readonly learning: readonly Learning[] },
): Flag | null {
  if (course === null || index < options.baseline) return "learning";
  if (learning.some(({ from, until }) => from <= index && index < until)) return "learning";
  const covering = course.episodes.findLastIndex(
    ({ change, closed, last }) => index >= change.at && index <= (closed ?? last),
  );
  const alert = alerts[covering];
  if (alert !== undefined) return alert.tier;
  return Math.abs(course.deviations[index] ?? 0) > 3 ? "spike" : null;
}
