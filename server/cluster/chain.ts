import type { Joins } from "./merges.ts";
import type { Pace } from "./pace.ts";

/** Clusters that are being joined: ids below n are the points, n + t is the cluster that merge t made. */
export interface Space {
  readonly points: number;
  /** True while the cluster has not been joined into another. */
  alive(id: number): boolean;
  /** The smallest point of the cluster: what decides between equal distances. */
  firstPoint(id: number): number;
  /** The cluster of which `point` is the smallest point, or −1. */
  startingAt(point: number): number;
  /**
   * The nearest other cluster. Of several equally near ones it is `previous` (−1 for none) if that is among them,
   * otherwise the one with the smallest first point. Leaves its distance in `distance`.
   */
  nearest(id: number, previous: number): number;
  distance: number;
  /** Joins two clusters and gives the new one's id. */
  join(a: number, b: number): number;
}

/**
 * Nearest-neighbour chain (Benzécri 1982, Juan 1982; Müllner 2011, arXiv:1109.2378, section 3.1): follow nearest neighbours
 * until two are each other's, join them, go on from what is left of the chain. Right for every reducible linkage
 * (Ward, average, complete). A chain begins at the smallest point that is left; about 3n searches in all.
 * `height` turns the space's distance into the merge's.
 */
export async function nearestNeighbourChain(
  space: Space,
  pace: Pace,
  height: (distance: number) => number,
): Promise<Joins> {
  const total = Math.max(space.points - 1, 0);
  const joins: Joins = { a: new Int32Array(total), b: new Int32Array(total), height: new Float64Array(total) };
  const chain: number[] = [];
  let start = 0;
  for (let done = 0; done < total; ) {
    if (pace.due()) await pace.rest(done / total);
    let top = chain.at(-1) ?? -1;
    if (top < 0) {
      while (space.startingAt(start) < 0) start++;
      top = space.startingAt(start);
      chain.push(top);
    }
    let previous = chain.at(-2) ?? -1;
    if (previous >= 0 && !space.alive(previous)) {
      // Only rounding can bring a cluster into the chain twice; what came before it has lost its meaning.
      chain.splice(0, chain.length - 1);
      previous = -1;
    }
    const found = space.nearest(top, previous);
    if (found !== previous) {
      chain.push(found);
      continue;
    }
    joins.a[done] = space.firstPoint(top);
    joins.b[done] = space.firstPoint(previous);
    joins.height[done] = height(space.distance);
    space.join(top, previous);
    chain.length -= 2;
    if (!space.alive(chain.at(-1) ?? 0) && chain.length > 0) chain.length = 0;
    done++;
  }
  return joins;
}
