import { quantilesOf } from "./select.ts";

/** Of the known values of a column. */
export interface Moments {
  /** NaN where nothing is known. */
  readonly mean: number;
  /** Sample standard deviation (n − 1); NaN of fewer than two, an exact 0 where all are the same. */
  readonly sd: number;
  readonly known: number;
  /** The least and the greatest; infinite where nothing is known. */
  readonly least: number;
  readonly most: number;
}

/** A column, NaN where a value is missing, with what is asked of it again and again, found when it is asked first. */
export interface Measured {
  /** Not to be changed. */
  readonly values: Float64Array;
  moments(): Moments;
  /** Σ((x − mean) / sd)³ / n, with the sample's sd; 0 where all values are the same. */
  skewness(): number;
  /** NaN where nothing is known. */
  median(): number;
  /** The values at a quarter, a half and three quarters, type 7; NaN where nothing is known. */
  quartiles(): readonly [number, number, number];
}

export function measured(values: Float64Array): Measured {
  let moments: Moments | null = null;
  let skewed: number | null = null;
  let quartiles: readonly [number, number, number] | null = null;
  const own: Measured = {
    values,
    moments: () => (moments ??= meanAndSd(values)),
    skewness: () => (skewed ??= skewness(values, own.moments())),
    // All three take hardly longer than one.
    median: () => own.quartiles()[1],
    quartiles: () => (quartiles ??= quantilesOf(values, [0.25, 0.5, 0.75]) as [number, number, number]),
  };
  return own;
}

/** In two passes. */
export function meanAndSd(values: Float64Array): Moments {
  let known = 0;
  let sum = 0;
  let least = Infinity;
  let most = -Infinity;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (Number.isNaN(value)) continue;
    known++;
    sum += value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least === most) return { mean: least, sd: known > 1 ? 0 : Number.NaN, known, least, most };
  const mean = known > 0 ? sum / known : Number.NaN;
  let squares = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  }
  return { mean, sd: known > 1 ? Math.sqrt(squares / (known - 1)) : Number.NaN, known, least, most };
}

function skewness(values: Float64Array, { mean, sd, known }: Moments): number {
  if (!(sd > 0)) return 0;
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    const z = ((values[at] as number) - mean) / sd;
    if (!Number.isNaN(z)) sum += z * z * z;
  }
  return sum / known;
}
