import type { WardTree } from "./ward-tree.ts";

/** What a search found: the nearest cluster and its distance ‖x − y‖² / (1/nₓ + 1/n_y). */
export interface Nearest {
  readonly cluster: number;
  readonly distance: number;
}

/** Nodes that wait, deepest last; no tree is deeper than 31. */
const open = new Int32Array(64);
const openBound = new Float64Array(64);

/**
 * Finds the cluster nearest to another; of equally near ones the smallest. `known` (−1 for none) is one that is near.
 * Goes down to the nearer child first and leaves out every node whose bound exceeds the best so far.
 */
export function findNearest(tree: WardTree, cluster: number, known: number): Nearest {
  const { stride, centre, inverse, id, slotOf, leaves, from, to, most } = tree;
  const slot = slotOf[cluster] as number;
  const own = slot * stride;
  const inverseSize = inverse[slot] as number;
  let best = known < 0 ? Infinity : wardDistance(tree, slot, slotOf[known] as number);
  let nearest = known < 0 ? Infinity : known;
  let waiting = 0;
  let node = 1;
  let bound = 0;
  for (;;) {
    if (node >= leaves) {
      const leaf = node - leaves;
      const end = to[leaf] as number;
      for (let other = from[leaf] as number; other < end; other++) {
        const theirs = other * stride;
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let j = 0; j < stride; j += 4) {
          const d0 = (centre[own + j] as number) - (centre[theirs + j] as number);
          const d1 = (centre[own + j + 1] as number) - (centre[theirs + j + 1] as number);
          const d2 = (centre[own + j + 2] as number) - (centre[theirs + j + 2] as number);
          const d3 = (centre[own + j + 3] as number) - (centre[theirs + j + 3] as number);
          s0 += d0 * d0;
          s1 += d1 * d1;
          s2 += d2 * d2;
          s3 += d3 * d3;
        }
        const distance = (s0 + s2 + (s1 + s3)) / (inverseSize + (inverse[other] as number));
        if (distance > best || other === slot) continue;
        if (distance < best || (id[other] as number) < nearest) {
          best = distance;
          nearest = id[other] as number;
        }
      }
    } else {
      const left = 2 * node;
      const near = boxBound(tree, own, left) / (inverseSize + (most[left] as number));
      const far = boxBound(tree, own, left + 1) / (inverseSize + (most[left + 1] as number));
      const leftFirst = near <= far;
      const farther = leftFirst ? far : near;
      if (farther <= best) {
        open[waiting] = leftFirst ? left + 1 : left;
        openBound[waiting++] = farther;
      }
      bound = leftFirst ? near : far;
      if (bound <= best) {
        node = leftFirst ? left : left + 1;
        continue;
      }
    }
    do {
      if (waiting === 0) return { cluster: nearest, distance: best };
      node = open[--waiting] as number;
    } while ((openBound[waiting] as number) > best);
  }
}

/** ‖x − y‖² / (1/nₓ + 1/n_y) of the clusters in two slots. */
function wardDistance(tree: WardTree, a: number, b: number): number {
  const { stride, centre, inverse } = tree;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = a * stride, j = b * stride, end = i + stride; i < end; i += 4, j += 4) {
    const d0 = (centre[i] as number) - (centre[j] as number);
    const d1 = (centre[i + 1] as number) - (centre[j + 1] as number);
    const d2 = (centre[i + 2] as number) - (centre[j + 2] as number);
    const d3 = (centre[i + 3] as number) - (centre[j + 3] as number);
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  return (s0 + s2 + (s1 + s3)) / ((inverse[a] as number) + (inverse[b] as number));
}

/** Squared distance from a centre to a node's box, summed in the order of `wardDistance` so that rounding can't break the bound. */
function boxBound(tree: WardTree, own: number, node: number): number {
  const { stride, centre, box } = tree;
  const low = node * 2 * stride;
  const high = low + stride;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let j = 0; j < stride; j += 4) {
    const d0 = gap(centre[own + j] as number, box[low + j] as number, box[high + j] as number);
    const d1 = gap(centre[own + j + 1] as number, box[low + j + 1] as number, box[high + j + 1] as number);
    const d2 = gap(centre[own + j + 2] as number, box[low + j + 2] as number, box[high + j + 2] as number);
    const d3 = gap(centre[own + j + 3] as number, box[low + j + 3] as number, box[high + j + 3] as number);
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  return s0 + s2 + (s1 + s3);
}

/** How far a value is outside an interval. */
function gap(value: number, low: number, high: number): number {
  if (value < low) return low - value;
  return value > high ? value - high : 0;
}
