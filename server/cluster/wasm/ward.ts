// AssemblyScript: the kernel of `server/cluster/ward.ts`, which says what it computes and how ties are broken.
import { axesAt, turn } from "./clusters/axes";
import {
  centreOf,
  centres,
  distanceOf,
  layClusters,
  leastBits,
  nearestTo,
  points,
  setNearest,
  setSlot,
  slotOf,
  stride,
} from "./clusters/live";
import { heights, joinsA, joinsB, joinsMade, layJoins, record } from "./memory/joins";
import { int, setInt } from "./memory/numbers";
import { refit } from "./ward/boxes";
import { inverseOf, inverses, layInverses, setInverse } from "./ward/distance";
import { laySearch, search } from "./ward/search";
import {
  firstSlot,
  idAt,
  layTree,
  leafCount,
  leafOf,
  plant as plantTree,
  replant,
  settle,
  takenIn,
  vacate,
} from "./ward/tree";

/** Clusters whose nearest is not known: first those to be searched in this round, then those that wait. And a round later. */
let work: usize = 0;
let next: usize = 0;
let count: i32 = 0;
let pending: i32 = 0;
let nextCount: i32 = 0;
/** By cluster: the first of those whose nearest it is; by those: the next one with the same nearest. */
let follower: usize = 0;
let nextFollower: usize = 0;
let live: i32 = 0;
let built: i32 = 0;

/**
 * Makes room for rows × columns; 1/weight belongs at `inverses()`, coordinates at `centres()`, `rowStride()` apart.
 * Several instances over one memory find the same there: number 0 plants and joins, any of them searches.
 */
export function reserve(rows: i32, columns: i32, searchers: i32, own: i32): void {
  layClusters(rows, columns);
  layInverses();
  const bytes = (<usize>rows) << 2;
  work = heap.alloc(bytes);
  next = heap.alloc(bytes);
  layTree(next);
  follower = heap.alloc(bytes);
  nextFollower = heap.alloc(bytes);
  layJoins(rows);
  laySearch(searchers, own);
}

export { axesAt, centres, heights, inverses, joinsA, joinsB, joinsMade, turn };
export function rowStride(): i32 {
  return stride;
}

/** Plants the tree; every point is to be searched. Gives how many. */
export function plant(): i32 {
  live = points;
  built = points;
  plantTree();
  for (let id = 0; id < points; id++) {
    setNearest(id, -1, 0);
    setInt(follower, id, -1);
  }
  return searchAll();
}

/** Searches for the nearest of the round's clusters number `from` up to `to`. */
export function searchSome(from: i32, to: i32): void {
  for (let i = from; i < to; i++) search(int(work, i));
}

/** Joins all that are each other's nearest; gives how many clusters are to be searched before the next time. */
export function joinMutual(): i32 {
  for (let i = 0; i < count; i++) follow(int(work, i));
  nextCount = pending - count;
  memory.copy(next, work + ((<usize>count) << 2), (<usize>nextCount) << 2);
  for (let i = 0; i < count; i++) {
    const a = int(work, i);
    const b = nearestTo(a);
    if (slotOf(a) >= 0 && b >= 0 && nearestTo(b) === a) join(min(a, b), max(a, b));
  }
  choose();
  if (live * 5 < built * 3 && live > 16) {
    replant();
    built = live;
  }
  // Only rounding can leave none that are each other's nearest.
  return count > 0 || live < 2 ? count : searchAll();
}

/** Chooses whom to search, as the twin does. */
function choose(): void {
  let sum: i64 = 0;
  for (let i = 0; i < nextCount; i++) sum += leastBits(int(next, i));
  const usual = nextCount > 0 ? sum / nextCount : 0;
  count = 0;
  pending = nextCount;
  let last = nextCount;
  for (let i = 0; i < nextCount; i++) {
    const id = int(next, i);
    if (leastBits(id) <= usual) setInt(work, count++, id);
    else setInt(work, --last, id);
  }
}

/** Every cluster, in the tree's order: neighbours are searched one after the other, while what they need is in the cache. */
function searchAll(): i32 {
  count = 0;
  for (let leaf = 0, leaves = leafCount(); leaf < leaves; leaf++) {
    const from = firstSlot(leaf);
    for (let slot = from, to = from + takenIn(leaf); slot < to; slot++) {
      const id = idAt(slot);
      setInt(follower, id, -1);
      setInt(work, count++, id);
    }
  }
  pending = count;
  return count;
}

function follow(id: i32): void {
  const nearest = nearestTo(id);
  setInt(nextFollower, id, int(follower, nearest));
  setInt(follower, nearest, id);
}

/** Joins two clusters into the smaller one; it and all that followed either are to be searched, and are no nearer to any than before. */
function join(a: i32, b: i32): void {
  record(a, b, sqrt<f64>(2 * distanceOf(a)));
  live--;
  mix(a, b);
  setNearest(a, -1, distanceOf(a));
  setNearest(b, -1, 0);
  setInt(next, nextCount++, a);
  release(a, a, b);
  release(b, a, b);
}

function release(leader: i32, a: i32, b: i32): void {
  for (let id = int(follower, leader); id >= 0; id = int(nextFollower, id)) {
    if (id === a || id === b) continue;
    // Whoever followed is near.
    setNearest(a, -2 - id, distanceOf(a));
    setNearest(id, -2 - a, distanceOf(id));
    setInt(next, nextCount++, id);
  }
  setInt(follower, leader, -1);
}

/** Moves the joined cluster to its mean, in the heavier one's place: of equal ones, the smaller one's. */
function mix(a: i32, b: i32): void {
  const sizeA = 1 / inverseOf(a);
  const sizeB = 1 / inverseOf(b);
  const size = sizeA + sizeB;
  const x = centreOf(a);
  const y = centreOf(b);
  for (let j: usize = 0; j < (<usize>stride) << 3; j += 8) {
    store<f64>(x + j, (load<f64>(x + j) * sizeA + load<f64>(y + j) * sizeB) / size);
  }
  setInverse(a, 1 / size);
  const stays = sizeA >= sizeB ? slotOf(a) : slotOf(b);
  const goes = sizeA >= sizeB ? slotOf(b) : slotOf(a);
  const leaf = leafOf(stays);
  settle(stays, a);
  setSlot(b, ~a);
  vacate(goes);
  refit(leaf);
  if (leafOf(goes) !== leaf) refit(leafOf(goes));
}
