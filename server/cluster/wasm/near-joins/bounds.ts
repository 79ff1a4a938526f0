// AssemblyScript: bounds of distances, by centres in steps of 16 bits, four clusters at a time: that is so much less than one
// distance that to look at all clusters' centres is quick, whatever the number of columns.
import { columns, points, stride } from "../clusters/live";
import { quartet, stepsAUnit } from "../clusters/steps";
import { int, single } from "../memory/numbers";
import { complete, places } from "./members";
import { idAt, live, setSpread, spread, spreadAt, steps, stepsAt } from "./slots";

/** What single precision may take from a bound, relative to it. */
const LOOSER: f64 = 1.001;

/** By slot: bounds in the search that is under way. */
export let bounds: usize = 0;
let lanes: usize = 0;
/** How much farther than they are two clusters may be in steps. */
let slack: f64 = 0;

export function layBounds(): void {
  bounds = heap.alloc((<usize>((points + 7) & ~7)) << 2);
  lanes = heap.alloc(32);
}

/** When steps are measured and centres are the points: finds how much farther they may be. */
export function beginBounds(): void {
  // A step an axis, and what rounding may take from a centre's coordinate.
  let farthest: f64 = 0;
  for (let from = places, end = from + ((<usize>(points * stride)) << 3); from < end; from += 8) {
    farthest = max(farthest, abs(load<f64>(from)));
  }
  slack = sqrt<f64>(columns) * (1.001 + 1e-12 * farthest * stepsAUnit());
}

/** The bound that no cluster exceeds which is at most `distance` from that in a slot. */
export function limitOf(distance: f64, slot: i32): f32 {
  const reach = distance * stepsAUnit() + slack;
  const own = complete ? spreadAt(slot) : 0;
  return <f32>(reach * reach * LOOSER - own / LOOSER);
}

/** Bounds all distances from a slot in squares of steps; gives whose is likely to be the least. */
export function bound(slot: i32): i32 {
  const own = spreadAt(slot);
  setSpread(slot, Infinity);
  const mine = stepsAt(slot);
  const blocks = (live + 3) >> 2;
  const bytes = (<usize>((columns + 1) >> 1)) << 4;
  let nearest = f32x4.splat(Infinity);
  let where = i32x4.splat(0);
  // Two fours of slots at once, so that what is sought is read half as often.
  for (let block = 0; block < blocks; block += 2) {
    let theirs = steps + <usize>block * quartet;
    let sum = i32x4.splat(0);
    let next = sum;
    for (let from: usize = 0; from < bytes; from += 16, theirs += 16) {
      const here = v128.load32_splat(mine + from);
      const apart = i16x8.sub(here, v128.load(theirs));
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(apart, apart));
      const beyond = i16x8.sub(here, v128.load(theirs + quartet));
      next = i32x4.add(next, i32x4.dot_i16x8_s(beyond, beyond));
    }
    const to = (<usize>block) << 4;
    const first = f32x4.convert_i32x4_s(sum);
    const second = f32x4.convert_i32x4_s(next);
    const all = f32x4.add(first, v128.load(spread + to));
    const rest = f32x4.add(second, v128.load(spread + to, 16));
    v128.store(bounds + to, complete ? all : first);
    v128.store(bounds + to, complete ? rest : second, 16);
    where = v128.bitselect(i32x4.splat(block), where, f32x4.lt(all, nearest));
    nearest = f32x4.pmin(nearest, all);
    where = v128.bitselect(i32x4.splat(block + 1), where, f32x4.lt(rest, nearest));
    nearest = f32x4.pmin(nearest, rest);
  }
  setSpread(slot, <f32>own);
  v128.store(lanes, nearest);
  v128.store(lanes, where, 16);
  let least = f32.MAX_VALUE;
  let found = -1;
  for (let lane = 0; lane < 4; lane++) {
    const here = single(lanes, lane);
    if (here >= least) continue;
    least = here;
    found = idAt((int(lanes, 4 + lane) << 2) + lane);
  }
  return found;
}
