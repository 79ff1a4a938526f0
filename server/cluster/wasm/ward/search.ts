// AssemblyScript: the search for the nearest cluster.
import { columns, inverseOf, nearestTo, setNearest, slotOf, wardDistance } from "./clusters";
import {
  boxBytes,
  boxOf,
  coordinateAt,
  firstSlot,
  idAt,
  innerCount,
  inverseAt,
  leafCount,
  leafOf,
  quartet,
  scale,
  takenIn,
} from "./tree";

/** What single precision may add to a sum of squares, relative to it. */
const LOOSER: f32 = 1.001;

/** The searcher's own: where it is (each coordinate four times), the nodes that wait and their bounds, four bounds. */
let query: usize = 0;
let open: usize = 0;
let openBound: usize = 0;
let bounds: usize = 0;

/** Lays out the searchers' own parts one after the other; this one is number `own`. */
export function laySearch(searchers: i32, own: i32): void {
  const bytes = quartet + 528;
  query = heap.alloc(<usize>searchers * bytes) + <usize>own * bytes;
  open = query + quartet;
  openBound = open + 256;
  bounds = openBound + 256;
}

let self: i32 = 0;
let best: i32 = 0;
let least: f64 = 0;
/** No smaller than the least distance so far, in the tree's units. */
let limit: f32 = 0;
let ownInverse: f32 = 0;
let slack: f32 = 0;

/** Finds the cluster nearest to `cluster`, of equally near ones the smallest; what `nearest` holds is looked at first. */
export function search(cluster: i32): void {
  self = cluster;
  least = Infinity;
  limit = Infinity;
  best = -1;
  const slot = slotOf(cluster);
  ownInverse = <f32>inverseOf(cluster);
  slack = <f32>columns * 1e-10;
  const coordinates = coordinateAt(slot);
  for (let at: usize = 0; at < quartet; at += 16) v128.store(query + at, v128.load32_splat(coordinates + at));
  const known = nearestTo(cluster);
  if (known >= 0) weigh(known);
  const home = leafOf(slot);
  scanLeaf(home);
  if (leafCount() > 1) descend(innerCount() + home);
  setNearest(cluster, best, least);
}

/** Looks at every leaf but `home` whose box is near enough, the nearer child first. */
function descend(home: i32): void {
  const inner = innerCount();
  const inverse = f32x4.splat(ownInverse);
  let waiting: usize = 0;
  let node = 0;
  for (;;) {
    if (node >= inner) {
      if (node !== home) scanLeaf(node - inner);
    } else {
      let near = -1;
      let nearBound: f32 = Infinity;
      let mask = i32x4.bitmask(boxBounds(node, inverse));
      for (; mask !== 0; mask &= mask - 1) {
        const lane = ctz(mask);
        const bound = load<f32>(bounds + ((<usize>lane) << 2));
        let child = 4 * node + 1 + lane;
        let childBound = bound;
        if (bound < nearBound) {
          child = near;
          childBound = nearBound;
          near = 4 * node + 1 + lane;
          nearBound = bound;
        }
        if (child < 0) continue;
        store<i32>(open + waiting, child);
        store<f32>(openBound + waiting, childBound);
        waiting += 4;
      }
      if (near >= 0) {
        node = near;
        continue;
      }
    }
    do {
      if (waiting === 0) return;
      waiting -= 4;
    } while (load<f32>(openBound + waiting) >= limit);
    node = load<i32>(open + waiting);
  }
}

/** Lower bounds of the distance to anything in each of a node's four children; gives which of them are below the limit. */
function boxBounds(node: i32, inverse: v128): v128 {
  const box = boxOf(node);
  const zero = f32x4.splat(0);
  let even = zero;
  let odd = zero;
  for (let at: usize = 0; at < quartet; at += 32) {
    const gap = outside(box + 2 * at, v128.load(query + at));
    even = f32x4.add(even, f32x4.mul(gap, gap));
    const other = outside(box + 2 * at + 32, v128.load(query + at, 16));
    odd = f32x4.add(odd, f32x4.mul(other, other));
  }
  const bound = f32x4.div(f32x4.add(even, odd), f32x4.add(inverse, v128.load(box + boxBytes - 16)));
  v128.store(bounds, bound);
  return f32x4.lt(bound, f32x4.splat(limit));
}

/** How far values are outside of four intervals: the lowest values lie before the highest. */
function outside(interval: usize, values: v128): v128 {
  const below = f32x4.sub(v128.load(interval), values);
  const above = f32x4.sub(values, v128.load(interval, 16));
  return f32x4.pmax(f32x4.pmax(below, above), f32x4.splat(0));
}

/** Weighs the clusters of a leaf that single precision can't rule out, eight at a time. */
function scanLeaf(leaf: i32): void {
  const first = firstSlot(leaf);
  let at = coordinateAt(first);
  for (let slot = first, end = first + takenIn(leaf); slot < end; slot += 8) {
    let one = f32x4.splat(0);
    let other = f32x4.splat(0);
    for (let j: usize = 0; j < quartet; j += 16, at += 16) {
      const here = v128.load(query + j);
      const difference = f32x4.sub(v128.load(at), here);
      one = f32x4.add(one, f32x4.mul(difference, difference));
      const further = f32x4.sub(v128.load(at + quartet), here);
      other = f32x4.add(other, f32x4.mul(further, further));
    }
    at += quartet;
    const inverse = inverseAt(slot);
    let mask = i32x4.bitmask(f32x4.le(one, within(v128.load(inverse))));
    mask |= i32x4.bitmask(f32x4.le(other, within(v128.load(inverse, 16)))) << 4;
    for (; mask !== 0; mask &= mask - 1) {
      const cluster = idAt(slot + ctz(mask));
      if (cluster !== self) weigh(cluster);
    }
  }
}

/** The largest sums of squares with which clusters of these 1/n may be nearest. */
function within(inverse: v128): v128 {
  const both = f32x4.add(f32x4.splat(ownInverse), inverse);
  return f32x4.add(f32x4.mul(both, f32x4.splat(limit * LOOSER)), f32x4.splat(slack));
}

function weigh(other: i32): void {
  const distance = wardDistance(self, other);
  if (distance > least || (distance === least && other >= best)) return;
  least = distance;
  best = other;
  // Wider by what summing in single precision may lose, and never nothing.
  limit = <f32>(distance * scale() * scale() * (1 + <f64>(columns + 16) * 4e-7)) + <f32>1e-37;
}
