// AssemblyScript: which clusters are to be searched.

import { points } from "../clusters/live";
import { int, setInt } from "../memory/numbers";
import { mostLeaves } from "./tree";

/** By leaf, a bit for each of its slots: whose nearest is not known; who was searched in this round. */
let pending: usize = 0;
let searched: usize = 0;
/** By cluster: twice the round that it was searched in, one more where it was joined then. */
let latest: usize = 0;

export function layPending(): void {
  const leaves = mostLeaves();
  pending = heap.alloc((<usize>leaves) << 2);
  searched = heap.alloc((<usize>leaves) << 2);
  latest = heap.alloc((<usize>points) << 2);
}

export function pendingIn(leaf: i32): i32 {
  return int(pending, leaf);
}
export function setPending(leaf: i32, slots: i32): void {
  setInt(pending, leaf, slots);
}
export function searchedIn(leaf: i32): i32 {
  return int(searched, leaf);
}
export function setSearched(leaf: i32, slots: i32): void {
  setInt(searched, leaf, slots);
}

export function markSearched(cluster: i32, round: i32): void {
  setInt(latest, cluster, 2 * round);
}
export function markJoined(cluster: i32, round: i32): void {
  setInt(latest, cluster, 2 * round + 1);
}
export function wasSearched(cluster: i32, round: i32): bool {
  return int(latest, cluster) >= 2 * round;
}
export function wasJoined(cluster: i32, round: i32): bool {
  return int(latest, cluster) > 2 * round;
}
