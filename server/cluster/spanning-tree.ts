import type { Joins } from "./merges.ts";
import type { Pace } from "./pace.ts";

/**
 * Minimum spanning tree of n × d points, row-major, by Prim's algorithm in O(n² d) time and O(n d) memory:
 * its edges are the merges of single linkage (Gower and Ross 1969). Equal lengths: the smaller point first.
 */
export async function spanningTree(coordinates: Float64Array, points: number, pace: Pace): Promise<Joins> {
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
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        const difference = (remaining[i * columns + c] as number) - (newest[c] as number);
        sum += difference * difference;
      }
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
