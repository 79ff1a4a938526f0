import { type Kernels, startKernel } from "./kernels.ts";
import type { Joins } from "./merges.ts";
import type { Pace } from "./pace.ts";
import { squares } from "./squares.ts";

/**
 * Minimum spanning tree of n × d points, row-major, by Prim's algorithm in O(n² d) time and O(n d) memory:
 * its edges are the merges of single linkage (Gower and Ross 1969). Equal lengths: the smaller point first.
 */
export async function spanningTree(coordinates: Float64Array, points: number, pace: Pace): Promise<Joins> {
  return pace.kernels === null || points < 2
    ? plainSpanningTree(coordinates, points, pace)
    : kernelSpanningTree(coordinates, points, pace, pace.kernels);
}

/** Distances between two looks at the clock. */
const PORTION = 2_000_000;

async function kernelSpanningTree(
  coordinates: Float64Array,
  points: number,
  pace: Pace,
  kernels: Kernels,
): Promise<Joins> {
  const kernel = startKernel<{
    reserve(rows: number, columns: number): number;
    rowStride(): number;
    joinsA(): number;
    joinsB(): number;
    heights(): number;
    advance(steps: number): number;
  }>(kernels, "spanning-tree");
  const columns = coordinates.length / points;
  const place = kernel.reserve(points, columns);
  const stride = kernel.rowStride();
  const rows = new Float64Array(kernel.memory.buffer, place, points * stride);
  for (let i = 0; i < points; i++) rows.set(coordinates.subarray(i * columns, (i + 1) * columns), i * stride);
  const total = points - 1;
  for (let done = 0; done < total; ) {
    done = kernel.advance(Math.ceil(PORTION / (total - done)));
    if (pace.due()) await pace.rest(1 - ((total - done) / total) ** 2);
  }
  const { buffer } = kernel.memory;
  return {
    a: new Int32Array(buffer, kernel.joinsA(), total).slice(),
    b: new Int32Array(buffer, kernel.joinsB(), total).slice(),
    height: new Float64Array(buffer, kernel.heights(), total).slice(),
  };
}

/** The kernel's twin: the same sums in the same order, so that both give the same bytes. */
async function plainSpanningTree(coordinates: Float64Array, points: number, pace: Pace): Promise<Joins> {
  const total = Math.max(points - 1, 0);
  const columns = points > 0 ? coordinates.length / points : 0;
  const joins: Joins = { a: new Int32Array(total), b: new Int32Array(total), height: new Float64Array(total) };
  /** The points outside the tree, each with its nearest point inside and the squared distance to it. */
  const outside = Int32Array.from({ length: total }, (_, i) => i + 1);
  const inside = new Int32Array(total);
  const squared = new Float64Array(total).fill(Infinity);
  const remaining = coordinates.slice(columns);
  const newest = coordinates.slice(0, columns);
  let added = 0;
  for (let done = 0; done < total; done++) {
    if (pace.due()) await pace.rest(1 - ((total - done) / total) ** 2);
    const count = total - done;
    let nearest = 0;
    for (let i = 0; i < count; i++) {
      const sum = squares(remaining, i * columns, newest, 0, columns);
      const known = squared[i] as number;
      if (sum < known || (sum === known && added < (inside[i] as number))) {
        squared[i] = sum;
        inside[i] = added;
      }
      const here = squared[i] as number;
      const least = squared[nearest] as number;
      if (here < least || (here === least && (outside[i] as number) < (outside[nearest] as number))) nearest = i;
    }
    added = outside[nearest] as number;
    joins.a[done] = inside[nearest] as number;
    joins.b[done] = added;
    joins.height[done] = Math.sqrt(squared[nearest] as number);
    newest.set(remaining.subarray(nearest * columns, (nearest + 1) * columns));

    const last = count - 1;
    outside[nearest] = outside[last] as number;
    inside[nearest] = inside[last] as number;
    squared[nearest] = squared[last] as number;
    remaining.copyWithin(nearest * columns, last * columns, count * columns);
  }
  return joins;
}
