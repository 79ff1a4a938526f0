import { type Kernels, startKernel } from "./kernels.ts";
import type { Joins } from "./merges.ts";
import type { Pace } from "./pace.ts";
import type { WeightedPoints } from "./ward-rounds.ts";

/** Searches between two looks at the clock. */
const PORTION = 2000;

/** `plainWard` in WebAssembly, to the same bytes. */
export async function kernelWard(
  { coordinates, columns, weight }: WeightedPoints,
  pace: Pace,
  kernels: Kernels,
): Promise<Joins> {
  const kernel = startKernel<{
    reserve(rows: number, columns: number): void;
    rowStride(): number;
    centres(): number;
    inverses(): number;
    plant(): number;
    searchSome(from: number, to: number): void;
    joinMutual(): number;
    joinsMade(): number;
    joinsA(): number;
    joinsB(): number;
    heights(): number;
  }>(kernels, "ward");
  const points = weight.length;
  kernel.reserve(points, columns);
  const { buffer } = kernel.memory;
  const stride = kernel.rowStride();
  const centres = new Float64Array(buffer, kernel.centres(), points * stride);
  if (stride === columns) centres.set(coordinates);
  else {
    for (let i = 0; i < points; i++) {
      for (let j = 0; j < columns; j++) centres[i * stride + j] = coordinates[i * columns + j] as number;
    }
  }
  const inverses = new Float64Array(buffer, kernel.inverses(), points);
  for (let i = 0; i < points; i++) inverses[i] = 1 / (weight[i] as number);
  const total = points - 1;
  let work = kernel.plant();
  for (let done = 0; done < total; ) {
    for (let from = 0; from < work; from += PORTION) {
      kernel.searchSome(from, Math.min(from + PORTION, work));
      if (pace.due()) await pace.rest(done / total);
    }
    work = kernel.joinMutual();
    done = kernel.joinsMade();
  }
  return {
    a: new Int32Array(buffer, kernel.joinsA(), total),
    b: new Int32Array(buffer, kernel.joinsB(), total),
    height: new Float64Array(buffer, kernel.heights(), total),
  };
}
