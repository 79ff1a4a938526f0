/** Seeded data for tests, independent of the code under test. */

/** Uniform numbers in [0, 1) by the linear congruence of Numerical Recipes. */
export function uniform(seed: number): () => number {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 5; warm++) next();
  return next;
}

/** Normal numbers, by the central limit of twelve uniform ones. */
export function normal(seed: number): () => number {
  const next = uniform(seed);
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += next();
    return sum;
  };
}

/** Rows around the given centres, taken in turn, with normal noise; and the centre each row came from. */
export function blobs(centres: readonly (readonly number[])[], rows: number, noise: number, seed: number) {
  const draw = normal(seed);
  const planted = Array.from({ length: rows }, (_, row) => row % centres.length);
  const points = planted.map((centre) => (centres[centre] ?? []).map((middle) => middle + noise * draw()));
  return { points, planted };
}
