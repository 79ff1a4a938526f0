import { medianSplit } from "./median-split.ts";
import { fitAll } from "./ward-boxes.ts";

/** Clusters a leaf holds at most when it is built. */
const LEAF = 16;

/**
 * The clusters that are left, in a kd-tree whose shape fits the `built` clusters that it was last built for.
 * A cluster goes by its smallest point. A slot is a place in the tree's order; leaf l holds the slots `from[l]` up to `to[l]`.
 * Node 1 is the root, 2v and 2v + 1 are the children of v, the last `leaves` nodes are the leaves.
 */
export interface WardTree {
  /** Columns, filled up with zeros to a multiple of four: four running sums are faster than one. */
  readonly stride: number;
  /** By slot: centre (stride values), 1/n, cluster, leaf. */
  centre: Float64Array;
  inverse: Float64Array;
  id: Int32Array;
  leafOf: Int32Array;
  /** By cluster: its slot; −1 less the other where it is joined into another. */
  readonly slotOf: Int32Array;
  leaves: number;
  from: Int32Array;
  to: Int32Array;
  /** By node: lowest then highest value of each column, and the largest 1/n. */
  box: Float64Array;
  most: Float64Array;
  live: number;
  built: number;
}

/** Plants the tree of n weighted points; `coordinates` is n × columns, row-major and finite. */
export function plantTree(coordinates: Float64Array, columns: number, weight: Float64Array): WardTree {
  const points = weight.length;
  const stride = Math.max(Math.ceil(columns / 4), 1) * 4;
  const centre = new Float64Array(points * stride);
  for (let i = 0; i < points; i++) {
    centre.set(coordinates.subarray(i * columns, (i + 1) * columns), i * stride);
  }
  const tree: WardTree = {
    stride,
    centre,
    inverse: weight.map((size) => 1 / size),
    id: Int32Array.from({ length: points }, (_, i) => i),
    leafOf: new Int32Array(points),
    slotOf: new Int32Array(points),
    leaves: 1,
    from: new Int32Array(0),
    to: new Int32Array(0),
    box: new Float64Array(0),
    most: new Float64Array(0),
    live: points,
    built: points,
  };
  shapeTree(tree);
  return tree;
}

/** Builds the tree anew around the clusters that are left. */
export function replantTree(tree: WardTree): void {
  const { stride } = tree;
  let live = 0;
  for (let leaf = 0; leaf < tree.leaves; leaf++) {
    for (let slot = tree.from[leaf] as number; slot < (tree.to[leaf] as number); slot++) {
      moveSlot(tree, slot, live++);
    }
  }
  tree.centre = tree.centre.slice(0, live * stride);
  shapeTree(tree);
}

/** Copies what is in one slot to another; the cluster then lives there. */
export function moveSlot(tree: WardTree, source: number, target: number): void {
  if (source === target) return;
  const { stride, centre } = tree;
  for (let j = 0; j < stride; j++) centre[target * stride + j] = centre[source * stride + j] as number;
  tree.inverse[target] = tree.inverse[source] as number;
  const id = tree.id[source] as number;
  tree.id[target] = id;
  tree.slotOf[id] = target;
}

/** Orders the first `live` slots into leaves and fits every box. */
function shapeTree(tree: WardTree): void {
  const { stride, live } = tree;
  const leaves = 2 ** Math.max(Math.ceil(Math.log2(live / LEAF)), 0);
  const { order, start } = medianSplit(tree.centre, stride, live, leaves);
  const centre = new Float64Array(live * stride);
  order.forEach((slot, to) => {
    centre.set(tree.centre.subarray(slot * stride, (slot + 1) * stride), to * stride);
  });
  tree.centre = centre;
  tree.inverse = Float64Array.from(order, (slot) => tree.inverse[slot] as number);
  tree.id = order.map((slot) => tree.id[slot] as number);
  tree.id.forEach((id, slot) => {
    tree.slotOf[id] = slot;
  });
  tree.leaves = leaves;
  tree.from = start.slice(0, leaves);
  tree.to = start.slice(1);
  tree.leafOf = new Int32Array(live);
  for (let leaf = 0; leaf < leaves; leaf++) tree.leafOf.fill(leaf, tree.from[leaf], tree.to[leaf]);
  tree.box = new Float64Array(2 * leaves * 2 * stride);
  tree.most = new Float64Array(2 * leaves);
  tree.built = live;
  fitAll(tree);
}
