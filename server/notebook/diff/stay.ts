export interface Pair {
  readonly before: number;
  readonly after: number;
  /** Greater than 0. */
  readonly weight: number;
}

interface Run {
  readonly pair: Pair;
  readonly total: number;
  readonly before: Run | null;
}

/** The heaviest set of pairs that stand in one order on both sides: all others have moved. O(n log n), by a Fenwick tree of the best runs. */
export function staying(pairs: readonly Pair[]): Pair[] {
  const size = pairs.reduce((most, { after }) => Math.max(most, after + 1), 0);
  // best[n] is the heaviest run that ends among the places after of the n-th node's stretch.
  const best: (Run | null)[] = new Array<Run | null>(size + 1).fill(null);
  for (const pair of [...pairs].sort((a, b) => a.before - b.before)) {
    let before: Run | null = null;
    for (let node = pair.after; node > 0; node -= node & -node) before = heavier(best[node] ?? null, before);
    const run = { pair, total: pair.weight + (before?.total ?? 0), before };
    for (let node = pair.after + 1; node <= size; node += node & -node) best[node] = heavier(best[node] ?? null, run);
  }
  let last: Run | null = null;
  for (const run of best) last = heavier(last, run);
  const kept: Pair[] = [];
  for (let run = last; run !== null; run = run.before) kept.push(run.pair);
  return kept.reverse();
}

function heavier(one: Run | null, other: Run | null): Run | null {
  return other === null || (one !== null && one.total >= other.total) ? one : other;
}
