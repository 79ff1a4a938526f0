// AssemblyScript: finds which rows may have another nearest centre, by their numbers of four bytes.
import { double, int, setInt, single } from "../memory/numbers";
import { abreast, found, four, fourBytes, labels, limit, listed, rough, roughTravelled, travelled } from "./layout";
import { findNearest } from "./rough";
import { beginWanted, keep, want, wantedCount } from "./wanted";

/** Share of rows from which on it is quicker to look at all than to pick. */
const MANY: f64 = 0.25;

/** Finds out of the rows `from` up to `to`, 8,192 at most, those whose full numbers are wanted; gives how many. The others stay. */
export function look(from: i32, to: i32): i32 {
  const count = listUnsettled(from, to);
  beginWanted();
  if (<f64>count < MANY * <f64>(to - from)) {
    for (let i = 0; i < count; i += 4) lookAtListed(listed + ((<usize>i) << 2), min(4, count - i));
  } else {
    for (let row = from; row < to; row += 4) lookAbreast(row, min(4, to - row));
  }
  return wantedCount;
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

/** Looks at the first `count` of four rows that lie abreast, from `row` on. */
function lookAbreast(row: i32, count: i32): void {
  findNearest(rough + <usize>(row >> 2) * fourBytes);
  const place = (<usize>row) << 2;
  const gap = v128.load(found, 16);
  const changed = v128.any_true(v128.xor(v128.load(found), v128.load(labels + place)));
  if (count === 4 && !changed && i32x4.all_true(f32x4.gt(gap, f32x4.splat(0)))) {
    const most = f32x4.add(gap, travelledOfFour(labels + place));
    v128.store(limit + place, f32x4.mul(most, f32x4.splat(1 - 1e-6)));
    return;
  }
  for (let lane = 0; lane < count; lane++) lookAt(row + lane, lane);
}

function travelledOfFour(place: usize): v128 {
  const first = v128.load32_zero(roughTravelled + ((<usize>load<i32>(place)) << 2));
  const second = v128.load32_lane(roughTravelled + ((<usize>load<i32>(place, 4)) << 2), first, 1);
  const third = v128.load32_lane(roughTravelled + ((<usize>load<i32>(place, 8)) << 2), second, 2);
  return v128.load32_lane(roughTravelled + ((<usize>load<i32>(place, 12)) << 2), third, 3);
}

/** Looks at the `count` rows that are listed at `place`, four at most. */
function lookAtListed(place: usize, count: i32): void {
  for (let lane = 0; lane < count; lane++) {
    let from = abreast(int(place, lane));
    const first = four + ((<usize>lane) << 2);
    for (let to = first, end = first + fourBytes; to < end; to += 16) {
      store<f32>(to, load<f32>(from));
      from += 16;
    }
  }
  findNearest(four);
  for (let lane = 0; lane < count; lane++) lookAt(int(place, lane), lane);
}

/** A row whose nearest centre is clear, and is its own, stays. */
function lookAt(row: i32, lane: i32): void {
  const place = found + ((<usize>lane) << 2);
  const centre = load<i32>(place);
  const gap = load<f32>(place, 16);
  if (gap > 0 && centre === int(labels, row)) keep(row, centre, <f64>gap);
  else want(row, centre, gap);
}
