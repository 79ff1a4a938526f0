import { meanAndSd, quantile, sortedKnown } from "./quantile.ts";

/** How the known values of a column lie. NaN is missing. */
export interface Distribution {
  /** Σ((x − mean) / sd)³ / n, with the sample's sd; 0 where all values are the same. */
  readonly skewness: number;
  readonly median: number;
  /** Rows in stretches of equal width from the least value to the greatest; one stretch where they are the same. */
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
}

const BARS = 24;

/** Beyond this skewness a column's tail outweighs the rest of it. */
export const SKEWED = 3;

/** Counts a column's values in bars. A value on a border is in the upper one, the greatest in the last. */
export function distribution(values: Float64Array): Distribution {
  const sorted = sortedKnown(values);
  const least = sorted[0];
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return { skewness: 0, median: Number.NaN, bars: [] };
  const median = quantile(sorted, 0.5);
  // A stretch too narrow for a double to part is one.
  const width = (most - least) / BARS;
  if (!(least + width > least) || !Number.isFinite(width)) {
    return { skewness: skewness(sorted), median, bars: [{ low: least, high: most, rows: sorted.length }] };
  }
  const counts = new Array<number>(BARS).fill(0);
  for (const value of sorted) {
    const bar = Math.min(BARS - 1, Math.floor((value - least) / width));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  const bars = counts.map((rows, bar) => ({
    low: least + bar * width,
    high: bar === BARS - 1 ? most : least + (bar + 1) * width,
    rows,
  }));
  return { skewness: skewness(sorted), median, bars };
}

/** Sample skewness of the known values, with the sd of n − 1; 0 where all are the same. */
export function skewness(values: Float64Array): number {
  const { mean, sd, known } = meanAndSd(values);
  if (!(sd > 0)) return 0;
  let sum = 0;
  for (const value of values) if (!Number.isNaN(value)) sum += ((value - mean) / sd) ** 3;
  return sum / known;
}
