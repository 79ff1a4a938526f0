// AssemblyScript: the kernel of `server/cluster/near-joins.ts`, which says what it computes and how ties are broken.
// Whom a search need not look at is decided by centres in steps of 16 bits, four clusters at a time: that is so much less
// than one distance that to look at all clusters' centres is quick, whatever the number of columns.
import {
  centreOf,
  centres,
  columns,
  distanceOf,
  layClusters,
  nearestTo,
  points,
  setNearest,
  setSlot,
  slotOf,
  stride,
} from "./clusters/live";
import { laySteps, measure, quartet, stepOf, stepsAUnit } from "./clusters/steps";

/** Joining ends when a search looks at more pairs than this share of the clusters that are left, or at so few clusters. */
const WORTH: f64 = 0.125;
const FEWEST: i32 = 16;
/** Whether to go on is asked of so many clusters, again when this share of them is left. */
const ASKED: i32 = 16;
const AGAIN: f64 = 0.8;
/** What single precision may take from a bound, relative to it. */
const LOOSER: f64 = 1.001;

let complete: bool = false;
/** By point: where it is; its weight; the next one in its cluster, −1 for none. */
let places: usize = 0;
let weight: usize = 0;
let following: usize = 0;
/** By cluster: its last point; how many it has; what they weigh. */
let last: usize = 0;
let count: usize = 0;
let mass: usize = 0;
/** By cluster: the round in which it was joined. */
let joined: usize = 0;

/** By slot: the cluster there; its steps, two columns of four slots after two others; mean square of its points' distance from its centre. */
let idOf: usize = 0;
let steps: usize = 0;
let spread: usize = 0;
/** By slot: bounds in the search that is under way. */
let bounds: usize = 0;
let lanes: usize = 0;

let work: usize = 0;
let ids: usize = 0;
let starts: usize = 0;
let members: usize = 0;
let working: i32 = 0;
let at: i32 = 0;
let live: i32 = 0;
let round: i32 = 0;
let asked: f64 = 0;
let looked: i64 = 0;
let joinA: usize = 0;
let joinB: usize = 0;
let height: usize = 0;
let done: i32 = 0;

/** Makes room for rows × columns; coordinates belong at `centres()`, `rowStride()` apart, weights at `weights()`. */
export function reserve(rows: i32, width: i32, byLargest: bool): void {
  complete = byLargest;
  layClusters(rows, width);
  const bytes = (<usize>rows) << 2;
  const padded = (<usize>((rows + 7) & ~7)) << 2;
  work = heap.alloc(bytes);
  laySteps(work);
  places = heap.alloc((<usize>(rows * stride)) << 3);
  weight = heap.alloc(bytes << 1);
  following = heap.alloc(bytes);
  last = heap.alloc(bytes);
  count = heap.alloc(bytes);
  mass = heap.alloc(bytes << 1);
  joined = heap.alloc(bytes);
  idOf = heap.alloc(padded);
  steps = heap.alloc((padded >> 4) * quartet);
  spread = heap.alloc(padded);
  bounds = heap.alloc(padded);
  lanes = heap.alloc(32);
  ids = heap.alloc(bytes);
  starts = heap.alloc(bytes + 4);
  members = heap.alloc(bytes);
  joinA = heap.alloc(bytes);
  joinB = heap.alloc(bytes);
  height = heap.alloc(bytes << 1);
}

export { centres };
export function rowStride(): i32 {
  return stride;
}
export function weights(): usize {
  return weight;
}
export function joinsA(): usize {
  return joinA;
}
export function joinsB(): usize {
  return joinB;
}
export function heights(): usize {
  return height;
}
export function joinsMade(): i32 {
  return done;
}
export function clustersLeft(): usize {
  return ids;
}
export function clusterStarts(): usize {
  return starts;
}
export function clusterMembers(): usize {
  return members;
}

/** Makes every point a cluster. */
export function begin(): void {
  measure();
  memory.copy(places, centres(), (<usize>(points * stride)) << 3);
  // A step an axis, and what rounding may take from a centre's coordinate.
  let farthest: f64 = 0;
  for (let from = places, end = places + ((<usize>(points * stride)) << 3); from < end; from += 8) {
    farthest = max(farthest, abs(load<f64>(from)));
  }
  slack = sqrt<f64>(columns) * (1.001 + 1e-12 * farthest * stepsAUnit());
  live = points;
  asked = points;
  const end = (points + 7) & ~7;
  for (let slot = 0; slot < end; slot++) {
    if (slot < points) {
      settle(slot, slot, 0);
      put(following, slot, -1);
      put(last, slot, slot);
      put(count, slot, 1);
      set(mass, slot, get(weight, slot));
      put(joined, slot, -1);
      setNearest(slot, -1, 0);
      put(work, slot, slot);
    } else clear(slot);
  }
  working = points;
}

/** Goes on for about `budget` looks at a centre; true when the end is reached. */
export function advance(budget: i32): bool {
  looked = 0;
  while (looked < budget) {
    if (at < working) search(int(work, at++));
    else if (!nextRound()) return true;
  }
  return false;
}

/** Joins all that are each other's nearest and chooses whom to search next; false where that is not worth it any more. */
function nextRound(): bool {
  round++;
  for (let i = 0; i < working; i++) {
    const a = int(work, i);
    const b = nearestTo(a);
    if (slotOf(a) >= 0 && b >= 0 && nearestTo(b) === a) join(min(a, b), max(a, b));
  }
  at = 0;
  working = 0;
  if (live <= FEWEST) return false;
  let sum: f64 = 0;
  let waiting = 0;
  for (let id = 0, place = 0; id < points; id++) {
    if (slotOf(id) < 0) continue;
    put(ids, place++, id);
    const nearest = nearestTo(id);
    if (nearest >= 0 && int(joined, nearest) === round) setNearest(id, -1, distanceOf(id));
    if (nearestTo(id) >= 0) continue;
    put(work, waiting++, id);
    sum += distanceOf(id);
  }
  if (<f64>live <= asked * AGAIN) {
    asked = live;
    if (!isWorthIt()) return false;
  }
  const usual = sum / <f64>waiting;
  for (let i = 0; i < waiting; i++) {
    const id = int(work, i);
    if (distanceOf(id) <= usual) put(work, working++, id);
  }
  // Only rounding can leave none, or none that are each other's nearest.
  return working > 0;
}

/** Whether few pairs of points would be looked at to search for the nearest of some of the clusters. */
function isWorthIt(): bool {
  const step = max(live / ASKED, 1);
  let known = 0;
  let pairs: f64 = 0;
  for (let i = 0; i < live; i += step) {
    const id = int(ids, i);
    if (nearestTo(id) < 0) continue;
    known++;
    const least = distanceOf(id) * distanceOf(id);
    let near = 0;
    for (let j = 0; j < live; j++) {
      const other = int(ids, j);
      if (squares(centreOf(id), centreOf(other)) <= least) near += int(count, other);
    }
    pairs += <f64>(int(count, id) * (near - int(count, id)));
  }
  return pairs <= <f64>known * <f64>live * WORTH;
}

/** Joins two clusters into the smaller one. */
function join(a: i32, b: i32): void {
  put(joinA, done, a);
  put(joinB, done, b);
  set(height, done++, distanceOf(a));
  put(joined, a, round);
  put(joined, b, round);
  put(following, int(last, a), b);
  put(last, a, int(last, b));
  put(count, a, int(count, a) + int(count, b));

  const massA = get(mass, a);
  const massB = get(mass, b);
  const both = massA + massB;
  const x = centreOf(a);
  const y = centreOf(b);
  const apart = squares(x, y) * stepsAUnit() * stepsAUnit();
  const slotA = slotOf(a);
  const slotB = slotOf(b);
  const within = (massA * spreadAt(slotA) + massB * spreadAt(slotB)) / both + (massA / both) * (massB / both) * apart;
  for (let j: usize = 0; j < (<usize>stride) << 3; j += 8) {
    store<f64>(x + j, (load<f64>(x + j) * massA + load<f64>(y + j) * massB) / both);
  }
  set(mass, a, both);
  setNearest(a, -1, distanceOf(a));
  setNearest(b, -1, 0);
  setSlot(b, -1);
  settle(slotA, a, <f32>within);
  live--;
  if (slotB !== live) settle(slotB, int(idOf, live), <f32>spreadAt(live));
  clear(live);
}

let self: i32 = 0;
let best: i32 = 0;
let least: f64 = 0;
/** Bounds up to it may be those of a cluster as near as the nearest so far. */
let limit: f32 = 0;
/** How much farther than they are two clusters may be in steps. */
let slack: f64 = 0;

/** Finds the cluster nearest to `cluster`, of equally near ones the smallest. */
function search(cluster: i32): void {
  self = cluster;
  best = -1;
  least = Infinity;
  limit = Infinity;
  const guess = bound(slotOf(cluster));
  if (guess >= 0) weigh(guess);
  const end = (<usize>((live + 3) >> 2)) << 4;
  let most = f32x4.splat(limit);
  for (let to: usize = 0; to < end; to += 16) {
    let near = i32x4.bitmask(f32x4.le(v128.load(bounds + to), most));
    if (near === 0) continue;
    for (let other = <i32>(to >> 2); near !== 0; other++, near >>= 1) {
      if ((near & 1) === 0) continue;
      const id = int(idOf, other);
      if (id !== guess && id >= 0 && id !== cluster) weigh(id);
    }
    most = f32x4.splat(limit);
  }
  setNearest(cluster, best, least);
  looked += live;
}

/** Bounds all distances from a slot in squares of steps; gives whose is likely to be the least. */
function bound(slot: i32): i32 {
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
    const here = load<f32>(lanes + ((<usize>lane) << 2));
    if (here >= least) continue;
    least = here;
    found = int(idOf, (int(lanes, 4 + lane) << 2) + lane);
  }
  return found;
}

function weigh(other: i32): void {
  const distance = apart(max(self, other), min(self, other));
  if (distance > least || (distance === least && other >= best)) return;
  least = distance;
  best = other;
  const reach = distance * stepsAUnit() + slack;
  const own = complete ? <f64>spreadAt(slotOf(self)) : 0;
  limit = <f32>(reach * reach * LOOSER - own / LOOSER);
}

/** The linkage's distance of two clusters; where it is known to be more than `least`, anything more than that. */
function apart(later: i32, earlier: i32): f64 {
  const laterAlone = int(count, later) === 1;
  const earlierAlone = int(count, earlier) === 1;
  let total: f64 = 0;
  for (let y = earlier; y >= 0; y = int(following, y)) {
    let sum: f64 = 0;
    for (let x = later; x >= 0; x = int(following, x)) {
      const here = sqrt<f64>(squares(placeOf(x), placeOf(y)));
      if (complete) sum = max(sum, here);
      else sum += laterAlone ? here : get(weight, x) * here;
    }
    if (!complete) total += earlierAlone ? sum : get(weight, y) * sum;
    else if (sum > least) return sum;
    else total = max(total, sum);
  }
  if (complete) return total;
  return total / ((laterAlone ? 1 : get(mass, later)) * (earlierAlone ? 1 : get(mass, earlier)));
}

/** Sum of squares of the columns' differences: of every second column, then of the others. */
function squares(x: usize, y: usize): f64 {
  const end = (<usize>stride) << 3;
  let sum = f64x2.splat(0);
  for (let from: usize = 0; from < end; from += 16) {
    const difference = f64x2.sub(v128.load(x + from), v128.load(y + from));
    sum = f64x2.add(sum, f64x2.mul(difference, difference));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Puts a cluster into a slot. */
function settle(slot: i32, cluster: i32, within: f32): void {
  const to = stepsAt(slot);
  for (let j: usize = 0; j < <usize>columns; j++) {
    store<i16>(to + ((j >> 1) << 4) + ((j & 1) << 1), stepOf(centreOf(cluster), <i32>j));
  }
  put(idOf, slot, cluster);
  setSlot(cluster, slot);
  setSpread(slot, within);
}

/** Empties a slot. */
function clear(slot: i32): void {
  put(idOf, slot, -1);
  setSpread(slot, Infinity);
}

/** Lists the clusters that are left, ascending, and their points one cluster after the other; gives how many clusters there are. */
export function list(): i32 {
  let clusters = 0;
  let place = 0;
  for (let id = 0; id < points; id++) {
    if (slotOf(id) < 0) continue;
    put(ids, clusters, id);
    put(starts, clusters++, place);
    for (let point = id; point >= 0; point = int(following, point)) put(members, place++, point);
  }
  put(starts, clusters, place);
  return clusters;
}

function stepsAt(slot: i32): usize {
  return steps + <usize>(slot >> 2) * quartet + ((<usize>(slot & 3)) << 2);
}

function placeOf(point: i32): usize {
  return places + ((<usize>(point * stride)) << 3);
}

function spreadAt(slot: i32): f64 {
  return <f64>load<f32>(spread + ((<usize>slot) << 2));
}

function setSpread(slot: i32, value: f32): void {
  store<f32>(spread + ((<usize>slot) << 2), value);
}

function int(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}

function put(base: usize, index: i32, value: i32): void {
  store<i32>(base + ((<usize>index) << 2), value);
}

function get(base: usize, index: i32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}

function set(base: usize, index: i32, value: f64): void {
  store<f64>(base + ((<usize>index) << 3), value);
}
