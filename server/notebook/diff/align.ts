import type { Effort } from "./effort.ts";

/** Places of one sequence and of the other that belong together; both rise. */
export type Aligned = readonly [number, number][];

/** Beyond so many pairs at once nothing is aligned between what both begin and end with: the table would take too much memory. */
const LARGEST_TABLE = 4_000_000;

/**
 * The heaviest common subsequence: O(nm), as by Wagner and Fischer (1974). `weigh` tells what a pair is worth; at 0 it is
 * no pair. `same` pairs at both ends are taken without a look at the rest, so no pair may be worth more than they are.
 */
export function align<T>(
  before: readonly T[],
  after: readonly T[],
  options: { same(a: T, b: T): boolean; weigh(a: T, b: T): number; effort: Effort },
): Aligned {
  const { same, weigh, effort } = options;
  const isSame = (i: number, j: number) => same(before[i] as T, after[j] as T);
  const pairs: [number, number][] = [];
  let head = 0;
  while (head < before.length && head < after.length && isSame(head, head)) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && isSame(before.length - 1 - tail, after.length - 1 - tail)) tail += 1;
  for (let at = 0; at < head; at++) pairs.push([at, at]);
  const [rows, columns] = [before.length - tail - head, after.length - tail - head];
  if (rows * columns <= LARGEST_TABLE && effort.allows(rows * columns)) {
    const found = between(before.slice(head, head + rows), after.slice(head, head + columns), weigh);
    for (const [i, j] of found) pairs.push([head + i, head + j]);
  }
  for (let at = tail; at > 0; at--) pairs.push([before.length - at, after.length - at]);
  return pairs;
}

function between<T>(a: readonly T[], b: readonly T[], weigh: (a: T, b: T) => number): [number, number][] {
  const width = b.length + 1;
  // best[i, j]: what a from i and b from j are worth together.
  const best = new Float64Array((a.length + 1) * width);
  const taken = new Uint8Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const skipped = Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
      const weight = weigh(a[i] as T, b[j] as T);
      const paired = weight > 0 ? weight + (best[(i + 1) * width + j + 1] ?? 0) : 0;
      best[i * width + j] = Math.max(skipped, paired);
      if (weight > 0 && paired >= skipped) taken[i * width + j] = 1;
    }
  }
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (taken[i * width + j] === 1) pairs.push([i++, j++]);
    else if ((best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}
