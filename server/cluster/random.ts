/** A seeded source of random numbers: the same seed and stream give the same numbers everywhere. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** A uniform whole number from 0 to n − 1. */
  below(n: number): number;
  /** As `sampleRows` draws them: a number for each of 0 … n − 1, until there are enough. */
  sample(n: number, wanted: number): Int32Array;
}

/** Small Fast Counting generator (C. Doty-Humphrey's sfc32, PractRand), seeded through splitmix32. `stream` tells uses of one seed apart. */
export function seededRandom(seed: number, stream: string): Random {
  let mixed = Math.imul(seed | 0, 0x9e3779b9) ^ Math.floor(seed / 2 ** 32);
  for (const letter of stream) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  const seedWord = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let word = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  };
  // In an array of whole numbers, a loop of draws makes no garbage.
  const state = Int32Array.of(seedWord(), seedWord(), seedWord(), 1);
  const word = (): number => {
    const b = state[1] as number;
    const c = state[2] as number;
    const counter = state[3] as number;
    const sum = ((((state[0] as number) + b) | 0) + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
    state[3] = counter + 1;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 12; warm++) word();
  const next = (): number => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
  // The same numbers as `next` gives, in variables of its own: of millions a third of the time.
  const sample = (n: number, wanted: number): Int32Array => {
    const taken = new Int32Array(wanted);
    let a = state[0] as number;
    let b = state[1] as number;
    let c = state[2] as number;
    let counter = state[3] as number;
    let count = 0;
    for (let row = 0; count < wanted; row++) {
      const first = (((a + b) | 0) + counter) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + first) | 0;
      const second = (((a + b) | 0) + ((counter + 1) | 0)) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + second) | 0;
      counter = (counter + 2) | 0;
      const drawn = ((first >>> 5) * 2 ** 26 + (second >>> 6)) / 2 ** 53;
      if (drawn * (n - row) < wanted - count) taken[count++] = row;
    }
    state.set([a, b, c, counter]);
    return taken;
  };
  return { next, sample, below: (n) => Math.floor(next() * n) };
}

/** `count` of the numbers 0 … n − 1, each set equally likely, ascending (Vitter's selection sampling). */
export function sampleRows(n: number, count: number, random: Random): Int32Array {
  return random.sample(n, Math.min(count, n));
}

/** `count` of the numbers 0 … n − 1, ascending: one of each of as many equal stretches. */
export function spreadRows(n: number, count: number, random: Random): Int32Array {
  const wanted = Math.min(count, n);
  const sample = new Int32Array(wanted);
  for (let at = 0, from = 0; at < wanted; at++) {
    const to = Math.floor(((at + 1) * n) / wanted);
    sample[at] = from + random.below(to - from);
    from = to;
  }
  return sample;
}

/** Shuffles in place (Fisher and Yates). */
export function shuffle(values: Float64Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const value = values[i] as number;
    values[i] = values[j] as number;
    values[j] = value;
  }
}

/** The given rows of a row-major matrix. */
export function takeRows(points: Float64Array, columns: number, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    taken.set(points.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return taken;
}
