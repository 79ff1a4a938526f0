// AssemblyScript: joins are made in rounds: clusters whose nearest is not known are searched, then all that are each other's nearest
// are joined. Those that can't be among the nearest yet wait.
import { distanceOf, nearestTo, points, setNearest, slotOf } from "../clusters/live";
import { laySteps } from "../clusters/steps";
import { int, setInt } from "../memory/numbers";
import { join } from "./joining";
import { ids } from "./left";
import { search } from "./search";
import { live } from "./slots";
import { isWorthIt } from "./worth";

/** So few clusters are not joined. */
const FEWEST: i32 = 16;
/** Whether to go on is asked again when this share of the clusters is left. */
const AGAIN: f64 = 0.8;

/** Clusters to be searched in this round, how many they are, and how many of them have been. */
let work: usize = 0;
let working: i32 = 0;
let at: i32 = 0;
/** By cluster: the round in which it was joined. */
let joined: usize = 0;
let round: i32 = 0;
/** Clusters that were left when it was asked last whether to go on. */
let asked: f64 = 0;

export function layRounds(): void {
  const bytes = (<usize>points) << 2;
  work = heap.alloc(bytes);
  joined = heap.alloc(bytes);
  laySteps();
}

/** Every point is to be searched. */
export function beginRounds(): void {
  asked = points;
  for (let id = 0; id < points; id++) {
    setInt(joined, id, -1);
    setNearest(id, -1, 0);
    setInt(work, id, id);
  }
  working = points;
}

/** Goes on for about `budget` looks at a centre; true when the end is reached. */
export function advance(budget: i32): bool {
  for (let looked: i64 = 0; looked < budget; ) {
    if (at < working) {
      search(int(work, at++));
      looked += live;
    } else if (!nextRound()) return true;
  }
  return false;
}

/** Joins all that are each other's nearest and chooses whom to search next; false where that is not worth it any more. */
function nextRound(): bool {
  round++;
  joinMutual();
  at = 0;
  working = 0;
  if (live <= FEWEST) return false;
  const waiting = listWaiting();
  if (<f64>live <= asked * AGAIN) {
    asked = live;
    if (!isWorthIt(ids)) return false;
  }
  choose(waiting);
  // Only rounding can leave none, or none that are each other's nearest.
  return working > 0;
}

function joinMutual(): void {
  for (let i = 0; i < working; i++) {
    const a = int(work, i);
    const b = nearestTo(a);
    if (slotOf(a) < 0 || b < 0 || nearestTo(b) !== a) continue;
    join(min(a, b), max(a, b));
    setInt(joined, a, round);
    setInt(joined, b, round);
  }
}

/** Lists the clusters that are left, and as `work` those whose nearest is not known any more; gives how many these are. */
function listWaiting(): i32 {
  let waiting = 0;
  for (let id = 0, place = 0; id < points; id++) {
    if (slotOf(id) < 0) continue;
    setInt(ids, place++, id);
    const nearest = nearestTo(id);
    if (nearest >= 0 && int(joined, nearest) === round) setNearest(id, -1, distanceOf(id));
    if (nearestTo(id) < 0) setInt(work, waiting++, id);
  }
  return waiting;
}

/** Keeps of those that wait the ones that are no farther from all others than is usual. */
function choose(waiting: i32): void {
  let sum: f64 = 0;
  for (let i = 0; i < waiting; i++) sum += distanceOf(int(work, i));
  const usual = sum / <f64>waiting;
  for (let i = 0; i < waiting; i++) {
    const id = int(work, i);
    if (distanceOf(id) <= usual) setInt(work, working++, id);
  }
}
