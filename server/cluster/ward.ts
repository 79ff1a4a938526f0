import { nearestNeighbourChain, type Space } from "./chain.ts";
import { compactPoints, distinctRows } from "./distinct.ts";
import { expandJoins } from "./expand.ts";
import { type Merges, toMerges } from "./merges.ts";
import { good, type Outcome } from "./outcome.ts";
import { Pace, type Watch } from "./pace.ts";
import { checkPoints, type Shape } from "./points.ts";
import { refit } from "./ward-boxes.ts";
import { findNearest } from "./ward-nearest.ts";
import { moveSlot, plantTree, replantTree, type WardTree } from "./ward-tree.ts";

export interface WardOptions extends Shape, Watch {}

/**
 * Ward's hierarchy (R's `ward.D2`, scipy's `ward`), exact: heights √(2 ‖x − y‖² / (1/nₓ + 1/n_y)) in the points' units.
 * `points` is rows × columns, row-major, finite. O(n) memory beside the points. Ties: see `nearestNeighbourChain`, `toMerges`.
 * Faults: `no-rows`, `missing-value`, `value-too-large`. Rejects with the signal's reason when cancelled.
 */
export async function ward(points: Float64Array, options: WardOptions): Promise<Outcome<Merges>> {
  const unfit = checkPoints(points, options);
  if (unfit) return unfit;
  const pace = new Pace(options);
  const distinct = distinctRows(points, options.rows, options.columns);
  const { coordinates, columns } = compactPoints(points, options.columns, distinct);
  const space = wardSpace(plantTree(coordinates, columns, distinct.weight));
  const joins = await nearestNeighbourChain(space, pace, (distance) => Math.sqrt(2 * distance));
  return good(toMerges(options.rows, expandJoins(joins, distinct)));
}

/** The tree is built anew when this share of the clusters that it was built for is left. */
const WORN = 0.6;

function wardSpace(tree: WardTree): Space {
  const points = tree.live;
  const firstPoint = Int32Array.from({ length: Math.max(2 * points - 1, 0) }, (_, id) => id);
  const startingAt = firstPoint.slice(0, points);
  const found = { slot: -1, distance: 0 };
  let next = points;
  return {
    points,
    distance: 0,
    alive: (id) => (tree.slotOf[id] as number) >= 0,
    firstPoint: (id) => firstPoint[id] as number,
    startingAt: (point) => startingAt[point] as number,
    nearest(id, previous) {
      findNearest(tree, tree.slotOf[id] as number, previous < 0 ? -1 : (tree.slotOf[previous] as number), found);
      this.distance = found.distance;
      return tree.id[found.slot] as number;
    },
    join(a, b) {
      const id = next++;
      const low = Math.min(firstPoint[a] as number, firstPoint[b] as number);
      startingAt[Math.max(firstPoint[a] as number, firstPoint[b] as number)] = -1;
      startingAt[low] = id;
      firstPoint[id] = low;
      joinSlots(tree, { a: tree.slotOf[a] as number, b: tree.slotOf[b] as number, id, first: low });
      if (tree.live < tree.built * WORN && tree.leaves > 1) replantTree(tree);
      return id;
    },
  };
}

/** Joins the clusters of two slots into one, which stays in the heavier one's leaf (of equal ones, that with the smaller first point). */
function joinSlots(tree: WardTree, { a, b, id, first }: { a: number; b: number; id: number; first: number }): void {
  const { stride, centre, inverse, leafOf } = tree;
  const sizeA = 1 / (inverse[a] as number);
  const sizeB = 1 / (inverse[b] as number);
  const size = sizeA + sizeB;
  const aStays = sizeA > sizeB || (sizeA === sizeB && (tree.first[a] as number) < (tree.first[b] as number));
  const [stays, goes] = aStays ? [a, b] : [b, a];
  for (let j = 0; j < stride; j++) {
    const sum = (centre[a * stride + j] as number) * sizeA + (centre[b * stride + j] as number) * sizeB;
    centre[stays * stride + j] = sum / size;
  }
  tree.slotOf[tree.id[a] as number] = -1;
  tree.slotOf[tree.id[b] as number] = -1;
  inverse[stays] = 1 / size;
  tree.id[stays] = id;
  tree.first[stays] = first;
  tree.slotOf[id] = stays;
  tree.live--;

  const leaf = leafOf[goes] as number;
  const last = (tree.to[leaf] as number) - 1;
  tree.to[leaf] = last;
  moveSlot(tree, last, goes);
  refit(tree, leafOf[stays] as number);
  if (leaf !== leafOf[stays]) refit(tree, leaf);
}
