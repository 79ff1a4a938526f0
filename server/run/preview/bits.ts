/** One truth for each row, packed: row r is bit r % 32 of word r / 32. */
export type Bits = Uint32Array;

export function noBits(rows: number): Bits {
  return new Uint32Array(Math.ceil(rows / 32));
}

/**
 * Spreads masks over rows: bit n of `masks[i]` says whether the n-th of the result holds row `rows[i]`. Masks are below
 * 2³¹, and rows that are not listed have none.
 */
export function spread(
  rows: Float64Array,
  masks: Float64Array,
  { count, most }: { count: number; most: number },
): Bits[] {
  const all = Array.from({ length: count }, () => noBits(most));
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    const word = Math.floor(row / 32);
    const bit = 1 << (row % 32);
    for (let mask = masks[at] ?? 0, n = 0; mask !== 0; mask >>>= 1, n += 1) {
      const bits = all[n];
      if ((mask & 1) === 1 && bits !== undefined) bits[word] = (bits[word] ?? 0) | bit;
    }
  }
  return all;
}

/** How many rows are in `of` and in none of `without`. */
export function count(of: Bits, without: Bits | null): number {
  let sum = 0;
  for (let word = 0; word < of.length; word += 1) sum += ones((of[word] ?? 0) & ~(without?.[word] ?? 0));
  return sum;
}

/** Rows that are in some of these; null where there are none of them. */
export function union(all: readonly Bits[]): Bits | null {
  const [first, ...others] = all;
  if (first === undefined) return null;
  const joined = first.slice();
  for (const bits of others)
    for (let word = 0; word < joined.length; word += 1) joined[word] = (joined[word] ?? 0) | (bits[word] ?? 0);
  return joined;
}

function ones(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
