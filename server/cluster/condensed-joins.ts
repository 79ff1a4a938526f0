import type { UPDATES } from "./condensed.ts";
import { type Kernels, startKernel } from "./kernels.ts";
import type { Joins } from "./merges.ts";
import type { Pace } from "./pace.ts";

interface Work {
  /** n × d, row-major, of different points; n is 2 or more. */
  readonly coordinates: Float64Array;
  /** Rows at each point. */
  readonly weight: Float64Array;
  readonly pace: Pace;
  readonly kernels: Kernels;
}

/** Distances between two looks at the clock. */
const PORTION = 1_000_000;
/** The share of the time that distances take, about; joining takes the rest. */
const MEASURING = 0.4;

/**
 * Average or complete linkage in WebAssembly: the bytes of `condensedDistances`, `condensedSpace` and `nearestNeighbourChain`.
 * Null where the memory for n² / 2 distances is not to be had.
 */
export async function condensedJoins(
  method: keyof typeof UPDATES,
  { coordinates, weight, pace, kernels }: Work,
): Promise<Joins | null> {
  const kernel = startKernel<{
    reserve(points: number, columns: number, byLargest: number): number;
    places(): number;
    weights(): number;
    joinsA(): number;
    joinsB(): number;
    heights(): number;
    measure(rows: number): number;
    advance(distances: number): number;
  }>(kernels, "condensed");
  const points = weight.length;
  const columns = coordinates.length / points;
  if (kernel.reserve(points, columns, method === "complete" ? 1 : 0) === 0) return null;
  const quads = Math.ceil(points / 4);
  const { buffer } = kernel.memory;
  new Float64Array(buffer, kernel.weights(), points).set(weight);
  const places = new Float64Array(buffer, kernel.places(), quads * 4 * columns);
  for (let point = 0, at = 0; point < points; point++) {
    const first = (point >> 2) * columns * 4 + (point & 3);
    for (let c = 0; c < columns; c++) places[first + 4 * c] = coordinates[at++] as number;
  }
  for (let done = 0; done < quads; ) {
    done = kernel.measure(Math.ceil(PORTION / (16 * (done + 1))));
    if (pace.due()) await pace.rest(MEASURING * (done / quads) ** 2);
  }
  const total = points - 1;
  for (let done = 0; done < total; ) {
    done = kernel.advance(4 * PORTION);
    if (pace.due()) await pace.rest(1 - (1 - MEASURING) * (1 - done / total) ** 2);
  }
  return {
    a: new Int32Array(buffer, kernel.joinsA(), total).slice(),
    b: new Int32Array(buffer, kernel.joinsB(), total).slice(),
    height: new Float64Array(buffer, kernel.heights(), total).slice(),
  };
}
