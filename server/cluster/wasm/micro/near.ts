// AssemblyScript: finds the cells near each cell. Most are ruled out by blocks, then by numbers of four bytes, four cells at once.
import { double, int, setDouble, setInt } from "../memory/numbers";
import { squaredDistance } from "../memory/squared-distance";
import { centreAt, isBeyond, measureBlocks, orderCells } from "./blocks";
import { BLOCK, cells, centres, distances, fourBytes, NEAR, nearOf, order, rough, stride, width } from "./cells";

/** The length of the longest centre, and what part of it and of a distance rounding to four bytes may be at most. */
let longest: f32 = 0;
let rounded: f32 = 0;

/** Lays the centres abreast, before those near each other are found. */
export function layAbreast(): void {
  orderCells();
  measureBlocks();
  let most: f64 = 0;
  for (let place = 0; place < cells; place++) {
    const mine = centreAt(place);
    let to = roughOf(place);
    let squares: f64 = 0;
    for (let c = 0; c < stride; c++) {
      const value = double(mine, c);
      squares += value * value;
      store<f32>(to, <f32>value);
      to += 16;
    }
    most = max(most, sqrt<f64>(squares));
  }
  longest = <f32>most;
  rounded = <f32>(stride + 8) * 1e-7;
}

/**
 * Finds the cells near each of those at the places `first` up to `last`, itself before, the nearest first; of equally near ones
 * the smaller. Its own block is looked at first: the rest is then mostly known to be farther.
 */
export function findNear(first: i32, last: i32): void {
  const blocks = (cells + BLOCK - 1) / BLOCK;
  for (let place = first; place < last; place++) {
    const own = place / BLOCK;
    const cell = int(order, place);
    setInt(nearOf(cell), 0, cell);
    let found = lookThrough(own, place, cell, 0);
    for (let block = 0; block < blocks; block++) {
      if (block === own) continue;
      if (found === nearCount() && isBeyond(block, centreAt(place), double(distances, found - 1))) continue;
      found = lookThrough(block, place, cell, found);
    }
  }
}

/** Looks for cells near a cell in a block; gives how many it has then. */
function lookThrough(block: i32, place: i32, cell: i32, had: i32): i32 {
  const wanted = nearCount();
  const last = min((block + 1) * BLOCK, cells);
  let found = had;
  let limit = f32x4.splat(found === wanted && wanted > 0 ? roughLimit(double(distances, found - 1)) : <f32>Infinity);
  for (let other = block * BLOCK; other < last; other += 4) {
    // Mostly all four are farther than those that are kept, whatever was rounded; what four bytes can't hold is not.
    if (i32x4.all_true(f32x4.gt(roughDistances(place, other), limit))) continue;
    for (let one = other, end = min(other + 4, last); one < end; one++) {
      if (one !== place) found = keepIfNear(cell, int(order, one), found);
    }
    if (found === wanted && wanted > 0) limit = f32x4.splat(roughLimit(double(distances, found - 1)));
  }
  return found;
}

/** How many others there are near a cell. */
export function nearCount(): i32 {
  return min(NEAR, cells) - 1;
}

/** Puts another cell among those near a cell, of which it has `found`; gives how many it has. */
function keepIfNear(cell: i32, other: i32, found: i32): i32 {
  const wanted = nearCount();
  const ids = nearOf(cell) + 4;
  const here = squaredDistance(centres + <usize>cell * width, centres + <usize>other * width, width);
  if (found === wanted && !isNearer(here, other, ids, wanted - 1)) return wanted;
  let place = found < wanted ? found : wanted - 1;
  for (; place > 0 && isNearer(here, other, ids, place - 1); place--) {
    setDouble(distances, place, double(distances, place - 1));
    setInt(ids, place, int(ids, place - 1));
  }
  setDouble(distances, place, here);
  setInt(ids, place, other);
  return min(found + 1, wanted);
}

function isNearer(here: f64, other: i32, ids: usize, place: i32): bool {
  const there = double(distances, place);
  return here < there || (here === there && other < int(ids, place));
}

/** Squared distances of a cell to four that lie abreast, each by its place. */
function roughDistances(place: i32, other: i32): v128 {
  let mine = roughOf(place);
  let theirs = roughOf(other);
  let squared = f32x4.splat(0);
  for (const end = theirs + fourBytes; theirs < end; theirs += 32) {
    const even = f32x4.sub(v128.load(theirs), v128.load32_splat(mine));
    const odd = f32x4.sub(v128.load(theirs, 16), v128.load32_splat(mine, 16));
    squared = f32x4.add(squared, f32x4.add(f32x4.mul(even, even), f32x4.mul(odd, odd)));
    mine += 32;
  }
  return squared;
}

/** A squared distance of four-byte numbers that none of less than `squared` can exceed. */
function roughLimit(squared: f64): f32 {
  const way = <f32>sqrt<f64>(squared);
  const most = way + (way + 2 * longest) * rounded + <f32>1e-18;
  return most * most * (1 + 1e-6);
}

function roughOf(place: i32): usize {
  return rough + <usize>(place >> 2) * fourBytes + ((<usize>(place & 3)) << 2);
}
