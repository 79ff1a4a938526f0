import { largestLabel } from "./centres.ts";
import type { Labels } from "./number-by-size.ts";

/** Rows that are in a cluster: those of cluster 1 first, each cluster's in their order. */
export interface RowsByCluster {
  readonly rows: Int32Array;
  /** Where each cluster's rows end; the next one's begin there. */
  readonly ends: Int32Array;
}

export function rowsByCluster(labels: Labels): RowsByCluster {
  const next = new Int32Array(largestLabel(labels) + 1);
  for (let row = 0; row < labels.length; row++)
    next[labels[row] as number] = (next[labels[row] as number] as number) + 1;
  // Of those in no cluster none is kept.
  next[0] = 0;
  let before = 0;
  for (let label = 1; label < next.length; label++) {
    const size = next[label] as number;
    next[label] = before;
    before += size;
  }
  const rows = new Int32Array(before);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    if (label === 0) continue;
    const place = next[label] as number;
    rows[place] = row;
    next[label] = place + 1;
  }
  return { rows, ends: next.subarray(1) };
}
