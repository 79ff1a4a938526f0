import { inflation, lagOne } from "./autocorrelation.ts";
import { type Readings, weightedMean } from "./readings.ts";
import { type Cells, deviationVariance, pooledOffsets, slotSums, slotWeights, WEEKDAYS } from "./weekday.ts";

/** What the first periods of all series of one metric teach. */
export interface Baseline {
  /** Pooled offset a weekday. */
  readonly offsets: Float64Array;
  /** One a series, in the order given; null where it is too short. */
  readonly segments: readonly (SegmentBaseline | null)[];
}

export interface SegmentBaseline {
  readonly centre: number;
  /** What the segment's weekdays add to the pooled offsets, shrunken. */
  readonly deviation: Float64Array;
  /** Standard deviation of a reading of weight 1. */
  readonly spread: number;
  /** Ridge κ = s²/τ² a weekday; Infinity where weekdays are not told apart. */
  readonly kappa: Float64Array;
  /** (1 + φ)/(1 − φ), φ the lag-1 correlation. */
  readonly inflation: number;
  /** Parameters fitted, for a correction of the degrees of freedom. */
  readonly fitted: number;
}

/** Readings beyond this many standard deviations are drawn in to it, so that one flop is a spike and no drift. */
export const CLIP = 3;

/** Learns from the first `length` periods of each series. `weekdays: null` for weeks and sends. */
export function learn(series: readonly Readings[], length: number, weekdays: "pooled" | null): Baseline {
  const long = series.filter((readings) => readings.y.length >= length);
  // Each series' residuals for a moment: an array of their own each would take longer to make than to fill.
  const room = new Float64Array(length);
  const state = long.map((readings) => start(readings, room));
  let offsets: Float64Array = new Float64Array(WEEKDAYS);
  for (let round = 0; round < 4; round++) {
    if (weekdays !== null && long.length > 0) {
      offsets = pooledOffsets(state.map(cellsOf));
      const apart = state.map((one) => apartOf(one, offsets, room));
      const differing = deviationVariance(apart);
      for (const [j, one] of state.entries()) shrink(one, apart[j] ?? cellsOf(one), differing);
    }
    for (const one of state) settle(one, offsets, room);
  }
  const carried = state.map((one) => ({ residuals: standardised(one, offsets), share: carriedShare(one) }));
  const phi = lagOne(carried);
  const learnt = state.map((one, j) => ({
    centre: one.centre,
    deviation: one.deviation,
    spread: one.spread,
    kappa: one.kappa,
    inflation: inflation(phi * (carried[j]?.share ?? 1)),
    fitted: parameters(one, weekdays === null ? null : long.length),
  }));
  let next = 0;
  const segments = series.map((readings) => (readings.y.length >= length ? (learnt[next++] ?? null) : null));
  return { offsets, segments };
}

/** The level, the segment's part in the pooled offsets, and what its own deviations use up of their seven. */
function parameters({ weight, kappa }: State, pooledOver: number | null): number {
  if (pooledOver === null) return 1;
  const own = weight.reduce((sum, w, slot) => sum + w / (w + (kappa[slot] ?? Infinity)), 0);
  return Math.min(WEEKDAYS, 1 + (WEEKDAYS - 1) / pooledOver + own);
}

/** The share of a series' variance that is not sampling. */
function carriedShare({ readings, y: { length }, spread }: State): number {
  let floor = 0;
  for (let i = 0; i < length; i++) floor += readings.floor[i] ?? 0;
  return Math.max(0.05, 1 - floor / length / spread ** 2);
}

interface State {
  readonly readings: Readings;
  /** Σ w a weekday. */
  readonly weight: Float64Array;
  /** The baseline's readings, clipped. */
  readonly y: Float64Array;
  centre: number;
  deviation: Float64Array;
  spread: number;
  kappa: Float64Array;
}

function start(readings: Readings, room: Float64Array): State {
  const { length } = room;
  const y = readings.y.slice(0, length);
  const state: State = {
    readings,
    weight: slotWeights(readings, length),
    y,
    centre: weightedMean(y, readings.w, length),
    deviation: new Float64Array(WEEKDAYS),
    spread: 1,
    kappa: new Float64Array(WEEKDAYS).fill(Infinity),
  };
  settle(state, new Float64Array(WEEKDAYS), room);
  return state;
}

/** Centre, spread and clipped readings, given offsets and deviations. */
function settle(state: State, offsets: Float64Array, room: Float64Array): void {
  const { readings, y, deviation } = state;
  const { w, slot } = readings;
  const { length } = y;
  const level = offsets.map((offset, day) => offset + (deviation[day] ?? 0));
  for (let i = 0; i < length; i++) room[i] = (y[i] ?? 0) - (level[slot[i] ?? 0] ?? 0);
  const centre = weightedMean(room, w, length);
  let squares = 0;
  let bound = 0;
  for (let i = 0; i < length; i++) {
    squares += (w[i] ?? 0) * ((room[i] ?? 0) - centre) ** 2;
    bound += readings.floor[i] ?? 0;
  }
  const spread = Math.sqrt(Math.max(squares / Math.max(1, length - 1), bound / Math.max(1, length), 1e-18));
  for (let i = 0; i < length; i++) {
    const expected = centre + (level[slot[i] ?? 0] ?? 0);
    const limit = (CLIP * spread) / Math.sqrt(w[i] ?? 1);
    y[i] = expected + Math.min(limit, Math.max(-limit, (readings.y[i] ?? 0) - expected));
  }
  state.centre = centre;
  state.spread = spread;
}

function cellsOf({ readings, weight, y, spread }: State): Cells {
  return { weight, sum: slotSums(readings, y, y.length), variance: spread ** 2 };
}

/** Cells of what is left without centre and offsets. */
function apartOf({ readings, weight, y }: State, offsets: Float64Array, room: Float64Array): Cells {
  const { length } = y;
  for (let i = 0; i < length; i++) room[i] = (y[i] ?? 0) - (offsets[readings.slot[i] ?? 0] ?? 0);
  const centre = weightedMean(room, readings.w, length);
  for (let i = 0; i < length; i++) room[i] = (room[i] ?? 0) - centre;
  const sum = slotSums(readings, room, length);
  return { weight, sum, variance: within(readings, room, { weight, sum }) };
}

/** Variance of weight 1 about each weekday's own mean: free of how weekdays differ. */
function within(
  { w, slot }: Readings,
  residuals: Float64Array,
  { weight, sum }: Pick<Cells, "weight" | "sum">,
): number {
  const { length } = residuals;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const day = slot[i] ?? 0;
    squares += (w[i] ?? 0) * ((residuals[i] ?? 0) - (sum[day] ?? 0) / (weight[day] ?? 1)) ** 2;
  }
  const free = length - weight.filter((own) => own > 0).length;
  return Math.max(free > 0 ? squares / free : squares / length, 1e-18);
}

function shrink(state: State, { weight, sum, variance }: Cells, differing: Float64Array): void {
  const kappa = differing.map((tau) => (tau > 0 ? variance / tau : Infinity));
  state.kappa = kappa;
  state.deviation = sum.map((value, slot) => value / ((weight[slot] ?? 0) + (kappa[slot] ?? Infinity)));
}

function standardised({ readings, centre, deviation, spread, y }: State, offsets: Float64Array): Float64Array {
  const { w, slot } = readings;
  const residuals = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    const day = slot[i] ?? 0;
    const residual = (y[i] ?? 0) - centre - (offsets[day] ?? 0) - (deviation[day] ?? 0);
    residuals[i] = (residual * Math.sqrt(w[i] ?? 0)) / spread;
  }
  return residuals;
}
