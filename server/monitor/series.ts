import type { Baseline } from "./baseline.ts";
import { learn } from "./baseline.ts";
import type { Count, Period } from "./model.ts";
import { type Dispersion, likelyOverdispersions } from "./overdispersion.ts";
import { comparePeriods, weekdayOf } from "./period.ts";
import type { Readings } from "./readings.ts";
import { ARCSINE, LOG, precision, type Scale } from "./scale.ts";
import { readRate } from "./sparse.ts";
import { type Tally, tallyOf } from "./tally.ts";

/** The cohorts of one segment, in order; those that are judged as arrays of one length. */
export interface Series {
  readonly segment: string;
  readonly all: readonly Count[];
  /** Periods with something in them, old enough: what the detector sees. */
  readonly periods: readonly string[];
  readonly n: Float64Array;
  readonly x: Float64Array;
  readonly slot: Uint8Array;
}

/** Sorts cohorts into series, by segment and period; a period without chances is no data. */
export function toSeries(counts: readonly Count[], period: Period): Series[] {
  const bySegment = new Map<string, Count[]>();
  for (const count of counts) {
    const list = bySegment.get(count.segment);
    if (list === undefined) bySegment.set(count.segment, [count]);
    else list.push(count);
  }
  const segments = [...bySegment.keys()].sort((a, b) => (a < b ? -1 : 1));
  return segments.map((segment) => {
    const all = (bySegment.get(segment) ?? []).sort((a, b) => comparePeriods(a.period, b.period));
    all.forEach((count, i) => {
      if (all[i + 1]?.period === count.period) throw new RangeError(`${segment} has two cohorts of ${count.period}`);
      if (!(count.x >= 0) || !(count.n >= 0)) throw new RangeError(`${segment}, ${count.period}: not counts`);
    });
    const judged = all.filter((count) => count.mature && count.n > 0);
    return {
      segment,
      all,
      periods: judged.map((count) => count.period),
      n: Float64Array.from(judged, (count) => count.n),
      x: Float64Array.from(judged, (count) => count.x),
      slot: Uint8Array.from(judged, (count) => slotOf(count.period, period)),
    };
  });
}

export function slotOf(at: string, period: Period): number {
  return period === "day" ? weekdayOf(at) : 0;
}

export interface Learnt {
  readonly scale: Scale;
  readonly readings: readonly Readings[];
  readonly baseline: Baseline;
  /** Turns chances into a reading's weight, a series. */
  readonly weight: readonly ((n: number) => number)[];
}

/** Rates: readings by arcsine, weighted by what overdispersion leaves of n; baselines from the first `length` periods. */
export function learnRates(series: readonly Series[], length: number, period: Period): Learnt {
  for (const { segment, n, x } of series) {
    if (x.some((events, i) => events > (n[i] ?? 0))) throw new RangeError(`${segment} has more events than chances`);
  }
  const weekdays = period === "day" ? "pooled" : null;
  const free = series.map((one) => readRates(one, 0, length));
  const first = learn(
    free.map(({ readings }) => readings),
    length,
    weekdays,
  );
  const rhos = likelyOverdispersions(series.map((one, j) => dispersionOf(one, j, first, length)));
  const rated = series.map((one, j) => readRates(one, rhos[j] ?? 0, length));
  const readings = rated.map((one) => one.readings);
  return {
    scale: ARCSINE,
    readings,
    baseline: learn(readings, length, weekdays),
    weight: rated.map((one) => one.weight),
  };
}

/** The baseline's cohorts with the rates expected of them; none where the series is too short. */
function dispersionOf({ n, x, slot }: Series, j: number, { offsets, segments }: Baseline, length: number): Dispersion {
  const segment = segments[j];
  if (segment === null || segment === undefined) return { n: [], x: [], p: [], fitted: 0 };
  const head = n.subarray(0, length);
  const shape = Float64Array.from(head, (_, i) => {
    const day = slot[i] ?? 0;
    return ARCSINE.back(segment.centre + (offsets[day] ?? 0) + (segment.deviation[day] ?? 0));
  });
  const expected = head.reduce((sum, size, i) => sum + size * (shape[i] ?? 0), 0);
  const events = x.subarray(0, length).reduce((a, b) => a + b, 0);
  const factor = expected > 0 ? events / expected : 0;
  const p = shape.map((rate) => Math.min(1, rate * factor));
  return { n: head, x: x.subarray(0, length), p, fitted: segment.fitted };
}

function readRates({ n, x, slot }: Series, rho: number, length: number) {
  const tally = tallyOf(n, x);
  const rates = ratesBefore(tally, length);
  const read = Array.from(n, (size, i) => readRate(x[i] ?? 0, size, rates[i] ?? 0.5, rho));
  const head = read.slice(0, length);
  const mean = head.length === 0 ? 1 : head.reduce((sum, reading) => sum + reading.precision, 0) / head.length;
  const readings: Readings = {
    y: Float64Array.from(read, ({ y }) => y),
    w: Float64Array.from(read, ({ precision }) => precision / mean),
    floor: Float64Array.from(read, ({ precision, least }) => (precision / mean) * least),
    tally,
    slot,
  };
  return { readings, weight: (size: number) => precision(size, rho) / mean };
}

/** The rate of all periods before each, half an event and half a non-event added; in the baseline, the baseline's. */
function ratesBefore({ events, chances }: Tally, length: number): Float64Array {
  return Float64Array.from({ length: events.length - 1 }, (_, i) => {
    const end = Math.min(events.length - 1, Math.max(i, length));
    return ((events[end] ?? 0) + 0.5) / ((chances[end] ?? 0) + 1);
  });
}

/** Sizes: log members, all of one weight. */
export function learnSizes(series: readonly Series[], length: number, period: Period): Learnt {
  const readings = series.map(({ n, x, slot }) => ({
    y: x.map(LOG.forward),
    w: new Float64Array(n.length).fill(1),
    floor: new Float64Array(n.length),
    tally: null,
    slot,
  }));
  const baseline = learn(readings, length, period === "day" ? "pooled" : null);
  return { scale: LOG, readings, baseline, weight: series.map(() => () => 1) };
}
