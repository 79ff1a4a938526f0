// AssemblyScript: the order of clusters along the leaves of a kd-tree.
import { int, setInt, setSingle, single } from "../memory/numbers";
import { coordinate } from "./axes";
import { centreOf, columns, points } from "./live";

/** Clusters in the order of their slots while a tree is built, and the values that they are ordered by. */
let order: usize = 0;
let keys: usize = 0;

/** `room` is for four bytes a point that nobody else uses while a tree is built. */
export function layOrder(room: usize): void {
  order = heap.alloc((<usize>points) << 2);
  keys = room;
}

export function orderedAt(place: i32): i32 {
  return int(order, place);
}
export function setOrdered(place: i32, id: i32): void {
  setInt(order, place, id);
}

/** Orders the clusters from `from` up to `to` so that each half of `span` leaves of `size` holds one side of the widest axis. */
export function halve(from: i32, to: i32, span: i32, size: i32): void {
  while (span > 1 && to - from > size) {
    span >>= 1;
    const split = from + span * size;
    // A tree that is filled from the left: where the left half holds all, there is nothing to split.
    if (split >= to) continue;
    const axis = widestAxis(from, to);
    for (let i = from; i < to; i++) setKey(i, orderedAt(i), axis);
    select(from, to - 1, split);
    halve(from, split, span, size);
    from = split;
  }
}

/** Of `count` points from all over, the coordinate along an axis that `rank` of them are no larger than. */
export function quantile(axis: i32, count: i32, rank: i32): f64 {
  for (let i = 0; i < count; i++) setKey(i, <i32>((<i64>i * points) / count), axis);
  select(0, count - 1, rank);
  return <f64>single(keys, rank);
}

/** The axis with the widest spread among at most 64 of the clusters: a good tree needs no better. */
function widestAxis(from: i32, to: i32): i32 {
  const step = max((to - from) >> 6, 1);
  let widest = 0;
  let width: f64 = -1;
  for (let j = 0; j < columns; j++) {
    let low: f64 = Infinity;
    let high: f64 = -Infinity;
    for (let i = from; i < to; i += step) {
      const value = coordinate(centreOf(orderedAt(i)), j);
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

function setKey(place: i32, id: i32, axis: i32): void {
  setSingle(keys, place, <f32>coordinate(centreOf(id), axis));
}

/** Hoare's selection: afterwards keys before `rank` are no larger than those from it on; `order` moves along. */
function select(from: i32, to: i32, rank: i32): void {
  while (to > from) {
    const pivot = single(keys, (from + to) >> 1);
    let i = from;
    let j = to;
    while (i <= j) {
      while (single(keys, i) < pivot) i++;
      while (single(keys, j) > pivot) j--;
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
  const held = int(base, i);
  setInt(base, i, int(base, j));
  setInt(base, j, held);
}
