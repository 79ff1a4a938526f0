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

/** The least and the greatest known value; 0 where there are none. */
export function extremes(values: Float64Array): { least: number; most: number } {
  let least = Infinity;
  let most = -Infinity;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least > most ? { least: 0, most: 0 } : { least, most };
}

/** Mean and sample standard deviation (n − 1) of the known values, in two passes; NaN where undefined, an exact 0 where all are the same. */
export function meanAndSd(values: Float64Array): { mean: number; sd: number; known: number } {
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
  if (least === most) return { mean: least, sd: known > 1 ? 0 : Number.NaN, known };
  const mean = known > 0 ? sum / known : Number.NaN;
  let squares = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  }
  return { mean, sd: known > 1 ? Math.sqrt(squares / (known - 1)) : Number.NaN, known };
}
