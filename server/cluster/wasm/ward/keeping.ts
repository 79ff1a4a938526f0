// AssemblyScript: bringing the tree up to date after joins, leaf by leaf, so that several threads can do it at once.
import { distanceOf, leastBits, nearestTo, setNearest, slotOf } from "../clusters/live";
import { BLOCK, fitBlock, fitLeaf } from "./boxes";
import { setPending, wasJoined } from "./pending";
import { clear, firstSlot, idAt, leafCount, setTaken, settle, takenIn } from "./tree";

/** Of the blocks that were kept last: clusters that are left, those to be searched, and the sum of their `leastBits`. */
export let left: i32 = 0;
export let waiting: i32 = 0;
export let bits: i64 = 0;

export function beginKeeping(): void {
  left = 0;
  waiting = 0;
  bits = 0;
}

/** Brings a block of leaves and the boxes above it up to date. */
export function keepBlock(block: i32, round: i32): void {
  let changed = false;
  for (let leaf = block * BLOCK, end = min(leaf + BLOCK, leafCount()); leaf < end; leaf++) {
    if (keepLeaf(leaf, round) && fitLeaf(leaf)) changed = true;
  }
  if (changed) fitBlock(block);
}

/** Lists who is to be searched where none has been joined since. */
export function listPending(leaf: i32): void {
  const first = firstSlot(leaf);
  let pending = 0;
  for (let at = 0, count = takenIn(leaf); at < count; at++) {
    if (nearestTo(idAt(first + at)) < 0) pending |= 1 << at;
  }
  setPending(leaf, pending);
}

/** Takes those out of a leaf that have been joined into others, moves the joined, and lets those be searched whose nearest was joined. True where the leaf changed. */
function keepLeaf(leaf: i32, round: i32): bool {
  const first = firstSlot(leaf);
  const count = takenIn(leaf);
  let pending = 0;
  let gone = 0;
  let moved = false;
  for (let at = 0; at < count; at++) {
    const slot = first + at;
    let id = idAt(slot);
    if (wasJoined(id, round)) {
      if (slotOf(id) < 0) id = ~slotOf(id);
      if (slotOf(id) !== slot) {
        gone |= 1 << at;
        continue;
      }
      settle(slot, id);
      moved = true;
    } else {
      const nearest = nearestTo(id);
      if (nearest >= 0 && !wasJoined(nearest, round)) continue;
      if (nearest >= 0) release(id, nearest);
    }
    pending |= 1 << at;
    waiting++;
    bits += leastBits(id);
  }
  if (gone !== 0) pending = closeUp(leaf, gone, pending);
  left += takenIn(leaf);
  setPending(leaf, pending);
  return moved || gone !== 0;
}

/** Lets a cluster be searched whose nearest was joined: it is near to what that has become, which it is no nearer to than before. */
function release(id: i32, nearest: i32): void {
  setNearest(id, -2 - nearest, distanceOf(id));
  const joined = slotOf(nearest) < 0 ? ~slotOf(nearest) : nearest;
  setNearest(joined, -2 - id, distanceOf(joined));
}

/** Moves a leaf's last clusters to the slots of those that are gone; gives where the pending ones are then. */
function closeUp(leaf: i32, gone: i32, pending: i32): i32 {
  const first = firstSlot(leaf);
  let end = takenIn(leaf);
  for (let holes = gone; holes !== 0; holes &= holes - 1) {
    const hole = ctz(holes);
    if (hole >= end) break;
    do end--;
    while (end > hole && ((gone >>> end) & 1) !== 0);
    if (end === hole) break;
    settle(first + hole, idAt(first + end));
    pending |= ((pending >>> end) & 1) << hole;
  }
  for (let at = end, last = takenIn(leaf); at < last; at++) clear(first + at);
  setTaken(leaf, end);
  return end < 32 ? pending & ((1 << end) - 1) : pending;
}
