/** A copy of the known values, in their order. */
export function knownOf(values: Float64Array): Float64Array {
  const known = new Float64Array(values.length);
  let count = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (!Number.isNaN(value)) known[count++] = value;
  }
  return known.subarray(0, count);
}

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
