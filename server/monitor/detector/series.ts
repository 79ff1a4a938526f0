import type { Count, Period } from "../model.ts";
import { comparePeriods, weekdayOf } from "../period.ts";
import type { Baseline } from "./baseline.ts";
import { learn } from "./baseline.ts";
import { longer } from "./longer.ts";
import { type Dispersion, likelyOverdispersions } from "./overdispersion.ts";
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
  const slot = slots(period);
  return segments.map((segment) => seriesOf(segment, inOrder(bySegment.get(segment) ?? []), slot));
}

function seriesOf(segment: string, all: readonly Count[], slotOf: (at: string) => number): Series {
  const periods: string[] = [];
  const n = new Float64Array(all.length);
  const x = new Float64Array(all.length);
  const slot = new Uint8Array(all.length);
  let before: string | null = null;
  for (const count of all) {
    const { period } = count;
    if (period === before) throw new RangeError(`${segment} has two cohorts of ${period}`);
    before = period;
    if (!(count.x >= 0) || !(count.n >= 0)) throw new RangeError(`${segment}, ${period}: not counts`);
    if (!count.mature || count.n === 0) continue;
    n[periods.length] = count.n;
    x[periods.length] = count.x;
    slot[periods.length] = slotOf(period);
    periods.push(period);
  }
  const { length } = periods;
  if (length === all.length) return { segment, all, periods, n, x, slot };
  return { segment, all, periods, n: n.slice(0, length), x: x.slice(0, length), slot: slot.slice(0, length) };
}

/** The series with cohorts that are all later than any of it; of one, only one is made longer. */
export function grown(one: Series, later: readonly Count[], slotOf: (at: string) => number): Series {
  const added = seriesOf(one.segment, later, slotOf);
  const slot = new Uint8Array(one.slot.length + added.slot.length);
  slot.set(one.slot);
  slot.set(added.slot, one.slot.length);
  return {
    segment: one.segment,
    all: one.all.concat(added.all),
    periods: one.periods.concat(added.periods),
    n: joined(one.n, added.n),
    x: joined(one.x, added.x),
    slot,
  };
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const values = longer(first, first.length + second.length);
  values.set(second, first.length);
  return values;
}

/** Cohorts mostly come in order. */
function inOrder(counts: Count[]): Count[] {
  const sorted = counts.every((count, i) => i === 0 || comparePeriods(counts[i - 1]?.period ?? "", count.period) <= 0);
  return sorted ? counts : counts.sort((a, b) => comparePeriods(a.period, b.period));
}

/** Day of the week of a period from 0, or 0 where periods are not days; each date is read once. */
export function slots(period: Period): (at: string) => number {
  if (period !== "day") return () => 0;
  const known = new Map<string, number>();
  return (at) => {
    const slot = known.get(at);
    if (slot !== undefined) return slot;
    const read = weekdayOf(at);
    known.set(at, read);
    return read;
  };
}

export interface Learnt {
  readonly scale: Scale;
  readonly readings: readonly Readings[];
  readonly baseline: Baseline;
  /** Turns chances into a reading's weight, a series. */
  readonly weight: readonly ((n: number) => number)[];
  /** Readings of a series that has grown since, by what was learnt of it; they go on from those before, if these are given. */
  readonly read: readonly ((one: Series, before: Readings | null) => Readings)[];
  /** Day of the week of a period, or 0. */
  readonly slotOf: (at: string) => number;
}

/** Rates: readings by arcsine, weighted by what overdispersion leaves of n; baselines from the first `length` periods. */
export function learnRates(series: readonly Series[], length: number, period: Period): Learnt {
  for (const { segment, n, x } of series) {
    for (let i = 0; i < n.length; i++) {
      if ((x[i] ?? 0) > (n[i] ?? 0)) throw new RangeError(`${segment} has more events than chances`);
    }
  }
  const weekdays = period === "day" ? "pooled" : null;
  // ρ is learnt from the baseline alone.
  const free = series.map((one) => readRates(head(one, length), 0, length));
  const first = learn(
    free.map(({ readings }) => readings),
    length,
    weekdays,
  );
  const rhos = likelyOverdispersions(series.map((one, j) => dispersionOf(one, j, first, length)));
  const rated = series.map((one, j) => readRates(one, rhos[j] ?? 0, length));
  const read = rated.map(({ mean }, j) => (one: Series, before: Readings | null) => {
    const rho = rhos[j] ?? 0;
    if (before === null || before.y.length < length) return readRates(one, rho, length).readings;
    return goOn(one, before, { rho, mean, length });
  });
  const readings = rated.map((one) => one.readings);
  return {
    scale: ARCSINE,
    readings,
    baseline: learn(readings, length, weekdays),
    weight: rated.map((one) => one.weight),
    read,
    slotOf: slots(period),
  };
}

function head({ n, x, slot, ...one }: Series, length: number): Series {
  return { ...one, n: n.subarray(0, length), x: x.subarray(0, length), slot: slot.subarray(0, length) };
}

/** The baseline's cohorts with the rates expected of them; none where the series is too short. */
function dispersionOf({ n, x, slot }: Series, j: number, { offsets, segments }: Baseline, length: number): Dispersion {
  const segment = segments[j];
  if (segment === null || segment === undefined) return { n: [], x: [], p: [], fitted: 0 };
  const shapes = offsets.map((offset, day) => ARCSINE.back(segment.centre + offset + (segment.deviation[day] ?? 0)));
  let expected = 0;
  let events = 0;
  for (let i = 0; i < length; i++) {
    expected += (n[i] ?? 0) * (shapes[slot[i] ?? 0] ?? 0);
    events += x[i] ?? 0;
  }
  const factor = expected > 0 ? events / expected : 0;
  const rates = shapes.map((shape) => Math.min(1, shape * factor));
  const p = new Float64Array(length);
  for (let i = 0; i < length; i++) p[i] = rates[slot[i] ?? 0] ?? 0;
  return { n: n.subarray(0, length), x: x.subarray(0, length), p, fitted: segment.fitted };
}

function readRates({ n, x, slot }: Series, rho: number, length: number) {
  const tally = tallyOf(n, x);
  const y = new Float64Array(n.length);
  const w = new Float64Array(n.length);
  const floor = new Float64Array(n.length);
  for (let i = 0; i < n.length; i++) {
    const read = readRate(x[i] ?? 0, n[i] ?? 0, rateBefore(tally, i, length), rho);
    y[i] = read.y;
    w[i] = read.precision;
    floor[i] = read.precision * read.least;
  }
  const taught = Math.min(length, n.length);
  let sum = 0;
  for (let i = 0; i < taught; i++) sum += w[i] ?? 0;
  const mean = taught === 0 ? 1 : sum / taught;
  for (let i = 0; i < n.length; i++) {
    w[i] = (w[i] ?? 0) / mean;
    floor[i] = (floor[i] ?? 0) / mean;
  }
  const readings: Readings = { y, w, floor, tally, slot };
  return { readings, mean, weight: (size: number) => precision(size, rho) / mean };
}

/** Readings of periods after the baseline leave those before them as they are. */
function goOn(
  { n, x, slot }: Series,
  before: Readings,
  { rho, mean, length }: { readonly rho: number; readonly mean: number; readonly length: number },
): Readings {
  const tally = tallyOf(n, x, before.tally ?? undefined);
  const y = longer(before.y, n.length);
  const w = longer(before.w, n.length);
  const floor = longer(before.floor, n.length);
  for (let i = before.y.length; i < n.length; i++) {
    const read = readRate(x[i] ?? 0, n[i] ?? 0, rateBefore(tally, i, length), rho);
    y[i] = read.y;
    w[i] = read.precision / mean;
    floor[i] = (read.precision * read.least) / mean;
  }
  return { y, w, floor, tally, slot };
}

/** The rate of all periods before one, half an event and half a non-event added; in the baseline, the baseline's. */
function rateBefore({ events, chances }: Tally, i: number, length: number): number {
  const end = Math.min(events.length - 1, Math.max(i, length));
  return ((events[end] ?? 0) + 0.5) / ((chances[end] ?? 0) + 1);
}

/** Sizes: log members, all of one weight. */
export function learnSizes(series: readonly Series[], length: number, period: Period): Learnt {
  const readings = series.map(readSizes);
  const baseline = learn(readings, length, period === "day" ? "pooled" : null);
  const weight = series.map(() => () => 1);
  return { scale: LOG, readings, baseline, weight, read: series.map(() => readSizes), slotOf: slots(period) };
}

function readSizes({ n, x, slot }: Series): Readings {
  const w = new Float64Array(n.length).fill(1);
  return { y: x.map(LOG.forward), w, floor: new Float64Array(n.length), tally: null, slot };
}
