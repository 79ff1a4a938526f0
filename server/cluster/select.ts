import { knownOf } from "./known-values.ts";

/**
 * Type-7 quantiles (Hyndman and Fan 1996, The American Statistician 50(4)), linear between the two values around, of values
 * in any order, without sorting them (Hoare's FIND, CACM 4, 1961): in time that grows with the values, not faster. NaN is
 * missing; NaN where nothing is known. `shares` ascend.
 */
export function quantilesOf(values: Float64Array, shares: readonly number[]): number[] {
  const known = knownOf(values);
  const last = known.length - 1;
  if (last < 0) return shares.map(() => Number.NaN);
  let settled = 0;
  return shares.map((share) => {
    const at = last * share;
    const below = select(known, Math.floor(at), settled);
    const above = select(known, Math.ceil(at), Math.floor(at));
    settled = Math.floor(at);
    return below === above ? below : below + (above - below) * (at - Math.floor(at));
  });
}

/** The median, as `quantilesOf` gives it. */
export function medianOf(values: Float64Array): number {
  return quantilesOf(values, [0.5])[0] ?? Number.NaN;
}

/** The value at a place of the ascending order; puts smaller ones before it and larger ones after. Those before `settled` are smaller already. */
function select(values: Float64Array, place: number, settled: number): number {
  let low = settled;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middleOf(values[low] as number, values[(low + high) >> 1] as number, values[high] as number);
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i > j) break;
      const value = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = value;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else break;
  }
  return values[place] as number;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
