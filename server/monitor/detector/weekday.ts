import type { Readings } from "./readings.ts";

/** A series' baseline as the pooling of weekdays sees it. */
export interface Pooled {
  readonly readings: Readings;
  /** Periods of the baseline. */
  readonly length: number;
  /** Variance of a reading of weight 1. */
  readonly variance: number;
}

export const WEEKDAYS = 7;

/**
 * One offset a weekday for all series, by least squares with the inverse variance as weight, each series with a mean of
 * its own; the offsets of the weekdays that occur sum to 0. Pooling matters: seven means a segment cost more than they give.
 */
export function pooledOffsets(series: readonly Pooled[], y: readonly Float64Array[]): Float64Array {
  // All that the rounds need of a series: its sums a weekday.
  const cells = series.map(({ readings, length, variance }, j) => ({
    ...slotSums(readings, y[j] ?? new Float64Array(), length),
    variance,
  }));
  const offsets = new Float64Array(WEEKDAYS);
  const centres = new Float64Array(series.length);
  for (let round = 0; round < 200; round++) {
    const moved = Math.max(meansGivenOffsets(cells, offsets, centres), offsetsGivenMeans(cells, offsets, centres));
    if (moved < 1e-12) break;
  }
  return offsets;
}

interface Cells {
  /** Σ w and Σ wy a weekday. */
  readonly weight: Float64Array;
  readonly sum: Float64Array;
  readonly variance: number;
}

function meansGivenOffsets(cells: readonly Cells[], offsets: Float64Array, centres: Float64Array): number {
  let moved = 0;
  cells.forEach(({ weight, sum }, j) => {
    let whole = 0;
    let rest = 0;
    for (let slot = 0; slot < WEEKDAYS; slot++) {
      whole += weight[slot] ?? 0;
      rest += (sum[slot] ?? 0) - (weight[slot] ?? 0) * (offsets[slot] ?? 0);
    }
    const centre = whole === 0 ? 0 : rest / whole;
    moved = Math.max(moved, Math.abs(centre - (centres[j] ?? 0)));
    centres[j] = centre;
  });
  return moved;
}

function offsetsGivenMeans(cells: readonly Cells[], offsets: Float64Array, centres: Float64Array): number {
  const sums = new Float64Array(WEEKDAYS);
  const weights = new Float64Array(WEEKDAYS);
  cells.forEach(({ weight, sum, variance }, j) => {
    for (let slot = 0; slot < WEEKDAYS; slot++) {
      const own = (weight[slot] ?? 0) / variance;
      sums[slot] = (sums[slot] ?? 0) + (sum[slot] ?? 0) / variance - own * (centres[j] ?? 0);
      weights[slot] = (weights[slot] ?? 0) + own;
    }
  });
  const found = sums.map((sum, slot) => ((weights[slot] ?? 0) > 0 ? sum / (weights[slot] ?? 1) : 0));
  const present = weights.filter((weight) => weight > 0).length;
  const mean = found.reduce((a, b) => a + b, 0) / Math.max(1, present);
  let moved = 0;
  for (let slot = 0; slot < WEEKDAYS; slot++) {
    const next = (weights[slot] ?? 0) > 0 ? (found[slot] ?? 0) - mean : 0;
    moved = Math.max(moved, Math.abs(next - (offsets[slot] ?? 0)));
    offsets[slot] = next;
  }
  return moved;
}

/**
 * Variances of what a segment's weekday keeps from the pooled offset, a weekday: τ², how far segments truly differ
 * (moments, as DerSimonian and Laird 1986), and the offset's own error. Residuals from centre and offset.
 */
export function deviationVariance(series: readonly Pooled[], residuals: readonly Float64Array[]): Float64Array {
  const precisions = new Float64Array(WEEKDAYS);
  let spread = 0;
  let cells = 0;
  let share = 0;
  series.forEach((pooled, j) => {
    const cell = slotSums(pooled.readings, residuals[j] ?? new Float64Array(), pooled.length);
    const total = cell.weight.reduce((a, b) => a + b, 0) / pooled.variance;
    for (let slot = 0; slot < WEEKDAYS; slot++) {
      const weight = cell.weight[slot] ?? 0;
      if (weight === 0) continue;
      const precision = weight / pooled.variance;
      spread += precision * ((cell.sum[slot] ?? 0) / weight) ** 2;
      share += precision - precision ** 2 / total;
      cells += 1;
      precisions[slot] = (precisions[slot] ?? 0) + precision;
    }
  });
  const weekdays = precisions.filter((precision) => precision > 0).length;
  const free = cells - series.length - (weekdays - 1);
  const own = share * (1 - 1 / series.length);
  const tau = free > 0 && own > 0 ? Math.max(0, (spread - free) / own) : 0;
  return precisions.map((precision) => (precision > 0 ? tau + 1 / precision : 0));
}

/** Σ w and Σ w a, a weekday, over the first `length` periods. */
export function slotSums(
  readings: Readings,
  a: ArrayLike<number>,
  length: number,
): { weight: Float64Array; sum: Float64Array } {
  const weight = new Float64Array(WEEKDAYS);
  const sum = new Float64Array(WEEKDAYS);
  for (let i = 0; i < length; i++) {
    const slot = readings.slot[i] ?? 0;
    const w = readings.w[i] ?? 0;
    weight[slot] = (weight[slot] ?? 0) + w;
    sum[slot] = (sum[slot] ?? 0) + w * (a[i] ?? 0);
  }
  return { weight, sum };
}
