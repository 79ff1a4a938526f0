// AssemblyScript: each cluster's coordinates in steps, by its smallest point, column by column.
import { centreOf, columns, points } from "../clusters/live";
import { quartet, stepOf } from "../clusters/steps";

let rows: usize = 0;
/** Bytes of one cluster's steps. */
export let rowBytes: usize = 0;

export function layRowSteps(): void {
  rowBytes = quartet >> 2;
  // One is read sixteen bytes at a time, whatever its length.
  rows = heap.alloc(<usize>points * rowBytes + 16);
}

export function rowSteps(cluster: i32): usize {
  return rows + <usize>cluster * rowBytes;
}

/** Takes a cluster's steps from its centre. */
export function takeSteps(cluster: i32): void {
  const centre = centreOf(cluster);
  const steps = rowSteps(cluster);
  for (let j: usize = 0; j < <usize>columns; j++) store<i16>(steps + (j << 1), stepOf(centre, <i32>j));
}
