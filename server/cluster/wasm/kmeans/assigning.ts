// AssemblyScript: gives rows their nearest centre.
import { double, int, setInt, single } from "../memory/numbers";
import { addChanges, beginChanges, changeCount, note } from "./changes";
import {
  abreast,
  centres,
  found,
  four,
  fourBytes,
  k,
  LISTED,
  labels,
  limit,
  listed,
  numbersOf,
  rough,
  roughTravelled,
  size,
  stride,
  travelled,
} from "./layout";
import { findNearest } from "./rough";
import { distance } from "./sums";

/** Share of rows from which on it is quicker to look at all than to pick. */
const MANY: f64 = 0.25;

/** Gives the rows `from` up to `to` that may have another nearest centre theirs; gives how many changed. */
export function assign(from: i32, to: i32): i32 {
  return size === 8 ? assignRows<f64>(from, to) : assignRows<f32>(from, to);
}

function assignRows<P>(from: i32, to: i32): i32 {
  let changed = 0;
  for (let at = from; at < to; at += LISTED) {
    const end = min(at + LISTED, to);
    const count = listUnsettled(at, end);
    beginChanges();
    if (<f64>count < MANY * <f64>(end - at)) {
      for (let i = 0; i < count; i += 4) assignListed<P>(listed + ((<usize>i) << 2), min(4, count - i));
    } else {
      for (let row = at; row < end; row += 4) assignAbreast<P>(row, min(4, end - row));
    }
    addChanges<P>();
    changed += changeCount;
  }
  return changed;
}

/** Lists the rows that another centre may be nearer to. Without branches that can't be foreseen, so that many rows are fetched at once later. */
function listUnsettled(from: i32, to: i32): i32 {
  let count = 0;
  for (let row = from; row < to; row++) {
    const own = int(labels, row);
    // Of a row without a centre the limit is below all.
    const settled = <f64>single(limit, row) > double(travelled, max(own, 0));
    setInt(listed, count, row);
    count += <i32>!settled;
  }
  return count;
}

/** Gives the first `count` of four rows that lie abreast, from `row` on, their nearest centre. */
function assignAbreast<P>(row: i32, count: i32): void {
  findNearest(rough + <usize>(row >> 2) * fourBytes);
  const place = (<usize>row) << 2;
  const gap = v128.load(found, 16);
  const changed = v128.any_true(v128.xor(v128.load(found), v128.load(labels + place)));
  if (count === 4 && !changed && i32x4.all_true(f32x4.gt(gap, f32x4.splat(0)))) {
    const most = f32x4.add(gap, travelledOfFour(labels + place));
    v128.store(limit + place, f32x4.mul(most, f32x4.splat(1 - 1e-6)));
    return;
  }
  for (let lane = 0; lane < count; lane++) settle<P>(row + lane, lane);
}

function travelledOfFour(place: usize): v128 {
  const first = v128.load32_zero(roughTravelled + ((<usize>load<i32>(place)) << 2));
  const second = v128.load32_lane(roughTravelled + ((<usize>load<i32>(place, 4)) << 2), first, 1);
  const third = v128.load32_lane(roughTravelled + ((<usize>load<i32>(place, 8)) << 2), second, 2);
  return v128.load32_lane(roughTravelled + ((<usize>load<i32>(place, 12)) << 2), third, 3);
}

/** Gives the `count` rows that are listed at `place`, four at most, their nearest centre. */
function assignListed<P>(place: usize, count: i32): void {
  for (let lane = 0; lane < count; lane++) {
    let from = abreast(int(place, lane));
    const first = four + ((<usize>lane) << 2);
    for (let to = first, end = first + fourBytes; to < end; to += 16) {
      store<f32>(to, load<f32>(from));
      from += 16;
    }
  }
  findNearest(four);
  for (let lane = 0; lane < count; lane++) settle<P>(int(place, lane), lane);
}

/** Gives a row what was found in its lane, or by its full numbers where that isn't clear. */
function settle<P>(row: i32, lane: i32): void {
  const place = found + ((<usize>lane) << 2);
  const gap = load<f32>(place, 16);
  if (gap > 0) note(row, load<i32>(place), <f64>gap);
  else assignExactly<P>(row);
}

/** Gives a row its nearest centre by its full numbers. */
function assignExactly<P>(row: i32): void {
  const width = (<usize>stride) << 3;
  const point = numbersOf<P>(row);
  let first = 0;
  let least: f64 = Infinity;
  let next: f64 = Infinity;
  for (let c = 0; c < k; c++) {
    const squared = distance<P>(point, centres + <usize>c * width);
    if (squared < least) {
      next = least;
      least = squared;
      first = c;
    } else if (squared < next) next = squared;
  }
  const far = sqrt<f64>(next);
  note(row, first, far - sqrt<f64>(least) - far * 1e-6);
}
