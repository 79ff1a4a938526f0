export interface Pair {
  readonly before: number;
  readonly after: number;
  /** Greater than 0. */
  readonly weight: number;
}

/** The heaviest set of pairs that stand in one order on both sides: all others have moved. O(n²). */
export function staying(pairs: readonly Pair[]): Pair[] {
  const sorted = [...pairs].sort((a, b) => a.before - b.before);
  const best: { total: number; from: number }[] = [];
  for (const [at, pair] of sorted.entries()) {
    let [total, from] = [0, -1];
    for (let earlier = 0; earlier < at; earlier++) {
      const sum = best[earlier]?.total ?? 0;
      if (sum > total && (sorted[earlier]?.after ?? 0) < pair.after) [total, from] = [sum, earlier];
    }
    best.push({ total: total + pair.weight, from });
  }
  let at = best.reduce((top, { total }, place) => (total > (best[top]?.total ?? 0) ? place : top), 0);
  const kept: Pair[] = [];
  for (let pair = sorted[at]; pair !== undefined; pair = sorted[at]) {
    kept.push(pair);
    at = best[at]?.from ?? -1;
  }
  return kept.reverse();
}
