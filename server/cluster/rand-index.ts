/**
 * Adjusted Rand index of two labellings of the same rows (Hubert and Arabie 1985): 1 for the same partition, about 0 for
 * unrelated ones, at worst below 0. 1 where both put every row alone or all rows together. Labels are any whole numbers from 0.
 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} labels are not of the same rows`);
  const wide = largest(b) + 1;
  const together = new Map<number, number>();
  const inA = new Map<number, number>();
  const inB = new Map<number, number>();
  for (let row = 0; row < a.length; row++) {
    const x = a[row] as number;
    const y = b[row] as number;
    together.set(x * wide + y, (together.get(x * wide + y) ?? 0) + 1);
    inA.set(x, (inA.get(x) ?? 0) + 1);
    inB.set(y, (inB.get(y) ?? 0) + 1);
  }
  const same = pairs(together.values());
  const pairsA = pairs(inA.values());
  const pairsB = pairs(inB.values());
  const all = (a.length * (a.length - 1)) / 2;
  const expected = all > 0 ? (pairsA * pairsB) / all : 0;
  const most = (pairsA + pairsB) / 2;
  return most === expected ? 1 : (same - expected) / (most - expected);
}

function largest(labels: ArrayLike<number>): number {
  let most = 0;
  for (let row = 0; row < labels.length; row++) most = Math.max(most, labels[row] as number);
  return most;
}

function pairs(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += (count * (count - 1)) / 2;
  return sum;
}
