import type { Measured } from "./known-values.ts";

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
export function distribution(column: Measured): Distribution {
  const { values } = column;
  const median = column.median();
  if (Number.isNaN(median)) return { skewness: 0, median, bars: [] };
  const { least, most, known } = column.moments();
  const skewness = column.skewness();
  // A stretch too narrow for a double to part is one.
  const width = (most - least) / BARS;
  if (!(least + width > least) || !Number.isFinite(width)) {
    return { skewness, median, bars: [{ low: least, high: most, rows: known }] };
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
  return { skewness, median, bars };
}
