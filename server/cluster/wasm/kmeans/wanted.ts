// AssemblyScript: rows whose full numbers are wanted, and what is done with these: rows get their nearest centre, and sums are
// told. Whoever has the rows puts theirs side by side, in the order in which they are wanted.
import { double, int, setInt, setSingle } from "../memory/numbers";
import { centres, found, k, labels, limit, numbersOf, rowBytes, size, travelled, wanted } from "./layout";
import { add, distance } from "./sums";

/** Rows that are fetched before they are added. */
const FETCHED: i32 = 64;
/** Bytes of what is known about a row: itself, what seems to be its nearest centre, and how much nearer than any other that is. */
const KNOWN: usize = 12;

export let wantedCount: i32 = 0;

export function beginWanted(): void {
  wantedCount = 0;
}

/** Wants a row's numbers. */
export function want(row: i32, centre: i32, gap: f32): void {
  const place = wanted + <usize>wantedCount * KNOWN;
  wantedCount++;
  store<i32>(place, row);
  store<i32>(place, centre, 4);
  store<f32>(place, gap, 8);
}

/** Notes how far centres may come until a row is to be looked at again. */
export function keep(row: i32, centre: i32, gap: f64): void {
  const most = gap + double(travelled, centre);
  setSingle(limit, row, <f32>(most - abs(most) * 1e-6));
}

/** Gives the rows that were wanted, which are in their place now, their nearest centre; gives how many changed. */
export function settle(): i32 {
  return size === 8 ? settleWanted<f64>() : settleWanted<f32>();
}

function settleWanted<P>(): i32 {
  let changed = 0;
  for (let from = 0; from < wantedCount; from += FETCHED) {
    const end = min(from + FETCHED, wantedCount);
    // Rows that lie far apart are fetched some at a time, so that one need not wait for the other.
    let touched: u8 = 0;
    for (let slot = from; slot < end; slot++) touched += load<u8>(numbersOf<P>(rowAt(slot), slot));
    // Somewhere, or the compiler leaves it out.
    store<u8>(found, touched);
    for (let slot = from; slot < end; slot++) changed += <i32>settleRow<P>(slot);
  }
  return changed;
}

function rowAt(slot: i32): i32 {
  return load<i32>(wanted + <usize>slot * KNOWN);
}

/** Gives a row its nearest centre, by its full numbers where what is known isn't clear; true where it had another. */
function settleRow<P>(slot: i32): bool {
  const known = wanted + <usize>slot * KNOWN;
  const row = load<i32>(known);
  const point = numbersOf<P>(row, slot);
  const gap = load<f32>(known, 8);
  let centre = load<i32>(known, 4);
  if (gap > 0) keep(row, centre, <f64>gap);
  else centre = exactly<P>(row, point);
  const own = int(labels, row);
  if (centre === own) return false;
  setInt(labels, row, centre);
  if (own >= 0) add<P>(point, row, own, -1);
  add<P>(point, row, centre, 1);
  return true;
}

/** A row's nearest centre by its full numbers. */
function exactly<P>(row: i32, point: usize): i32 {
  let first = 0;
  let least: f64 = Infinity;
  let next: f64 = Infinity;
  for (let c = 0; c < k; c++) {
    const squared = distance<P>(point, centres + <usize>c * rowBytes);
    if (squared < least) {
      next = least;
      least = squared;
      first = c;
    } else if (squared < next) next = squared;
  }
  const far = sqrt<f64>(next);
  keep(row, first, far - sqrt<f64>(least) - far * 1e-6);
  return first;
}
