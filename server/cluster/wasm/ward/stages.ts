// AssemblyScript: the stages that a hierarchy is made in. Each consists of units that do not depend on each other, so that several
// instances over one memory can do them at once; what lies between two stages is done by one.
import { leastBits, points, setNearest } from "../clusters/live";
import { beginMeasuring, endMeasuring, REACHES, reachOf } from "../clusters/steps";
import { BLOCK, blockCount, fitBlock, fitLeaf, fitTop, forgetBlock, forgetTop } from "./boxes";
import { halve, setOrdered, splitAt } from "./halving";
import { joinLeaf } from "./joining";
import { beginKeeping, bits, keepBlock, left, listPending, waiting } from "./keeping";
import { markSearched, pendingIn, setSearched } from "./pending";
import { takeSteps } from "./row-steps";
import { search } from "./search";
import { fillLeaf, firstSlot, idAt, LEAF, leafCount, leavesFor, shapeTree, takenIn } from "./tree";

/** Units: parts of the points (twice), parts of the tree from its root down, blocks of leaves, leaves (twice), blocks. */
const OVER: i32 = 0;
const MEASURE: i32 = 1;
const STEPS: i32 = 2;
const HALVE: i32 = 3;
const FILL: i32 = 4;
const SEARCH: i32 = 5;
const JOIN: i32 = 6;
const KEEP: i32 = 7;

/** Parts of the tree that are ordered at once, where there are as many. */
const PARTS: i32 = 8;
/** Below so many clusters, or searches, waking others takes longer than doing it alone. */
const WORTH_SHARING: i32 = 1024;
const WORTH_SEARCHING: i32 = 128;

/** What all instances know: where they are, and what the stage's units have counted. */
let state: usize = 0;
let counts: usize = 0;

export function layStages(): void {
  state = heap.alloc(64);
  counts = heap.alloc(64);
}

function stage(): i32 {
  return load<i32>(state);
}
/** Clusters that are left. */
export function live(): i32 {
  return load<i32>(state, 4);
}
/** Clusters that the tree was built for. */
function built(): i32 {
  return load<i32>(state, 8);
}
function round(): i32 {
  return load<i32>(state, 12);
}
/** In halving: how often the tree has been halved; leaves that it would have if it were full. */
function depth(): i32 {
  return load<i32>(state, 16);
}
function full(): i32 {
  return load<i32>(state, 20);
}
/** Clusters whose nearest is farther than this wait: `leastBits`. */
function usual(): i32 {
  return load<i32>(state, 24);
}
/** Clusters that are to be searched, now or later. */
function pending(): i32 {
  return load<i32>(counts, 4);
}

/** Goes on to the next stage; gives how many units it has, 0 where all is over. */
export function next(): i32 {
  switch (stage()) {
    case OVER:
      store<i32>(state, points, 4);
      beginMeasuring();
      return begin(MEASURE, parts());
    case MEASURE:
      if (endMeasuring(parts())) return begin(STEPS, parts());
      beginMeasuring();
      return begin(MEASURE, parts());
    case STEPS:
      store<i32>(counts, points, 4);
      return beginTree();
    case HALVE:
      store<i32>(state, depth() + 1, 16);
      if (depth() <= lastDepth()) return begin(HALVE, 1 << depth());
      forgetTop();
      return begin(FILL, blockCount());
    case FILL:
      fitTop();
      return beginRound();
    case SEARCH:
      return begin(JOIN, leafCount());
    case JOIN:
      store<i32>(counts, 0);
      store<i32>(counts, 0, 4);
      store<i64>(counts, 0, 8);
      return begin(KEEP, blockCount());
    default:
      return endRound();
  }
}

function begin(which: i32, units: i32): i32 {
  store<i32>(state, which);
  return units;
}

/** Units that are taken at a time. */
export function portion(): i32 {
  if (stage() === SEARCH) return 2;
  return stage() === JOIN ? 2 * BLOCK : 1;
}

/** Whether this stage is worth waking others. */
export function isWorthSharing(): bool {
  if (stage() === SEARCH) return pending() >= WORTH_SEARCHING;
  return live() >= WORTH_SHARING && (stage() !== HALVE || depth() > 0);
}

/** Does the stage's units from `from` up to `to`. */
export function work(from: i32, to: i32): void {
  switch (stage()) {
    case MEASURE:
      for (let part = from; part < to; part++) reachOf(startOf(part), startOf(part + 1), part);
      break;
    case STEPS:
      for (let part = from; part < to; part++) takePart(part);
      break;
    case HALVE:
      for (let part = from; part < to; part++) halvePart(part);
      break;
    case FILL:
      for (let block = from; block < to; block++) fillBlock(block);
      break;
    case SEARCH:
      for (let leaf = from; leaf < to; leaf++) searchLeaf(leaf);
      break;
    case JOIN:
      for (let leaf = from; leaf < to; leaf++) joinLeaf(leaf, round());
      break;
    case KEEP:
      beginKeeping();
      for (let block = from; block < to; block++) keepBlock(block, round());
      atomic.add<i32>(counts, left);
      atomic.add<i32>(counts, waiting, 4);
      atomic.add<i64>(counts, bits, 8);
      break;
  }
}

/** Parts of the points: as many as are worth it. */
function parts(): i32 {
  return min((points + 511) / 512, REACHES);
}
function startOf(part: i32): i32 {
  return <i32>((<i64>points * part) / parts());
}

function takePart(part: i32): void {
  for (let id = startOf(part), end = startOf(part + 1); id < end; id++) {
    takeSteps(id);
    setOrdered(id, id);
    setNearest(id, -1, 0);
  }
}

/** The tree is built for the clusters that are left, in the order that they were given. */
function beginTree(): i32 {
  store<i32>(state, live(), 8);
  store<i32>(state, 0, 16);
  store<i32>(state, shapeTree(live()), 20);
  return begin(HALVE, 1);
}

/** How often the tree is halved until there are enough parts to be ordered at once. */
function lastDepth(): i32 {
  let last = 0;
  while (full() >> last > 1 && leavesFor(built()) < PARTS * (full() >> last)) last++;
  return last;
}

function halvePart(part: i32): void {
  const span = full() >> depth();
  const from = part * span * LEAF;
  const to = min(from + span * LEAF, live());
  if (to - from <= LEAF) return;
  if (depth() === lastDepth()) halve(from, to, span, LEAF);
  else splitAt(from, to, from + (span >> 1) * LEAF);
}

function fillBlock(block: i32): void {
  forgetBlock(block);
  for (let leaf = block * BLOCK, end = min(leaf + BLOCK, leafCount()); leaf < end; leaf++) {
    fillLeaf(leaf, live());
    fitLeaf(leaf);
    listPending(leaf);
  }
  fitBlock(block);
}

/** Chooses whom to search, as the twin does: among those that are pending, who may be no farther from the nearest than is usual. */
function beginRound(): i32 {
  store<i32>(state, round() + 1, 12);
  return begin(SEARCH, leafCount());
}

function searchLeaf(leaf: i32): void {
  const first = firstSlot(leaf);
  let found = 0;
  for (let rest = pendingIn(leaf); rest !== 0; rest &= rest - 1) {
    const id = idAt(first + ctz(rest));
    if (leastBits(id) > usual()) continue;
    markSearched(id, round());
    search(id);
    found |= rest & -rest;
  }
  setSearched(leaf, found);
}

function endRound(): i32 {
  fitTop();
  store<i32>(state, load<i32>(counts), 4);
  if (live() < 2) return begin(OVER, 0);
  // Only rounding can leave none that are each other's nearest.
  if (pending() === 0) searchAll();
  else store<i32>(state, <i32>(load<i64>(counts, 8) / pending()), 24);
  if (live() * 5 >= built() * 3 || live() <= 16) return beginRound();
  gather();
  return beginTree();
}

function searchAll(): void {
  for (let leaf = 0, leaves = leafCount(); leaf < leaves; leaf++) {
    const first = firstSlot(leaf);
    for (let at = 0, count = takenIn(leaf); at < count; at++) setNearest(idAt(first + at), -1, 0);
    listPending(leaf);
  }
  store<i32>(counts, live(), 4);
  store<i32>(state, 0, 24);
}

/** The clusters that are left, in the tree's order. */
function gather(): void {
  let place = 0;
  for (let leaf = 0, leaves = leafCount(); leaf < leaves; leaf++) {
    const first = firstSlot(leaf);
    for (let at = 0, count = takenIn(leaf); at < count; at++) setOrdered(place++, idAt(first + at));
  }
}
