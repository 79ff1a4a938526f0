// AssemblyScript: the kd-tree over the clusters. Coordinates and boxes lie there in steps, two columns of several places or boxes
// side by side, so that one SIMD step looks at all of them.
import { points, setSlot } from "../clusters/live";
import { quartet } from "../clusters/steps";
import { int, setInt } from "../memory/numbers";
import { inverseOf } from "./distance";
import { orderedAt } from "./halving";
import { rowBytes, rowSteps } from "./row-steps";

/** Places in a leaf: as many as there are bits in a set of them. */
export const LEAF: i32 = 32;

/** By slot: the cluster there (−1 for none), its 1/n; sixteen slots' steps, two columns after two others. */
let id: usize = 0;
let inverse: usize = 0;
let steps: usize = 0;
/** By leaf: how many of its slots are taken; they are the first ones. */
let taken: usize = 0;
/** How many leaves there are, and how many nodes before them: the same for all instances over one memory. */
let shape: usize = 0;

export function layTree(): void {
  const leaves = mostLeaves();
  const slots = <usize>leaves * LEAF;
  shape = heap.alloc(64);
  id = heap.alloc(slots << 2);
  inverse = heap.alloc(slots << 2);
  steps = heap.alloc((slots >> 2) * quartet);
  taken = heap.alloc((<usize>leaves) << 2);
}

export function mostLeaves(): i32 {
  return leavesFor(points);
}
export function leavesFor(clusters: i32): i32 {
  return (clusters + LEAF - 1) / LEAF;
}
export function leafCount(): i32 {
  return load<i32>(shape);
}
/** Nodes before the leaves: children of v are 4v + 1 … 4v + 4, leaf l is node `innerCount() + l`. */
export function innerCount(): i32 {
  return load<i32>(shape, 4);
}
export function leafOf(slot: i32): i32 {
  return slot / LEAF;
}
export function firstSlot(leaf: i32): i32 {
  return leaf * LEAF;
}
export function takenIn(leaf: i32): i32 {
  return int(taken, leaf);
}
export function setTaken(leaf: i32, count: i32): void {
  setInt(taken, leaf, count);
}
export function idAt(slot: i32): i32 {
  return int(id, slot);
}
export function stepsAt(slot: i32): usize {
  return steps + <usize>(slot >> 4) * (quartet << 2) + ((<usize>(slot & 15)) << 2);
}
export function inverseAt(slot: i32): usize {
  return inverse + ((<usize>slot) << 2);
}

/** Gives the tree the shape for so many clusters; gives how many leaves there would be if it were full. */
export function shapeTree(clusters: i32): i32 {
  const leaves = leavesFor(clusters);
  let inner = 1;
  let level = 4;
  while (level < leaves) {
    inner += level;
    level <<= 2;
  }
  store<i32>(shape, leaves);
  store<i32>(shape, inner, 4);
  return level;
}

/** Fills a leaf of a new tree of so many clusters. */
export function fillLeaf(leaf: i32, clusters: i32): void {
  const first = firstSlot(leaf);
  const count = min(clusters - first, LEAF);
  for (let slot = first; slot < first + count; slot++) settle(slot, orderedAt(slot));
  for (let slot = first + count; slot < first + LEAF; slot++) clear(slot);
  setTaken(leaf, count);
}

/** Puts a cluster into a slot. */
export function settle(slot: i32, cluster: i32): void {
  const to = stepsAt(slot);
  const from = rowSteps(cluster);
  for (let at: usize = 0; at < rowBytes; at += 4) store<i32>(to + (at << 4), load<i32>(from + at));
  store<f32>(inverseAt(slot), <f32>inverseOf(cluster));
  setInt(id, slot, cluster);
  setSlot(cluster, slot);
}

/** Empties a slot: nothing is near with a size like this. */
export function clear(slot: i32): void {
  store<f32>(inverseAt(slot), -Infinity);
  setInt(id, slot, -1);
}
