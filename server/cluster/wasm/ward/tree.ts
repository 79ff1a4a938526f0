// AssemblyScript: the kd-tree over the clusters. Coordinates and boxes lie there in steps, two columns of several places or boxes
// side by side, so that one SIMD step looks at all of them.
import { centreOf, columns, points, setSlot } from "../clusters/live";
import { halve, orderedAt, setOrdered } from "../clusters/order";
import { laySteps, measure, quartet, stepOf } from "../clusters/steps";
import { int, setInt } from "../memory/numbers";
import { fitAll, layBoxes } from "./boxes";
import { inverseOf } from "./distance";

/** Places in a leaf, a multiple of sixteen. */
export const LEAF: i32 = 32;

/** By slot: the cluster there (−1 for none), its 1/n; sixteen slots' steps, two columns after two others. */
let id: usize = 0;
let inverse: usize = 0;
let steps: usize = 0;
/** By leaf: how many of its slots are taken; they are the first ones. */
let taken: usize = 0;
/** How many leaves there are, and how many nodes before them: the same for all instances over one memory. */
let shape: usize = 0;

/** `room` is for four bytes a point that nobody else uses while a tree is built. */
export function layTree(room: usize): void {
  laySteps(room);
  const leaves = (points + LEAF - 1) / LEAF;
  const slots = <usize>leaves * LEAF;
  shape = heap.alloc(64);
  id = heap.alloc(slots << 2);
  inverse = heap.alloc(slots << 2);
  steps = heap.alloc((slots >> 2) * quartet);
  taken = heap.alloc((<usize>leaves) << 2);
  layBoxes(leaves);
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
export function idAt(slot: i32): i32 {
  return int(id, slot);
}
export function stepsAt(slot: i32): usize {
  return steps + <usize>(slot >> 4) * (quartet << 2) + ((<usize>(slot & 15)) << 2);
}
export function inverseAt(slot: i32): usize {
  return inverse + ((<usize>slot) << 2);
}

/** Plants the first tree: of all points. */
export function plant(): void {
  measure();
  for (let i = 0; i < points; i++) setOrdered(i, i);
  build(points);
}

/** Builds the tree anew around the clusters that are left. */
export function replant(): void {
  let live = 0;
  for (let leaf = 0, leaves = leafCount(); leaf < leaves; leaf++) {
    const from = firstSlot(leaf);
    for (let slot = from, to = from + takenIn(leaf); slot < to; slot++) setOrdered(live++, idAt(slot));
  }
  build(live);
}

function build(live: i32): void {
  const leaves = (live + LEAF - 1) / LEAF;
  let inner = 1;
  let level = 4;
  while (level < leaves) {
    inner += level;
    level <<= 2;
  }
  store<i32>(shape, leaves);
  store<i32>(shape, inner, 4);
  halve(0, live, level, LEAF);
  for (let slot = 0; slot < leaves * LEAF; slot++) {
    if (slot < live) settle(slot, orderedAt(slot));
    else clear(slot);
  }
  for (let leaf = 0; leaf < leaves; leaf++) {
    setInt(taken, leaf, min(live - firstSlot(leaf), LEAF));
  }
  fitAll();
}

/** Puts a cluster into a slot. */
export function settle(slot: i32, cluster: i32): void {
  const to = stepsAt(slot);
  for (let j: usize = 0; j < <usize>columns; j++) {
    store<i16>(to + ((j >> 1) << 6) + ((j & 1) << 1), stepOf(centreOf(cluster), <i32>j));
  }
  store<f32>(inverseAt(slot), <f32>inverseOf(cluster));
  setInt(id, slot, cluster);
  setSlot(cluster, slot);
}

/** Empties a slot: nothing is near with a size like this. */
function clear(slot: i32): void {
  store<f32>(inverseAt(slot), -Infinity);
  setInt(id, slot, -1);
}

/** Takes what is in a slot away; the leaf's last cluster moves there. */
export function vacate(slot: i32): void {
  const leaf = leafOf(slot);
  const last = firstSlot(leaf) + takenIn(leaf) - 1;
  if (last !== slot) settle(slot, idAt(last));
  clear(last);
  setInt(taken, leaf, takenIn(leaf) - 1);
}
