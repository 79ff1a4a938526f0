import type { Joins } from "./merges.ts";
import type { Pace } from "./pace.ts";
import { refit } from "./ward-boxes.ts";
import { findNearest } from "./ward-nearest.ts";
import { moveSlot, plantTree, replantTree, type WardTree } from "./ward-tree.ts";

/** Points that stand for several equal rows; `coordinates` is n × columns, row-major. */
export interface WeightedPoints {
  readonly coordinates: Float64Array;
  readonly columns: number;
  readonly weight: Float64Array;
}

/**
 * Joins in rounds: clusters whose nearest is not known are searched, then all that are each other's nearest are joined at
 * once (Murtagh 1983, The Computer Journal 26(4), section 3.2). Ward's linkage is reducible, so this joins what joining
 * the closest pair again and again joins. A cluster goes by its smallest point; of equally near ones the smallest is nearest.
 * A search depends on nothing else in its round: one searcher or several give the same.
 */
export async function plainWard(points: WeightedPoints, pace: Pace): Promise<Joins> {
  const count = points.weight.length;
  const total = Math.max(count - 1, 0);
  const joins: Joins = { a: new Int32Array(total), b: new Int32Array(total), height: new Float64Array(total) };
  const tree = plantTree(points.coordinates, points.columns, points.weight);
  /** By cluster: its nearest (−1 where it is to be searched); how far that is, or all others are at least; who is near; whose nearest it is. */
  const nearest = new Int32Array(count).fill(-1);
  const distance = new Float64Array(count);
  const hint = new Int32Array(count).fill(-1);
  const followers = new Map<number, number[]>();
  let work = everyCluster(tree);
  let waiting: number[] = [];
  for (let done = 0; done < total; ) {
    for (const cluster of work) {
      if (pace.due()) await pace.rest(done / total);
      const found = findNearest(tree, cluster, liveCluster(tree, hint[cluster] as number));
      nearest[cluster] = found.cluster;
      distance[cluster] = found.distance;
    }
    for (const cluster of work) follow(followers, nearest[cluster] as number, cluster);
    for (const one of work) {
      const other = nearest[one] as number;
      if (other < 0 || nearest[other] !== one) continue;
      const [a, b] = one < other ? [one, other] : [other, one];
      joins.a[done] = a;
      joins.b[done] = b;
      joins.height[done++] = Math.sqrt(2 * (distance[one] as number));
      joinClusters(tree, a, b);
      nearest[a] = -1;
      nearest[b] = -1;
      hint[a] = -1;
      waiting.push(a);
      for (const follower of [...(followers.get(a) ?? []), ...(followers.get(b) ?? [])]) {
        if (follower === a || follower === b) continue;
        nearest[follower] = -1;
        hint[follower] = a;
        hint[a] = follower;
        waiting.push(follower);
      }
      followers.delete(a);
      followers.delete(b);
    }
    if (tree.live < tree.built * WORN && tree.leaves > 1) replantTree(tree);
    [work, waiting] = choose(waiting, distance);
    if (work.length > 0) continue;
    // Only rounding can leave none that are each other's nearest.
    followers.clear();
    work = everyCluster(tree);
  }
  return joins;
}

/**
 * Chooses whom to search: those that may be nearer to another than is usual among those waiting. It saves one search in eight
 * that the others' turn comes when more around them is joined. Usual is the mean of the high halves of the distances' bits,
 * which grow with the logarithm: sums of whole numbers don't depend on their order.
 */
function choose(waiting: readonly number[], distance: Float64Array): [chosen: number[], others: number[]] {
  const bits = new Int32Array(distance.buffer);
  const high = (cluster: number) => bits[2 * cluster + 1] as number;
  const sum = waiting.reduce((total, cluster) => total + high(cluster), 0);
  const usual = (sum - (sum % waiting.length)) / waiting.length;
  return [waiting.filter((cluster) => high(cluster) <= usual), waiting.filter((cluster) => high(cluster) > usual)];
}

/** The cluster that one has become part of; −1 of −1. */
function liveCluster(tree: WardTree, cluster: number): number {
  let live = cluster;
  while (live >= 0 && (tree.slotOf[live] as number) < 0) live = ~(tree.slotOf[live] as number);
  return live;
}

/** The tree is built anew when this share of the clusters that it was built for is left. */
const WORN = 0.6;

function everyCluster(tree: WardTree): number[] {
  const clusters: number[] = [];
  tree.slotOf.forEach((slot, cluster) => {
    if (slot >= 0) clusters.push(cluster);
  });
  return clusters;
}

function follow(followers: Map<number, number[]>, leader: number, cluster: number): void {
  const known = followers.get(leader);
  if (known === undefined) followers.set(leader, [cluster]);
  else known.push(cluster);
}

/** Joins b into a, the smaller; what is joined stays in the heavier one's leaf (of equal ones, a's). */
function joinClusters(tree: WardTree, a: number, b: number): void {
  const { stride, centre, inverse, leafOf, slotOf } = tree;
  const slotA = slotOf[a] as number;
  const slotB = slotOf[b] as number;
  const sizeA = 1 / (inverse[slotA] as number);
  const sizeB = 1 / (inverse[slotB] as number);
  const size = sizeA + sizeB;
  const [stays, goes] = sizeA >= sizeB ? [slotA, slotB] : [slotB, slotA];
  for (let j = 0; j < stride; j++) {
    const sum = (centre[slotA * stride + j] as number) * sizeA + (centre[slotB * stride + j] as number) * sizeB;
    centre[stays * stride + j] = sum / size;
  }
  inverse[stays] = 1 / size;
  tree.id[stays] = a;
  slotOf[a] = stays;
  slotOf[b] = ~a;
  tree.live--;

  const leaf = leafOf[goes] as number;
  const last = (tree.to[leaf] as number) - 1;
  tree.to[leaf] = last;
  moveSlot(tree, last, goes);
  refit(tree, leafOf[stays] as number);
  if (leaf !== leafOf[stays]) refit(tree, leaf);
}
