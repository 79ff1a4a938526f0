// AssemblyScript: the kd-tree over the clusters, in single precision: four places or four boxes lie side by side, so that one
// SIMD step looks at four. What single precision rounds away, boxes are widened by; it decides only what need not be looked at.
import { centreOf, columns, inverseOf, points, setSlot } from "./clusters";

/** Places in a leaf, a multiple of eight. */
const LEAF: i32 = 32;
/** Coordinates lie within ±1 here; each of two may be off by 2⁻²⁴, and the widened border by half as much again. */
const WIDER: f32 = 2.5e-7;

/**
 * By slot: the cluster there (−1 for none), its 1/n; four slots' coordinates, a column after the other, with a column of
 * zeros where there would be an odd number.
 */
let id: usize = 0;
let inverse: usize = 0;
let coordinates: usize = 0;
/** By leaf: how many of its slots are taken; they are the first ones. */
let taken: usize = 0;
/** By inner node, for its four children: lowest and highest value, a column after the other; then the largest 1/n. */
let boxes: usize = 0;

/** What is the same for all instances over one memory, and changes with each new tree. */
let shape: usize = 0;

export let quartet: usize = 0;
export let boxBytes: usize = 0;

export function layTree(): void {
  const leaves = (points + LEAF - 1) / LEAF;
  const slots = <usize>leaves * LEAF;
  const even = <usize>((columns + 1) & ~1);
  quartet = even << 4;
  boxBytes = (even << 5) + 16;
  let inner: usize = 1;
  for (let width = 4; width < leaves; width <<= 2) inner += width;
  shape = heap.alloc(64);
  id = heap.alloc(slots << 2);
  inverse = heap.alloc(slots << 2);
  coordinates = heap.alloc((slots >> 2) * quartet);
  taken = heap.alloc((<usize>leaves) << 2);
  boxes = heap.alloc(inner * boxBytes);
}

/** How coordinates become single: (x − middle) · scale, scale a power of two for all columns. */
let middle: usize = 0;

export function leafCount(): i32 {
  return load<i32>(shape);
}
/** Nodes before the leaves: children of v are 4v + 1 … 4v + 4, leaf l is node `innerCount() + l`. */
export function innerCount(): i32 {
  return load<i32>(shape, 4);
}
export function scale(): f64 {
  return load<f64>(shape, 8);
}

export function leafOf(slot: i32): i32 {
  return slot / LEAF;
}
export function firstSlot(leaf: i32): i32 {
  return leaf * LEAF;
}
export function takenIn(leaf: i32): i32 {
  return load<i32>(taken + ((<usize>leaf) << 2));
}
export function idAt(slot: i32): i32 {
  return load<i32>(id + ((<usize>slot) << 2));
}
export function coordinateAt(slot: i32): usize {
  return coordinates + <usize>(slot >> 2) * quartet + ((<usize>(slot & 3)) << 2);
}
export function inverseAt(slot: i32): usize {
  return inverse + ((<usize>slot) << 2);
}
export function boxOf(node: i32): usize {
  return boxes + <usize>node * boxBytes;
}

/** Finds the middle and the scale of the points as they were given. */
export function layScale(): void {
  middle = heap.alloc((<usize>columns) << 3);
}
export function measure(): void {
  let widest: f64 = 0;
  for (let j = 0; j < columns; j++) {
    let low: f64 = Infinity;
    let high: f64 = -Infinity;
    for (let i = 0; i < points; i++) {
      const value = load<f64>(centreOf(i) + ((<usize>j) << 3));
      low = min(low, value);
      high = max(high, value);
    }
    store<f64>(middle + ((<usize>j) << 3), low / 2 + high / 2);
    widest = max(widest, high / 2 - low / 2);
  }
  let power: f64 = 1;
  while (widest * power > 1) power /= 2;
  while (widest > 0 && widest * power * 2 <= 1 && power < 1e150) power *= 2;
  store<f64>(shape, power, 8);
}

/** Clusters in the order of their slots while a tree is built, and the values that they are ordered by. */
let order: usize = 0;
let keys: usize = 0;

/** `room` is for four bytes a point that nobody else uses while a tree is built. */
export function layOrder(room: usize): void {
  order = heap.alloc((<usize>points) << 2);
  keys = room;
  layScale();
}

/** Plants the first tree: of all points. */
export function plant(): void {
  measure();
  for (let i = 0; i < points; i++) store<i32>(order + ((<usize>i) << 2), i);
  build(points);
}

/** Builds the tree anew around the clusters that are left. */
export function replant(): void {
  let live = 0;
  for (let leaf = 0, leaves = leafCount(); leaf < leaves; leaf++) {
    const from = firstSlot(leaf);
    for (let slot = from, to = from + takenIn(leaf); slot < to; slot++) {
      store<i32>(order + ((<usize>live) << 2), idAt(slot));
      live++;
    }
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
  halve(0, live, level);
  for (let slot = 0; slot < leaves * LEAF; slot++) {
    if (slot < live) settle(slot, load<i32>(order + ((<usize>slot) << 2)));
    else clear(slot);
  }
  for (let leaf = 0; leaf < leaves; leaf++) {
    store<i32>(taken + ((<usize>leaf) << 2), min(live - firstSlot(leaf), LEAF));
  }
  for (let node = 0; node < inner; node++) forget(node);
  for (let leaf = 0; leaf < leaves; leaf++) fitLeaf(leaf);
  for (let node = inner - 1; node > 0; node--) fitNode(node);
}

/** Orders the clusters from `from` up to `to` so that each half of `span` leaves holds one side of the widest column. */
function halve(from: i32, to: i32, span: i32): void {
  while (span > 1 && to - from > LEAF) {
    span >>= 1;
    const split = from + span * LEAF;
    // A tree that is filled from the left: where the left half holds all, there is nothing to split.
    if (split >= to) continue;
    const column = (<usize>widestColumn(from, to)) << 3;
    for (let i = from; i < to; i++) {
      store<f32>(keys + ((<usize>i) << 2), <f32>load<f64>(centreOf(load<i32>(order + ((<usize>i) << 2))) + column));
    }
    select(from, to - 1, split);
    halve(from, split, span);
    from = split;
  }
}

/** The column with the widest spread among at most 64 of the clusters: a good tree needs no better. */
function widestColumn(from: i32, to: i32): i32 {
  const step = max((to - from) >> 6, 1);
  let widest = 0;
  let width: f64 = -1;
  for (let j = 0; j < columns; j++) {
    let low: f64 = Infinity;
    let high: f64 = -Infinity;
    for (let i = from; i < to; i += step) {
      const value = load<f64>(centreOf(load<i32>(order + ((<usize>i) << 2))) + ((<usize>j) << 3));
      low = min(low, value);
      high = max(high, value);
    }
    if (high - low > width) {
      width = high - low;
      widest = j;
    }
  }
  return widest;
}

/** Hoare's selection: afterwards keys before `rank` are no larger than those from it on; `order` moves along. */
function select(from: i32, to: i32, rank: i32): void {
  while (to > from) {
    const pivot = load<f32>(keys + ((<usize>((from + to) >> 1)) << 2));
    let i = from;
    let j = to;
    while (i <= j) {
      while (load<f32>(keys + ((<usize>i) << 2)) < pivot) i++;
      while (load<f32>(keys + ((<usize>j) << 2)) > pivot) j--;
      if (i > j) break;
      swap(keys, i, j);
      swap(order, i++, j--);
    }
    if (rank <= j) to = j;
    else if (rank >= i) from = i;
    else return;
  }
}

function swap(base: usize, i: i32, j: i32): void {
  const one = base + ((<usize>i) << 2);
  const other = base + ((<usize>j) << 2);
  const held = load<i32>(one);
  store<i32>(one, load<i32>(other));
  store<i32>(other, held);
}

/** Puts a cluster into a slot. */
export function settle(slot: i32, cluster: i32): void {
  const from = centreOf(cluster);
  const to = coordinateAt(slot);
  for (let j: usize = 0; j < <usize>columns; j++) {
    const value = (load<f64>(from + (j << 3)) - load<f64>(middle + (j << 3))) * scale();
    store<f32>(to + (j << 4), <f32>value);
  }
  store<f32>(inverseAt(slot), <f32>inverseOf(cluster));
  store<i32>(id + ((<usize>slot) << 2), cluster);
  setSlot(cluster, slot);
}

/** Empties a slot: what is not a number is smaller, larger and nearer than nothing. */
function clear(slot: i32): void {
  const at = coordinateAt(slot);
  for (let j: usize = 0; j < <usize>columns; j++) store<f32>(at + (j << 4), NaN);
  store<f32>(inverseAt(slot), 0);
  store<i32>(id + ((<usize>slot) << 2), -1);
}

/** Takes what is in a slot away; the leaf's last cluster moves there. */
export function vacate(slot: i32): void {
  const leaf = leafOf(slot);
  const last = firstSlot(leaf) + takenIn(leaf) - 1;
  if (last !== slot) settle(slot, idAt(last));
  clear(last);
  store<i32>(taken + ((<usize>leaf) << 2), takenIn(leaf) - 1);
}

/** Fits a leaf that has changed and the nodes above it, up to the first that stays as it was. */
export function refit(leaf: i32): void {
  if (!fitLeaf(leaf)) return;
  for (let node = (innerCount() + leaf - 1) >> 2; node > 0 && fitNode(node); node = (node - 1) >> 2);
}

/** Makes a node's children boxes that hold nothing. */
function forget(node: i32): void {
  const box = boxOf(node);
  for (let at: usize = 0; at < boxBytes - 16; at += 32) {
    v128.store(box + at, f32x4.splat(Infinity));
    v128.store(box + at, f32x4.splat(-Infinity), 16);
  }
  v128.store(box + boxBytes - 16, f32x4.splat(0));
}

/** Fits a leaf's box, which lies in its parent; true where that changed it. */
function fitLeaf(leaf: i32): bool {
  const from = coordinateAt(firstSlot(leaf));
  const end = from + <usize>((takenIn(leaf) + 3) >> 2) * quartet;
  let largest = f32x4.splat(0);
  for (let slot = firstSlot(leaf), to = slot + takenIn(leaf); slot < to; slot += 4) {
    largest = f32x4.pmax(largest, v128.load(inverseAt(slot)));
  }
  const child = innerCount() + leaf - 1;
  const box = boxOf(child >> 2) + ((<usize>(child & 3)) << 2);
  let changed = put(box + boxBytes - 16, highest(largest));
  for (let j: usize = 0; j < quartet; j += 16) {
    let low = f32x4.splat(Infinity);
    let high = f32x4.splat(-Infinity);
    for (let at = from + j; at < end; at += quartet) {
      const values = v128.load(at);
      low = f32x4.pmin(low, values);
      high = f32x4.pmax(high, values);
    }
    changed = put(box + 2 * j, lowest(low) - WIDER) || changed;
    changed = put(box + 2 * j + 16, highest(high) + WIDER) || changed;
  }
  return changed;
}

/** Fits an inner node's box, which lies in its parent, to its children; true where that changed it. */
function fitNode(node: i32): bool {
  const own = boxOf(node);
  const box = boxOf((node - 1) >> 2) + ((<usize>((node - 1) & 3)) << 2);
  let changed = put(box + boxBytes - 16, highest(v128.load(own + boxBytes - 16)));
  for (let at: usize = 0; at < boxBytes - 16; at += 32) {
    changed = put(box + at, lowest(v128.load(own + at))) || changed;
    changed = put(box + at + 16, highest(v128.load(own + at, 16))) || changed;
  }
  return changed;
}

function put(at: usize, value: f32): bool {
  if (load<f32>(at) === value) return false;
  store<f32>(at, value);
  return true;
}

function lowest(values: v128): f32 {
  const pairs = f32x4.pmin(values, v128.shuffle<f32>(values, values, 2, 3, 0, 1));
  return min(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

function highest(values: v128): f32 {
  const pairs = f32x4.pmax(values, v128.shuffle<f32>(values, values, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}
