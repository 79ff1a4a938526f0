/** Of fewer values counting by bits takes longer than it saves. */
const MANY = 16_384;
/** What 16 bits can be; the first ones of a double are its sign, its exponent and four of its fraction. */
const WORDS = 65_536;

/**
 * Type-7 quantiles (Hyndman and Fan 1996, The American Statistician 50(4)), linear between the two values around, of values
 * in any order, without sorting them: in time that grows with the values, not faster. NaN is missing; NaN where nothing is
 * known.
 */
export function quantilesOf(values: Float64Array, shares: readonly number[]): number[] {
  if (values.length < MANY) {
    const known = values.filter((value) => !Number.isNaN(value));
    return between(known.length, shares, (places) => ordered(known, places));
  }
  const counts = countBits(values, 0);
  return between(counts.known, shares, (places) => orderedOfMany(values, places, counts));
}

/** Between the two values around each share of so many known ones; `valuesAt` gives those at ascending places. */
function between(
  known: number,
  shares: readonly number[],
  valuesAt: (places: readonly number[]) => readonly number[],
): number[] {
  const last = known - 1;
  if (last < 0) return shares.map(() => Number.NaN);
  const around = shares.flatMap((share) => [Math.floor(last * share), Math.ceil(last * share)]);
  const places = [...new Set(around)].sort((a, b) => a - b);
  const found = valuesAt(places);
  const valueAt = new Map(places.map((place, at) => [place, found[at] as number]));
  return shares.map((share) => {
    const at = last * share;
    const below = valueAt.get(Math.floor(at)) as number;
    const above = valueAt.get(Math.ceil(at)) as number;
    return below === above ? below : below + (above - below) * (at - Math.floor(at));
  });
}

/** The values at ascending places of the ascending order; brings `values` closer to that order. */
function ordered(values: Float64Array, places: readonly number[]): number[] {
  let settled = 0;
  return places.map((place) => {
    const value = select(values, place, settled);
    settled = place;
    return value;
  });
}

/** How many of the known values have each 16 of a double's bits, the first ones at depth 0, the last at depth 3. */
interface BitCounts {
  readonly depth: number;
  readonly counts: Int32Array;
  readonly known: number;
}

/**
 * Likewise, of many: only those that have the same bits as a wanted one are taken out and looked at more closely. All have the
 * same bits before those that were counted.
 */
function orderedOfMany(values: Float64Array, places: readonly number[], { depth, counts }: BitCounts): number[] {
  const words = wordsOf(values);
  const word = wordAt(depth);
  const groups: { readonly from: number; readonly to: number; readonly within: number[] }[] = [];
  /** By bits: where the next value with these goes, from 1 on; 0 where none of them is wanted. */
  const room = new Int32Array(WORDS);
  // Bits of a double grow with it, and fall where it is below 0.
  const falls = depth > 0 && (words[wordAt(0)] as number) >= WORDS / 2;
  let taken = 0;
  for (let at = 0, next = 0, before = 0; next < places.length; at++) {
    const bits = depth === 0 ? firstBits(at) : falls ? WORDS - 1 - at : at;
    const end = before + (counts[bits] as number);
    const within: number[] = [];
    while (next < places.length && (places[next] as number) < end) within.push((places[next++] as number) - before);
    if (within.length > 0) {
      room[bits] = taken + 1;
      groups.push({ from: taken, to: taken + end - before, within });
      taken += end - before;
    }
    before = end;
  }
  const chosen = new Float64Array(taken);
  for (let row = 0; row < values.length; row++) {
    const bits = words[4 * row + word] as number;
    const place = room[bits] as number;
    if (place === 0 || Number.isNaN(values[row])) continue;
    chosen[place - 1] = values[row] as number;
    room[bits] = place + 1;
  }
  return groups.flatMap(({ from, to, within }) => {
    const alike = chosen.subarray(from, to);
    if (areEqual(alike)) return within.map(() => alike[0] as number);
    return alike.length < MANY ? ordered(alike, within) : orderedOfMany(alike, within, countBits(alike, depth + 1));
  });
}

function countBits(values: Float64Array, depth: number): BitCounts {
  const words = wordsOf(values);
  const word = wordAt(depth);
  const counts = new Int32Array(WORDS);
  let known = 0;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    known++;
    const bits = words[4 * row + word] as number;
    counts[bits] = (counts[bits] as number) + 1;
  }
  return { depth, counts, known };
}

/** Each double as four words of 16 bits. */
function wordsOf({ buffer, byteOffset, length }: Float64Array): Uint16Array {
  return new Uint16Array(buffer, byteOffset, 4 * length);
}

const IS_BIG_ENDIAN = new Uint16Array(Float64Array.of(-0).buffer)[3] === 0;

/** Which of a double's words is the first, which begins with its sign, the second, and so on. */
function wordAt(depth: number): number {
  return IS_BIG_ENDIAN ? depth : 3 - depth;
}

/** The first words of doubles from the least to the greatest. */
function firstBits(at: number): number {
  return at < WORDS / 2 ? WORDS - 1 - at : at - WORDS / 2;
}

function areEqual(values: Float64Array): boolean {
  let at = 1;
  while (at < values.length && values[at] === values[0]) at++;
  return at >= values.length;
}

/**
 * The value at a place of the ascending order; puts smaller ones before it and larger ones after (Hoare's FIND, CACM 4, 1961).
 * Those before `settled` are smaller already.
 */
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
