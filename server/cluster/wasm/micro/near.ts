// AssemblyScript: finds the cells near each cell. Most are ruled out by numbers of four bytes, four cells at once.
import { double, int, setDouble, setInt } from "../memory/numbers";
import { squaredDistance } from "../memory/squared-distance";
import { cells, centres, distances, fourBytes, NEAR, nearOf, rough, stride, width } from "./cells";

/** The length of the longest centre, and what part of it and of a distance rounding to four bytes may be at most. */
let longest: f32 = 0;
let rounded: f32 = 0;

/** Lays the centres abreast, before those near each other are found. */
export function layAbreast(): void {
  let most: f64 = 0;
  for (let cell = 0; cell < cells; cell++) {
    const mine = centres + <usize>cell * width;
    let to = roughOf(cell);
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

/** Finds the cells near each of the cells `first` up to `last`, itself before, the nearest first; of equally near ones the smaller. */
export function findNear(first: i32, last: i32): void {
  const wanted = nearCount();
  for (let cell = first; cell < last; cell++) {
    setInt(nearOf(cell), 0, cell);
    let found = 0;
    let limit = f32x4.splat(Infinity);
    for (let other = 0; other < cells; other += 4) {
      // Mostly all four are farther than those that are kept, whatever was rounded; what four bytes can't hold is not.
      if (i32x4.all_true(f32x4.gt(roughDistances(cell, other), limit))) continue;
      const end = min(other + 4, cells);
      for (let one = other; one < end; one++) if (one !== cell) found = keepIfNear(cell, one, found);
      if (found === wanted) limit = f32x4.splat(roughLimit(double(distances, found - 1)));
    }
  }
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
  if (found === wanted && here >= double(distances, wanted - 1)) return wanted;
  let place = found < wanted ? found : wanted - 1;
  for (; place > 0 && double(distances, place - 1) > here; place--) {
    setDouble(distances, place, double(distances, place - 1));
    setInt(ids, place, int(ids, place - 1));
  }
  setDouble(distances, place, here);
  setInt(ids, place, other);
  return min(found + 1, wanted);
}

/** Squared distances of a cell to four that lie abreast. */
function roughDistances(cell: i32, other: i32): v128 {
  let mine = roughOf(cell);
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

function roughOf(cell: i32): usize {
  return rough + <usize>(cell >> 2) * fourBytes + ((<usize>(cell & 3)) << 2);
}
