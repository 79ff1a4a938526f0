import type { WardTree } from "./ward-tree.ts";

/** Fits every box, leaves first. */
export function fitAll(tree: WardTree): void {
  for (let leaf = 0; leaf < tree.leaves; leaf++) fitLeaf(tree, leaf);
  for (let node = tree.leaves - 1; node >= 1; node--) fitNode(tree, node);
}

/** Fits a leaf that has changed and the nodes above it, up to the first that stays as it was. */
export function refit(tree: WardTree, leaf: number): void {
  fitLeaf(tree, leaf);
  let node = (tree.leaves + leaf) >> 1;
  while (node >= 1 && fitNode(tree, node)) node >>= 1;
}

function fitLeaf(tree: WardTree, leaf: number): void {
  const { stride, centre, inverse, box, most } = tree;
  const from = tree.from[leaf] as number;
  const to = tree.to[leaf] as number;
  const node = tree.leaves + leaf;
  const low = node * 2 * stride;
  const high = low + stride;
  for (let j = 0; j < stride; j++) {
    let least = Infinity;
    let greatest = -Infinity;
    for (let at = from * stride + j, end = to * stride; at < end; at += stride) {
      const value = centre[at] as number;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    box[low + j] = least;
    box[high + j] = greatest;
  }
  let largest = 0;
  for (let slot = from; slot < to; slot++) {
    if ((inverse[slot] as number) > largest) largest = inverse[slot] as number;
  }
  most[node] = largest;
}

/** Fits a node to its two children; true where that changed it. */
function fitNode(tree: WardTree, node: number): boolean {
  const { stride, box, most } = tree;
  const here = node * 2 * stride;
  const one = node * 4 * stride;
  const other = one + 2 * stride;
  let changed = false;
  for (let j = 0; j < stride; j++) {
    const a = box[one + j] as number;
    const b = box[other + j] as number;
    const low = Math.min(a, b);
    const c = box[one + stride + j] as number;
    const d = box[other + stride + j] as number;
    const high = Math.max(c, d);
    if (box[here + j] !== low || box[here + stride + j] !== high) changed = true;
    box[here + j] = low;
    box[here + stride + j] = high;
  }
  const largest = Math.max(most[2 * node] as number, most[2 * node + 1] as number);
  if (most[node] !== largest) changed = true;
  most[node] = largest;
  return changed;
}
