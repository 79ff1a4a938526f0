// AssemblyScript: the search for the nearest cluster.
import { columns, nearestTo, points, setNearest, slotOf } from "../clusters/live";
import { quartet, stepsAUnit } from "../clusters/steps";
import { boxBytes, boxOf } from "./boxes";
import { inverseOf, wardDistance } from "./distance";
import { rowSteps } from "./row-steps";
import { firstSlot, idAt, innerCount, inverseAt, LEAF, leafCount, leafOf, stepsAt, takenIn } from "./tree";

/** What single precision may take from a bound, relative to it. */
const LOOSER: f32 = 1.0001;

/** The searcher's own: where it is (each pair of columns four times), and two lists of nodes with their bounds. */
let query: usize = 0;
let list: usize = 0;
let nextList: usize = 0;

/** Lays out the searchers' own parts one after the other; this one is number `own`. */
export function laySearch(searchers: i32, own: i32): void {
  // A node's children are written before it is known how many of them count.
  const room = (<usize>((points + LEAF - 1) / LEAF + 4)) << 3;
  // Whole cache lines, so that nobody waits for another's.
  const bytes = (quartet + 2 * room + 127) & ~63;
  query = heap.alloc(<usize>searchers * bytes) + <usize>own * bytes;
  list = query + quartet;
  nextList = list + room;
  slack = sqrt<f64>(columns);
}

let self: i32 = 0;
let best: i32 = 0;
let least: f64 = 0;
let ownInverse: f32 = 0;
/** How much farther than they are two clusters may be in steps. */
let slack: f64 = 0;
/** In steps: no smaller than the least distance so far; sums of squares up to `atLeast` + 1/n · `bySize` may be those of nearer ones. */
let limit: f32 = 0;
let atLeast: f32 = 0;
let bySize: f32 = 0;

/** Finds the cluster nearest to `cluster`, of equally near ones the smallest; what `nearest` holds is looked at first. */
export function search(cluster: i32): void {
  self = cluster;
  best = -1;
  least = Infinity;
  limit = Infinity;
  atLeast = Infinity;
  bySize = Infinity;
  ownInverse = <f32>inverseOf(cluster);
  const slot = slotOf(cluster);
  const steps = rowSteps(cluster);
  for (let at: usize = 0; at < quartet; at += 16) v128.store(query + at, v128.load32_splat(steps + (at >> 2)));
  let known = -2 - nearestTo(cluster);
  while (known >= 0 && slotOf(known) < 0) known = ~slotOf(known);
  const home = leafOf(slot);
  if (known >= 0) weigh(known);
  else if (takenIn(home) > 1) weigh(idAt(slot === firstSlot(home) ? slot + 1 : slot - 1));
  scanLeaf(home);
  if (leafCount() > 1) descend(innerCount() + home);
  setNearest(cluster, best, least);
}

/**
 * Looks at every leaf but `home` whose box is near enough. Goes down level by level at the limit that it begins with: what
 * is looked at needlessly costs less than branches that can't be foreseen.
 */
function descend(home: i32): void {
  const inner = innerCount();
  let from = list;
  let to = nextList;
  store<i32>(from, 0);
  let end = from + 8;
  for (let level = 0; level < inner; level = 4 * level + 1) {
    let found = to;
    for (let at = from; at < end; at += 8) found = keepNear(load<i32>(at), found);
    end = found;
    const done = from;
    from = to;
    to = done;
  }
  for (let at = from; at < end; at += 8) {
    const node = load<i32>(at);
    if (load<f32>(at, 4) < limit && node !== home) scanLeaf(node - inner);
  }
}

/** Lists those of a node's children that are near enough, with lower bounds of the distance to anything there; gives the list's end. */
function keepNear(node: i32, to: usize): usize {
  const box = boxOf(node);
  let sum = i32x4.splat(0);
  for (let at: usize = 0; at < quartet; at += 32) {
    sum = i32x4.add(sum, outside(box + 2 * at, v128.load(query + at)));
    sum = i32x4.add(sum, outside(box + 2 * at + 32, v128.load(query + at, 16)));
  }
  const both = f32x4.add(f32x4.splat(ownInverse), v128.load(box + boxBytes - 16));
  const bound = f32x4.div(f32x4.convert_i32x4_s(sum), both);
  const near = i32x4.bitmask(f32x4.lt(bound, f32x4.splat(limit)));
  const child = 4 * node + 1;
  store<i32>(to, child);
  v128.store_lane<f32>(to, bound, 0, 4);
  to += (near << 3) & 8;
  store<i32>(to, child + 1);
  v128.store_lane<f32>(to, bound, 1, 4);
  to += (near << 2) & 8;
  store<i32>(to, child + 2);
  v128.store_lane<f32>(to, bound, 2, 4);
  to += (near << 1) & 8;
  store<i32>(to, child + 3);
  v128.store_lane<f32>(to, bound, 3, 4);
  return to + (near & 8);
}

/** How far two columns' steps are outside of four boxes, squared: the lowest ones lie before the highest. */
function outside(interval: usize, values: v128): v128 {
  const below = i16x8.sub(v128.load(interval), values);
  const above = i16x8.sub(values, v128.load(interval, 16));
  const gap = i16x8.max_s(i16x8.max_s(below, above), i16x8.splat(0));
  return i32x4.dot_i16x8_s(gap, gap);
}

/** Weighs the clusters of a leaf that steps can't rule out, sixteen at a time. */
function scanLeaf(leaf: i32): void {
  const first = firstSlot(leaf);
  let at = stepsAt(first);
  const queryEnd = query + quartet;
  for (let slot = first, end = first + takenIn(leaf); slot < end; slot += 16) {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let j = query; j < queryEnd; j += 32, at += 128) {
      const here = v128.load(j);
      const there = v128.load(j, 16);
      a = i32x4.add(a, i32x4.add(squares(v128.load(at), here), squares(v128.load(at, 64), there)));
      b = i32x4.add(b, i32x4.add(squares(v128.load(at, 16), here), squares(v128.load(at, 80), there)));
      c = i32x4.add(c, i32x4.add(squares(v128.load(at, 32), here), squares(v128.load(at, 96), there)));
      d = i32x4.add(d, i32x4.add(squares(v128.load(at, 48), here), squares(v128.load(at, 112), there)));
    }
    const inverse = inverseAt(slot);
    const low = i16x8.narrow_i32x4_s(near(a, v128.load(inverse)), near(b, v128.load(inverse, 16)));
    const high = i16x8.narrow_i32x4_s(near(c, v128.load(inverse, 32)), near(d, v128.load(inverse, 48)));
    for (let mask = i8x16.bitmask(i8x16.narrow_i16x8_s(low, high)); mask !== 0; mask &= mask - 1) {
      const cluster = idAt(slot + ctz(mask));
      if (cluster !== self) weigh(cluster);
    }
  }
}

function squares(values: v128, here: v128): v128 {
  const difference = i16x8.sub(values, here);
  return i32x4.dot_i16x8_s(difference, difference);
}

/** Which of four sums of squares, in steps, may be those of a cluster as near as the nearest so far. */
function near(sums: v128, inverse: v128): v128 {
  const most = f32x4.add(f32x4.mul(inverse, f32x4.splat(bySize)), f32x4.splat(atLeast));
  return f32x4.le(f32x4.convert_i32x4_s(sums), most);
}

function weigh(other: i32): void {
  const distance = wardDistance(self, other);
  if (distance > least || (distance === least && other >= best)) return;
  least = distance;
  best = other;
  // Wider by what single precision may take from a bound, and never nothing.
  const squares = distance * stepsAUnit() * stepsAUnit() * LOOSER + 1e-30;
  limit = <f32>squares;
  // (√v + slack)² of v = squares · (1/nₓ + 1/n_y), by its tangent where y is this one: √v ≤ (v / r + r) / 2.
  const r = max(sqrt<f64>(squares * (inverseOf(self) + inverseOf(other))), slack);
  const slope = squares * (1 + slack / r);
  bySize = <f32>slope * LOOSER;
  atLeast = <f32>(slope * inverseOf(self) + slack * (r + slack)) * LOOSER;
}
