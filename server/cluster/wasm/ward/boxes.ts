// AssemblyScript: the boxes of the tree's nodes, in steps. A node's box lies in its parent, beside those of the parent's other children.
import { quartet } from "../clusters/steps";
import { firstSlot, innerCount, inverseAt, leafCount, stepsAt, takenIn } from "./tree";

/** Each of two coordinates may be half a step off. */
const WIDER: i16 = 1;

/** By inner node, for its four children: lowest and highest steps of two columns after two others; then the largest 1/n. */
let boxes: usize = 0;
export let boxBytes: usize = 0;

export function layBoxes(leaves: i32): void {
  boxBytes = 2 * quartet + 16;
  let inner: usize = 1;
  for (let width = 4; width < leaves; width <<= 2) inner += width;
  boxes = heap.alloc(inner * boxBytes);
}

export function boxOf(node: i32): usize {
  return boxes + <usize>node * boxBytes;
}

/** Leaves whose boxes are fitted by one thread together with those of the nodes above them, two levels up. */
export const BLOCK: i32 = 16;

export function blockCount(): i32 {
  return (leafCount() + BLOCK - 1) / BLOCK;
}

/** The first node right above leaves, and the first above such ones (0 where there is none). */
function firstParent(): i32 {
  return (innerCount() - 1) >> 2;
}
function firstGrandparent(): i32 {
  return max(firstParent() - 1, 0) >> 2;
}

/** Empties the boxes above a block of a new tree. */
export function forgetBlock(block: i32): void {
  const parents = firstParent() + 4 * block;
  for (let node = parents, end = min(parents + 4, innerCount()); node < end; node++) forget(node);
  if (firstParent() > 0) forget(firstGrandparent() + block);
}

/** Fits the boxes above a block whose leaves are fitted. */
export function fitBlock(block: i32): void {
  if (firstParent() === 0) return;
  const parents = firstParent() + 4 * block;
  for (let node = parents; node < parents + 4; node++) fitNode(node);
  const grandparent = firstGrandparent() + block;
  if (grandparent > 0) fitNode(grandparent);
}

/** Empties the boxes above all blocks. */
export function forgetTop(): void {
  for (let node = firstGrandparent() - 1; node >= 0; node--) forget(node);
}

/** Fits the boxes above all blocks, which are fitted. */
export function fitTop(): void {
  for (let node = firstGrandparent() - 1; node > 0; node--) fitNode(node);
}

/** Makes a node's children boxes that hold nothing. */
function forget(node: i32): void {
  const box = boxOf(node);
  for (let at: usize = 0; at < boxBytes - 16; at += 32) {
    v128.store(box + at, i16x8.splat(i16.MAX_VALUE));
    v128.store(box + at, i16x8.splat(i16.MIN_VALUE), 16);
  }
  v128.store(box + boxBytes - 16, f32x4.splat(NaN));
}

/** Fits a leaf's box; true where that changed it. */
export function fitLeaf(leaf: i32): bool {
  const count = takenIn(leaf);
  const first = firstSlot(leaf);
  const last = first + ((count - 1) & ~3);
  let largest = f32x4.splat(0);
  for (let slot = first; slot <= last; slot += 4) largest = f32x4.pmax(largest, v128.load(inverseAt(slot)));
  const child = innerCount() + leaf - 1;
  const box = boxOf(child >> 2) + ((<usize>(child & 3)) << 2);
  let changed = putSize(box + boxBytes - 16, largest);
  if (count === 0) return changed;
  const left = lanes(((count - 1) & 3) + 1);
  for (let j: usize = 0; j < quartet; j += 16) {
    // The last four's free places count as its first.
    let low = i8x16.swizzle(v128.load(stepsAt(last) + 4 * j), left);
    let high = low;
    for (let slot = first; slot < last; slot += 4) {
      const values = v128.load(stepsAt(slot) + 4 * j);
      low = i16x8.min_s(low, values);
      high = i16x8.max_s(high, values);
    }
    changed = put(box + 2 * j, lowest(i16x8.sub(low, i16x8.splat(WIDER)))) || changed;
    changed = put(box + 2 * j + 16, highest(i16x8.add(high, i16x8.splat(WIDER)))) || changed;
  }
  return changed;
}

/** Bytes of the first `count` of four places, then those of the first instead of the others'. */
function lanes(count: i32): v128 {
  const first = i8x16(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);
  const all = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return v128.bitselect(all, first, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count)));
}

/** Fits an inner node's box to its children. */
function fitNode(node: i32): void {
  const own = boxOf(node);
  const box = boxOf((node - 1) >> 2) + ((<usize>((node - 1) & 3)) << 2);
  putSize(box + boxBytes - 16, v128.load(own + boxBytes - 16));
  for (let at: usize = 0; at < boxBytes - 16; at += 32) {
    put(box + at, lowest(v128.load(own + at)));
    put(box + at + 16, highest(v128.load(own + at, 16)));
  }
}

/** Puts the largest of four 1/n; what is not a number where there is none, so that no bound is below any limit. */
function putSize(at: usize, values: v128): bool {
  const known = f32x4.pmax(f32x4.splat(0), values);
  const pairs = f32x4.pmax(known, v128.shuffle<f32>(known, known, 2, 3, 0, 1));
  const largest = max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
  return put(at, reinterpret<i32>(largest > 0 ? largest : f32.NaN));
}

function put(at: usize, value: i32): bool {
  if (load<i32>(at) === value) return false;
  store<i32>(at, value);
  return true;
}

/** The lowest steps of two columns at four places. */
function lowest(values: v128): i32 {
  const pairs = i16x8.min_s(values, v128.shuffle<i32>(values, values, 2, 3, 0, 1));
  return i32x4.extract_lane(i16x8.min_s(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** The highest. */
function highest(values: v128): i32 {
  const pairs = i16x8.max_s(values, v128.shuffle<i32>(values, values, 2, 3, 0, 1));
  return i32x4.extract_lane(i16x8.max_s(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2)), 0);
}
