// AssemblyScript: every cluster's nearest one is remembered. For these linkages joining two others brings nothing nearer than what
// was there (but for rounding, which is looked at), so it stays the nearest unless it was joined itself.
import { double, setDouble } from "../memory/numbers";
import { dead, forget, know, least, nearest, others, quads, slots } from "./slots";
import { gather, one } from "./tiles";

export function search(slot: i32): void {
  gather(slot, one);
  findLeast(slot, one);
}

/** Remembers the nearest of a cluster whose distances are in `row`: of equally near ones, that in the first slot. */
export function findLeast(slot: i32, row: usize): void {
  setDouble(row, slot, Infinity);
  const bytes = (<usize>quads) << 5;
  let first = f64x2.splat(Infinity);
  let second = first;
  for (let at: usize = 0; at < bytes; at += 16) {
    const here = f64x2.add(v128.load(row + at), v128.load(dead + at));
    second = f64x2.pmin(second, f64x2.pmax(here, first));
    first = f64x2.pmin(first, here);
  }
  const even = f64x2.extract_lane(first, 0);
  const odd = f64x2.extract_lane(first, 1);
  const distance = min(even, odd);
  const next = min(f64x2.extract_lane(second, 0), f64x2.extract_lane(second, 1));
  let found = 0;
  while (double(row, found) !== distance || double(dead, found) !== 0) found++;
  know(slot, found, distance, min(next, max(even, odd)));
}

/** Lets those know of a join that it may concern, by twos: seldom any. */
export function adaptAll(stays: i32, goes: i32): void {
  const first = f64x2.splat(stays);
  const second = f64x2.splat(goes);
  for (let slot = 0; slot < slots; slot += 2) {
    const at = (<usize>slot) << 3;
    const known = v128.load(nearest + at);
    const nearer = f64x2.le(v128.load(one + at), v128.load(others + at));
    const joined = v128.or(f64x2.eq(known, first), f64x2.eq(known, second));
    if (!v128.any_true(v128.or(nearer, joined))) continue;
    adapt(slot, stays, goes);
    adapt(slot + 1, stays, goes);
  }
}

/** What a cluster knows of its nearest one after two others were joined: dead ones and those that know nothing stay so. */
function adapt(slot: i32, stays: i32, goes: i32): void {
  const known = <i32>double(nearest, slot);
  const here = double(one, slot);
  const bound = double(others, slot);
  if (known === stays || known === goes) {
    // Of two that are equally near, it is not known which comes first.
    if (here < bound) know(slot, stays, here, bound);
    else forget(slot);
  } else if (here <= bound) {
    const distance = double(least, slot);
    if (here < distance || (here === distance && stays < known)) know(slot, stays, here, distance);
    else setDouble(others, slot, here);
  }
}
