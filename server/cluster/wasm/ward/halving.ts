// AssemblyScript: the order of clusters along the leaves of a kd-tree.
import { columns, points } from "../clusters/live";
import { rowSteps } from "./row-steps";

/** Clusters in the order of their slots while a tree is built; above each what it is ordered by: together one number, and no two are equal. */
let order: usize = 0;

export function layOrder(): void {
  order = heap.alloc((<usize>points) << 3);
}

export function orderedAt(place: i32): i32 {
  return load<i32>(placeOf(place));
}
export function setOrdered(place: i32, id: i32): void {
  store<i32>(placeOf(place), id);
}

/** Orders the clusters from `from` up to `to` so that each half of `span` leaves of `size` holds one side of the widest axis. */
export function halve(from: i32, to: i32, span: i32, size: i32): void {
  while (span > 1 && to - from > size) {
    span >>= 1;
    const split = from + span * size;
    if (!splitAt(from, to, split)) continue;
    halve(from, split, span, size);
    from = split;
  }
}

/** Orders them so that those before `split` are on one side. In a tree that is filled from the left there may be none behind it: false. */
export function splitAt(from: i32, to: i32, split: i32): bool {
  if (split >= to) return false;
  const along = (<usize>widestAxis(from, to)) << 1;
  for (let i = from; i < to; i++) {
    const place = placeOf(i);
    store<i32>(place, <i32>load<i16>(rowSteps(load<i32>(place)) + along), 4);
  }
  select(placeOf(from), placeOf(to - 1), placeOf(split));
  return true;
}

/** The axis with the widest spread among at most 64 of the clusters: a good tree needs no better. */
function widestAxis(from: i32, to: i32): i32 {
  const step = max((to - from) >> 6, 1);
  let widest = 0;
  let width = -1;
  for (let j = 0; j < columns; j += 4) {
    let low = i16x8.splat(i16.MAX_VALUE);
    let high = i16x8.splat(i16.MIN_VALUE);
    for (let i = from; i < to; i += step) {
      const values = v128.load64_zero(rowSteps(orderedAt(i)) + ((<usize>j) << 1));
      low = i16x8.min_s(low, values);
      high = i16x8.max_s(high, values);
    }
    const spread = i32x4.extend_low_i16x8_s(i16x8.sub(high, low));
    if (i32x4.extract_lane(spread, 0) > width) {
      width = i32x4.extract_lane(spread, 0);
      widest = j;
    }
    // Beyond the last column there is nothing but zeros, which are no wider.
    if (i32x4.extract_lane(spread, 1) > width) {
      width = i32x4.extract_lane(spread, 1);
      widest = j + 1;
    }
    if (i32x4.extract_lane(spread, 2) > width) {
      width = i32x4.extract_lane(spread, 2);
      widest = j + 2;
    }
    if (i32x4.extract_lane(spread, 3) > width) {
      width = i32x4.extract_lane(spread, 3);
      widest = j + 3;
    }
  }
  return widest;
}

function placeOf(place: i32): usize {
  return order + ((<usize>place) << 3);
}

/** Hoare's selection: afterwards numbers before `rank` are smaller than the one there, those behind it larger. */
function select(from: usize, to: usize, rank: usize): void {
  while (to > from) {
    const pivot = load<i64>(from + (((to - from) >> 4) << 3));
    let i = from;
    let j = to;
    while (i <= j) {
      while (load<i64>(i) < pivot) i += 8;
      while (load<i64>(j) > pivot) j -= 8;
      if (i > j) break;
      const held = load<i64>(i);
      store<i64>(i, load<i64>(j));
      store<i64>(j, held);
      i += 8;
      j -= 8;
    }
    if (rank <= j) to = j;
    else if (rank >= i) from = i;
    else return;
  }
}
