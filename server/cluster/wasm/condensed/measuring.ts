// AssemblyScript: computes clusters' distances from their points.
import { double, int, zeros } from "../memory/numbers";
import { complete } from "./linkage";
import { columns, coordinates, first, share, whole } from "./points";
import { slots } from "./slots";
import { DOUBLE, mirrored, place, ROW, TILE, tileRow } from "./tiles";

/** By point: the sum of its distances to a cluster's points, or the largest. */
let sums: usize = 0;

export function laySums(points: i32): void {
  sums = zeros((<usize>(points + 3) >> 2) << 5);
}

/** Computes the distances of four clusters to all before them and each other; gives how many pairs of points that takes. */
export function measureFour(quad: i32): i64 {
  const from = quad << 2;
  const end = min(from + 4, slots);
  let pairs: i64 = 0;
  for (let cluster = from; cluster < end; cluster++) pairs += measureCluster(cluster);
  for (let slot = end; slot < from + 4; slot++) leaveOut(slot);
  // On the diagonal, what is above it is what is below.
  for (let a = from; a < end; a++) {
    for (let b = from; b < a; b++) store<f64>(mirrored(a, b), load<f64>(place(a, b)));
  }
  return pairs;
}

/** Computes a cluster's distances to all before it: each point's share in them, then what belongs to one cluster. Gives the pairs of points. */
function measureCluster(cluster: i32): i64 {
  const end = int(first, cluster);
  sumDistances(cluster, end);
  const own = double(whole, cluster);
  let to = tileRow(cluster >> 2) + <usize>(cluster & 3) * ROW;
  let from = sums;
  let part = share;
  for (let other = 0; other < cluster; other++) {
    const until = sums + ((<usize>int(first, other + 1)) << 3);
    let sum: f64 = 0;
    if (complete) for (; from < until; from += DOUBLE) sum = max(sum, load<f64>(from));
    else for (; from < until; from += DOUBLE, part += DOUBLE) sum += load<f64>(part) * load<f64>(from);
    store<f64>(to, complete ? sum : sum / (own * double(whole, other)));
    to += (other & 3) === 3 ? TILE - 3 * DOUBLE : DOUBLE;
  }
  return <i64>end * (int(first, cluster + 1) - end);
}

/** Of each point before `end`, sums the distances to a cluster's points, each by its share, or finds the largest. */
function sumDistances(cluster: i32, end: i32): void {
  const from = int(first, cluster);
  const until = int(first, cluster + 1);
  const bytes = (<usize>columns) << 5;
  const blocks = (end + 3) >> 2;
  let to = sums;
  let theirs = coordinates;
  for (let block = 0; block < blocks; block++, to += ROW, theirs += bytes) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let point = from; point < until; point++) {
      let evenLow = f64x2.splat(0);
      let evenHigh = evenLow;
      let oddLow = evenLow;
      let oddHigh = evenLow;
      let other = theirs;
      let at = coordinates + <usize>(point >> 2) * bytes + ((<usize>(point & 3)) << 3);
      for (const last = theirs + (bytes & ~63); other < last; other += 2 * ROW, at += 2 * ROW) {
        const value = v128.load_splat<f64>(at);
        const next = v128.load_splat<f64>(at, 32);
        const a = f64x2.sub(value, v128.load(other));
        const b = f64x2.sub(value, v128.load(other, 16));
        const c = f64x2.sub(next, v128.load(other, 32));
        const d = f64x2.sub(next, v128.load(other, 48));
        evenLow = f64x2.add(evenLow, f64x2.mul(a, a));
        evenHigh = f64x2.add(evenHigh, f64x2.mul(b, b));
        oddLow = f64x2.add(oddLow, f64x2.mul(c, c));
        oddHigh = f64x2.add(oddHigh, f64x2.mul(d, d));
      }
      if ((columns & 1) !== 0) {
        const value = v128.load_splat<f64>(at);
        const a = f64x2.sub(value, v128.load(other));
        const b = f64x2.sub(value, v128.load(other, 16));
        evenLow = f64x2.add(evenLow, f64x2.mul(a, a));
        evenHigh = f64x2.add(evenHigh, f64x2.mul(b, b));
      }
      const lowest = f64x2.sqrt(f64x2.add(evenLow, oddLow));
      const highest = f64x2.sqrt(f64x2.add(evenHigh, oddHigh));
      if (complete) {
        low = f64x2.max(low, lowest);
        high = f64x2.max(high, highest);
      } else {
        const part = v128.load_splat<f64>(share + ((<usize>point) << 3));
        low = f64x2.add(low, f64x2.mul(part, lowest));
        high = f64x2.add(high, f64x2.mul(part, highest));
      }
    }
    v128.store(to, low);
    v128.store(to, high, 16);
  }
}

/** Makes a slot behind the last cluster infinitely far from all. */
function leaveOut(slot: i32): void {
  const from = slot & ~3;
  for (let other = 0; other < from; other++) store<f64>(place(slot, other), Infinity);
  for (let other = from; other < from + 4; other++) {
    if (other <= slot) store<f64>(place(slot, other), Infinity);
    store<f64>(mirrored(max(slot, other), min(slot, other)), Infinity);
  }
}
