import type { Readings } from "./readings.ts";

export const WEEKDAYS = 7;

/** All that the pooling of weekdays needs of a series' baseline. */
export interface Cells {
  /** Σ w and Σ wy a weekday. */
  readonly weight: Float64Array;
  readonly sum: Float64Array;
  /** Variance of a reading of weight 1. */
  readonly variance: number;
}

/**
 * One offset a weekday for all series, by least squares with the inverse variance as weight, each series with a mean of
 * its own; the offsets of the weekdays that occur sum to 0. Pooling matters: seven means a segment cost more than they give.
 */
export function pooledOffsets(cells: readonly Cells[]): Float64Array {
  const rows = rowsOf(cells);
  const offsets = new Float64Array(WEEKDAYS);
  const centres = new Float64Array(cells.length);
  for (let round = 0; round < 200; round++) {
    const moved = Math.max(meansGivenOffsets(rows, offsets, centres), offsetsGivenMeans(rows, offsets, centres));
    if (moved < 1e-12) break;
  }
  return offsets;
}

/** What stays the same from round to round, a series after the other. */
interface Rows {
  /** Σ w and Σ wy, and both over the variance: seven a series. */
  readonly weight: Float64Array;
  readonly sum: Float64Array;
  readonly precision: Float64Array;
  readonly precise: Float64Array;
  /** Σ w, a series. */
  readonly whole: Float64Array;
  /** Precision of all series, a weekday. */
  readonly all: Float64Array;
}

function rowsOf(cells: readonly Cells[]): Rows {
  const row = () => new Float64Array(cells.length * WEEKDAYS);
  const rows = { weight: row(), sum: row(), precision: row(), precise: row() };
  const whole = new Float64Array(cells.length);
  const all = new Float64Array(WEEKDAYS);
  for (const [j, { weight, sum, variance }] of cells.entries()) {
    rows.weight.set(weight, j * WEEKDAYS);
    rows.sum.set(sum, j * WEEKDAYS);
    for (let slot = 0; slot < WEEKDAYS; slot++) {
      const precision = (weight[slot] ?? 0) / variance;
      rows.precision[j * WEEKDAYS + slot] = precision;
      rows.precise[j * WEEKDAYS + slot] = (sum[slot] ?? 0) / variance;
      whole[j] = (whole[j] ?? 0) + (weight[slot] ?? 0);
      all[slot] = (all[slot] ?? 0) + precision;
    }
  }
  return { ...rows, whole, all };
}

function meansGivenOffsets({ weight, sum, whole }: Rows, offsets: Float64Array, centres: Float64Array): number {
  let moved = 0;
  for (let j = 0; j < centres.length; j++) {
    let rest = 0;
    for (let slot = 0; slot < WEEKDAYS; slot++) {
      const at = j * WEEKDAYS + slot;
      rest += (sum[at] ?? 0) - (weight[at] ?? 0) * (offsets[slot] ?? 0);
    }
    const centre = whole[j] === 0 ? 0 : rest / (whole[j] ?? 1);
    moved = Math.max(moved, Math.abs(centre - (centres[j] ?? 0)));
    centres[j] = centre;
  }
  return moved;
}

function offsetsGivenMeans({ precision, precise, all }: Rows, offsets: Float64Array, centres: Float64Array): number {
  const sums = new Float64Array(WEEKDAYS);
  for (let j = 0; j < centres.length; j++) {
    const centre = centres[j] ?? 0;
    for (let slot = 0; slot < WEEKDAYS; slot++) {
      const at = j * WEEKDAYS + slot;
      sums[slot] = (sums[slot] ?? 0) + (precise[at] ?? 0) - (precision[at] ?? 0) * centre;
    }
  }
  const found = sums.map((sum, slot) => ((all[slot] ?? 0) > 0 ? sum / (all[slot] ?? 1) : 0));
  const present = all.filter((weight) => weight > 0).length;
  const mean = found.reduce((a, b) => a + b, 0) / Math.max(1, present);
  let moved = 0;
  for (let slot = 0; slot < WEEKDAYS; slot++) {
    const next = (all[slot] ?? 0) > 0 ? (found[slot] ?? 0) - mean : 0;
    moved = Math.max(moved, Math.abs(next - (offsets[slot] ?? 0)));
    offsets[slot] = next;
  }
  return moved;
}

/**
 * Variances of what a segment's weekday keeps from the pooled offset, a weekday: τ², how far segments truly differ
 * (moments, as DerSimonian and Laird 1986), and the offset's own error. Cells of the residuals from centre and offset.
 */
export function deviationVariance(series: readonly Cells[]): Float64Array {
  const precisions = new Float64Array(WEEKDAYS);
  let spread = 0;
  let cells = 0;
  let share = 0;
  for (const { weight: weights, sum, variance } of series) {
    const total = weights.reduce((a, b) => a + b, 0) / variance;
    for (let slot = 0; slot < WEEKDAYS; slot++) {
      const weight = weights[slot] ?? 0;
      if (weight === 0) continue;
      const precision = weight / variance;
      spread += precision * ((sum[slot] ?? 0) / weight) ** 2;
      share += precision - precision ** 2 / total;
      cells += 1;
      precisions[slot] = (precisions[slot] ?? 0) + precision;
    }
  }
  const weekdays = precisions.filter((precision) => precision > 0).length;
  const free = cells - series.length - (weekdays - 1);
  const own = share * (1 - 1 / series.length);
  const tau = free > 0 && own > 0 ? Math.max(0, (spread - free) / own) : 0;
  return precisions.map((precision) => (precision > 0 ? tau + 1 / precision : 0));
}

/** Σ w a weekday, over the first `length` periods. */
export function slotWeights({ w, slot }: Readings, length: number): Float64Array {
  const weight = new Float64Array(WEEKDAYS);
  for (let i = 0; i < length; i++) weight[slot[i] ?? 0] = (weight[slot[i] ?? 0] ?? 0) + (w[i] ?? 0);
  return weight;
}

/** Σ w a, a weekday, over the first `length` periods. */
export function slotSums({ w, slot }: Readings, a: Float64Array, length: number): Float64Array {
  const sum = new Float64Array(WEEKDAYS);
  for (let i = 0; i < length; i++) sum[slot[i] ?? 0] = (sum[slot[i] ?? 0] ?? 0) + (w[i] ?? 0) * (a[i] ?? 0);
  return sum;
}
