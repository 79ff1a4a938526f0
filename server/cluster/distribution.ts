import { type Moments, meanAndSd } from "./known-values.ts";
import { medianOf } from "./select.ts";

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
  const median = medianOf(values);
  if (Number.isNaN(median)) return { skewness: 0, median, bars: [] };
  const moments = meanAndSd(values);
  const { least, most, known } = moments;
  const skewed = skewness(values, moments);
  // A stretch too narrow for a double to part is one.
  const width = (most - least) / BARS;
  if (!(least + width > least) || !Number.isFinite(width)) {
    return { skewness: skewed, median, bars: [{ low: least, high: most, rows: known }] };
  }
  const counts = new Float64Array(BARS);
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (Number.isNaN(value)) continue;
    const bar = Math.min(BARS - 1, Math.floor((value - least) / width));
    counts[bar] = (counts[bar] as number) + 1;
  }
  const bars = Array.from(counts, (rows, bar) => ({
    low: least + bar * width,
    high: bar === BARS - 1 ? most : least + (bar + 1) * width,
    rows,
  }));
  return { skewness: skewed, median, bars };
}

/** Sample skewness of the known values, with the sd of n − 1; 0 where all are the same. `moments` where they are known already. */
export function skewness(values: Float64Array, moments: Moments = meanAndSd(values)): number {
  const { mean, sd, known } = moments;
  if (!(sd > 0)) return 0;
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    const z = ((values[at] as number) - mean) / sd;
    if (!Number.isNaN(z)) sum += z * z * z;
  }
  return sum / known;
}
