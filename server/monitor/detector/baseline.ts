import { inflation, lagOne } from "./autocorrelation.ts";
import { type Readings, weightedMean } from "./readings.ts";
import { deviationVariance, pooledOffsets, slotSums, WEEKDAYS } from "./weekday.ts";

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
  const state = long.map((readings) => start(readings, length));
  let offsets: Float64Array = new Float64Array(WEEKDAYS);
  for (let round = 0; round < 4; round++) {
    if (weekdays !== null && long.length > 0) {
      const pooled = state.map(({ readings, spread }) => ({ readings, length, variance: spread ** 2 }));
      offsets = pooledOffsets(
        pooled,
        state.map(({ y }) => y),
      );
      const residuals = state.map((one) => centred(one, offsets, length));
      const differing = deviationVariance(
        pooled.map((one, j) => ({ ...one, variance: within(state[j]?.readings, residuals[j], length) })),
        residuals,
      );
      state.forEach((one, j) => {
        shrink(one, residuals[j] ?? new Float64Array(), differing, length);
      });
    }
    for (const one of state) settle(one, offsets, length);
  }
  const carried = state.map((one) => ({
    residuals: standardised(one, offsets, length),
    share: carriedShare(one, length),
  }));
  const phi = lagOne(carried);
  const learnt = state.map((one, j) => ({
    centre: one.centre,
    deviation: one.deviation,
    spread: one.spread,
    kappa: one.kappa,
    inflation: inflation(phi * (carried[j]?.share ?? 1)),
    fitted: parameters(one, length, weekdays === null ? null : long.length),
  }));
  let next = 0;
  const segments = series.map((readings) => (readings.y.length >= length ? (learnt[next++] ?? null) : null));
  return { offsets, segments };
}

/** The level, the segment's part in the pooled offsets, and what its own deviations use up of their seven. */
function parameters({ readings, kappa }: State, length: number, pooledOver: number | null): number {
  if (pooledOver === null) return 1;
  const { weight } = slotSums(readings, readings.y, length);
  const own = weight.reduce((sum, w, slot) => sum + w / (w + (kappa[slot] ?? Infinity)), 0);
  return Math.min(WEEKDAYS, 1 + (WEEKDAYS - 1) / pooledOver + own);
}

/** The share of a series' variance that is not sampling. */
function carriedShare({ readings, spread }: State, length: number): number {
  let floor = 0;
  for (let i = 0; i < length; i++) floor += readings.floor[i] ?? 0;
  return Math.max(0.05, 1 - floor / length / spread ** 2);
}

interface State {
  readonly readings: Readings;
  y: Float64Array;
  centre: number;
  deviation: Float64Array;
  spread: number;
  kappa: Float64Array;
}

function start(readings: Readings, length: number): State {
  const y = readings.y.slice(0, length);
  const centre = weightedMean(y, readings.w, length);
  const state: State = {
    readings,
    y,
    centre,
    deviation: new Float64Array(WEEKDAYS),
    spread: 1,
    kappa: new Float64Array(WEEKDAYS).fill(Infinity),
  };
  settle(state, new Float64Array(WEEKDAYS), length);
  return state;
}

/** Centre, spread and clipped readings, given offsets and deviations. */
function settle(state: State, offsets: Float64Array, length: number): void {
  const { readings } = state;
  const level = (i: number) => {
    const slot = readings.slot[i] ?? 0;
    return (offsets[slot] ?? 0) + (state.deviation[slot] ?? 0);
  };
  const flat = state.y.map((value, i) => value - level(i));
  state.centre = weightedMean(flat, readings.w, length);
  let squares = 0;
  let bound = 0;
  for (let i = 0; i < length; i++) {
    squares += (readings.w[i] ?? 0) * ((flat[i] ?? 0) - state.centre) ** 2;
    bound += readings.floor[i] ?? 0;
  }
  state.spread = Math.sqrt(Math.max(squares / Math.max(1, length - 1), bound / Math.max(1, length), 1e-18));
  state.y = state.y.map((_, i) => {
    const expected = state.centre + level(i);
    const limit = (CLIP * state.spread) / Math.sqrt(readings.w[i] ?? 1);
    return expected + Math.min(limit, Math.max(-limit, (readings.y[i] ?? 0) - expected));
  });
}

function centred(state: State, offsets: Float64Array, length: number): Float64Array {
  const rest = new Float64Array(length);
  for (let i = 0; i < length; i++) rest[i] = (state.y[i] ?? 0) - (offsets[state.readings.slot[i] ?? 0] ?? 0);
  const centre = weightedMean(rest, state.readings.w, length);
  return rest.map((value) => value - centre);
}

/** Variance of weight 1 about each weekday's own mean: free of how weekdays differ. */
function within(readings: Readings | undefined, residuals: Float64Array | undefined, length: number): number {
  if (readings === undefined || residuals === undefined) return 1;
  const { weight, sum } = slotSums(readings, residuals, length);
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const slot = readings.slot[i] ?? 0;
    squares += (readings.w[i] ?? 0) * ((residuals[i] ?? 0) - (sum[slot] ?? 0) / (weight[slot] ?? 1)) ** 2;
  }
  const free = length - weight.filter((w) => w > 0).length;
  return Math.max(free > 0 ? squares / free : squares / length, 1e-18);
}

function shrink(state: State, residuals: Float64Array, differing: Float64Array, length: number): void {
  const variance = within(state.readings, residuals, length);
  const { weight, sum } = slotSums(state.readings, residuals, length);
  state.kappa = differing.map((tau) => (tau > 0 ? variance / tau : Infinity));
  state.deviation = sum.map((value, slot) => value / ((weight[slot] ?? 0) + (state.kappa[slot] ?? Infinity)));
}

function standardised(state: State, offsets: Float64Array, length: number): Float64Array {
  const { readings, centre, deviation, spread, y } = state;
  return Float64Array.from({ length }, (_, i) => {
    const slot = readings.slot[i] ?? 0;
    const residual = (y[i] ?? 0) - centre - (offsets[slot] ?? 0) - (deviation[slot] ?? 0);
    return (residual * Math.sqrt(readings.w[i] ?? 0)) / spread;
  });
}
