/** A value with how often it comes. */
export interface Weighted {
  readonly value: number;
  readonly count: number;
}

export interface NaturalBreaks {
  /** The least value of each class, ascending: as many as there are classes. */
  readonly from: readonly number[];
  /** Goodness of variance fit, 0 to 1: 1 − squared deviations within the classes / squared deviations in all. */
  readonly fit: number;
}

/**
 * Values in `classes` stretches with the least sum of squared deviations from the stretches' means: the exact optimum, by
 * dynamic programming (W. D. Fisher, Journal of the American Statistical Association 53 (1958); G. F. Jenks 1977), in
 * O(classes · n²) for n different values. Of several optima the one whose upper classes begin highest. Null where there
 * are fewer different values than classes, or none.
 */
export function naturalBreaks(values: readonly Weighted[], classes: number): NaturalBreaks | null {
  const sorted = merged(values);
  const n = sorted.length;
  if (classes < 1 || n < classes) return null;
  const within = spreadOf(sorted);
  const total = within(0, n - 1);
  // least[j]: of values 0…j in the classes so far; starts[c][j]: where the last of them begins.
  let least = Float64Array.from(sorted, (_, last) => within(0, last));
  const starts: Int32Array[] = [];
  for (let made = 1; made < classes; made += 1) {
    const before = least;
    const next = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    const start = new Int32Array(n);
    for (let last = made; last < n; last += 1) {
      for (let first = made; first <= last; first += 1) {
        const sum = (before[first - 1] ?? 0) + within(first, last);
        if (sum > (next[last] ?? 0)) continue;
        next[last] = sum;
        start[last] = first;
      }
    }
    least = next;
    starts.push(start);
  }
  const from: number[] = [];
  let last = n - 1;
  for (const start of starts.reverse()) {
    const first = start[last] ?? 0;
    from.unshift(sorted[first]?.value ?? 0);
    last = first - 1;
  }
  from.unshift(sorted[0]?.value ?? 0);
  return { from, fit: total === 0 ? 1 : 1 - (least[n - 1] ?? 0) / total };
}

/** Different values in ascending order; those that never come are left out. */
function merged(values: readonly Weighted[]): Weighted[] {
  const counts = new Map<number, number>();
  for (const { value, count } of values) if (count > 0) counts.set(value, (counts.get(value) ?? 0) + count);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => a.value - b.value);
}

/** Squared deviations from the mean of values first…last, from running sums about the overall mean. */
function spreadOf(sorted: readonly Weighted[]): (first: number, last: number) => number {
  const weight = sorted.reduce((sum, { count }) => sum + count, 0);
  const centre = sorted.reduce((sum, { value, count }) => sum + value * count, 0) / weight;
  const weights = new Float64Array(sorted.length + 1);
  const sums = new Float64Array(sorted.length + 1);
  const squares = new Float64Array(sorted.length + 1);
  for (const [index, { value, count }] of sorted.entries()) {
    const away = value - centre;
    weights[index + 1] = (weights[index] ?? 0) + count;
    sums[index + 1] = (sums[index] ?? 0) + away * count;
    squares[index + 1] = (squares[index] ?? 0) + away * away * count;
  }
  return (first, last) => {
    if (first === last) return 0;
    const between = (running: Float64Array) => (running[last + 1] ?? 0) - (running[first] ?? 0);
    return Math.max(0, between(squares) - between(sums) ** 2 / between(weights));
  };
}
