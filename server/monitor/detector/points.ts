import type { Alert, Count, DetectOptions, Flag, SeriesPoint } from "../model.ts";
import { comparePeriods } from "../period.ts";
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
  let band = 0;
  const expectedOf = (count: Count, slot: number) => {
    // Cohorts are in order, and so are bands.
    for (let next = bands[band + 1]; next !== undefined; next = bands[band + 1]) {
      if (comparePeriods(next.since, count.period) > 0) break;
      band += 1;
    }
    return bands[band]?.expect(count.n, slot) ?? NOTHING;
  };
  const flags = flagsOf(one.periods.length, { options, course, learning, alerts });
  const points: SeriesPoint[] = [];
  let next = 0;
  for (const count of one.all) {
    // Both are in order, and what is judged is among all.
    const index = one.periods[next] === count.period ? next++ : undefined;
    const slot = index === undefined ? learnt.slotOf(count.period) : (one.slot[index] ?? 0);
    const { expected, low, high } = expectedOf(count, slot);
    const sum = index === undefined ? Number.NaN : (course?.evidence[index] ?? Number.NaN);
    points.push({
      segment: one.segment,
      metric: options.metric,
      period: count.period,
      delivered: count.n,
      events: count.x,
      rate: count.n > 0 ? count.x / count.n : null,
      expected,
      low,
      high,
      evidence: Number.isNaN(sum) ? null : sum,
      mature: count.mature,
      flag: index === undefined ? null : (flags[index] ?? null),
    });
  }
  return points;
}

const NOTHING = { expected: null, low: null, high: null };

/** The band of a baseline: it stays, so that a changed rate is seen against what it was. Nothing while it is being learnt. */
function expectation(one: Series, j: number, learnt: Learnt, { from, until }: Learning) {
  const segment = learnt.baseline.segments[j];
  const weight = learnt.weight[j];
  const isShort = one.periods.length < until;
  if (isShort || segment === null || segment === undefined || weight === undefined) return () => NOTHING;
  const { scale, baseline } = learnt;
  const shapes = baseline.offsets.map((offset, slot) =>
    scale.back(segment.centre + offset + (segment.deviation[slot] ?? 0)),
  );
  let events = 0;
  let shaped = 0;
  for (let i = from; i < until; i++) {
    events += one.x[i] ?? 0;
    shaped += (one.n[i] ?? 0) * (shapes[one.slot[i] ?? 0] ?? 0);
  }
  const factor = shaped > 0 ? events / shaped : 0;
  const rates = shapes.map((shape) => factor * shape);
  const centres = rates.map(scale.forward);
  return (chances: number, slot: number) => {
    if (chances <= 0) return NOTHING;
    const expected = rates[slot] ?? 0;
    const centre = centres[slot] ?? 0;
    const reach = 1.96 * segment.spread * Math.sqrt(1 / weight(chances) + 1 / (until - from));
    return { expected, low: scale.back(centre - reach), high: scale.back(centre + reach) };
  };
}

interface Judged extends Pick<Plotted, "options" | "course" | "alerts"> {
  readonly learning: readonly Learning[];
}

/** One a period that was judged. */
function flagsOf(length: number, { options, course, learning, alerts }: Judged): (Flag | null)[] {
  const flags = new Array<Flag | null>(length).fill("learning");
  if (course === null) return flags;
  const first = options.baseline;
  for (let i = first; i < length; i++) flags[i] = Math.abs(course.deviations[i] ?? 0) > 3 ? "spike" : null;
  // Where two alerts are about a period, it is the later one's.
  for (const [index, { change, closed, last }] of course.episodes.entries()) {
    const tier = alerts[index]?.tier;
    if (tier !== undefined) flags.fill(tier, Math.max(first, change.at), (closed ?? last) + 1);
  }
  for (const { from, until } of learning) flags.fill("learning", Math.max(first, from), until);
  return flags;
}
