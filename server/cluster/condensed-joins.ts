import type { Groups, UPDATES } from "./condensed.ts";
import { type Kernels, startKernel } from "./kernels.ts";
import type { Joins } from "./merges.ts";
import { NEARING } from "./near-joins.ts";
import type { Pace } from "./pace.ts";

/** Distances between two looks at the clock. */
const PORTION = 1_000_000;
/** The share of the rest of the time that distances take, about; joining takes the rest of it. */
const MEASURING = 0.5;

/**
 * Average or complete linkage in WebAssembly: the bytes of `condensedDistances`, `condensedSpace` and `nearestNeighbourChain`.
 * Null where the memory for n² / 2 distances of n clusters is not to be had.
 */
export async function condensedJoins(
  method: keyof typeof UPDATES,
  groups: Groups,
  { pace, kernels }: { readonly pace: Pace; readonly kernels: Kernels },
): Promise<Joins | null> {
  const kernel = startKernel<{
    reserve(points: number, clusters: number, columns: number, byLargest: number): number;
    places(): number;
    starts(): number;
    shares(): number;
    wholes(): number;
    weights(): number;
    joinsA(): number;
    joinsB(): number;
    heights(): number;
    measure(distances: number): number;
    advance(distances: number): number;
  }>(kernels, "condensed");
  const { coordinates, columns, share, starts, whole, weight } = groups;
  const points = share.length;
  const clusters = weight.length;
  if (kernel.reserve(points, clusters, columns, method === "complete" ? 1 : 0) === 0) return null;
  const { buffer } = kernel.memory;
  new Int32Array(buffer, kernel.starts(), clusters + 1).set(starts);
  new Float64Array(buffer, kernel.shares(), points).set(share);
  new Float64Array(buffer, kernel.wholes(), clusters).set(whole);
  new Float64Array(buffer, kernel.weights(), clusters).set(weight);
  const places = new Float64Array(buffer, kernel.places(), Math.ceil(points / 4) * 4 * columns);
  for (let point = 0, at = 0; point < points; point++) {
    const first = (point >> 2) * columns * 4 + (point & 3);
    for (let c = 0; c < columns; c++) places[first + 4 * c] = coordinates[at++] as number;
  }
  const quads = Math.ceil(clusters / 4);
  for (let done = 0; done < quads; ) {
    done = kernel.measure(PORTION);
    if (pace.due()) await pace.rest(NEARING + (1 - NEARING) * MEASURING * (done / quads) ** 2);
  }
  const total = clusters - 1;
  for (let done = 0; done < total; ) {
    done = kernel.advance(4 * PORTION);
    if (pace.due()) await pace.rest(1 - (1 - NEARING) * (1 - MEASURING) * (1 - done / total) ** 2);
  }
  return {
    a: new Int32Array(buffer, kernel.joinsA(), total).slice(),
    b: new Int32Array(buffer, kernel.joinsB(), total).slice(),
    height: new Float64Array(buffer, kernel.heights(), total).slice(),
  };
}
