import type { Merges } from "./merges.ts";
import { type Labels, numberBySize } from "./number-by-size.ts";

/**
 * Cuts a hierarchy into k flat clusters by leaving out its last k − 1 merges, numbered by size (see `numberBySize`).
 * Throws a RangeError where k is not a whole number from 1 to the number of rows: ask `checkClusterCount` first.
 */
export function cutTree(merges: Merges, k: number): Labels {
  return numberBySize(topClusters(merges, k)).labels;
}

/** Which of the k clusters, from 0 in no particular order, each row is in. Throws as `cutTree` does. */
export function topClusters(merges: Merges, k: number): Int32Array {
  const { rows, left, right } = merges;
  if (!Number.isInteger(k) || k < 1 || k > rows) throw new RangeError(`k = ${k} is not from 1 to ${rows}`);
  const kept = rows - k;
  const top = new Int32Array(rows + kept).fill(-1);
  let next = 0;
  // From the top down: a cluster that no kept merge takes in is one of the k, and hands its number to what it is made of.
  for (let id = rows + kept - 1; id >= 0; id--) {
    if (top[id] === -1) top[id] = next++;
    if (id < rows) continue;
    top[left[id - rows] as number] = top[id] as number;
    top[right[id - rows] as number] = top[id] as number;
  }
  return top.slice(0, rows);
}
