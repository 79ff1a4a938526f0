// AssemblyScript: what is left to be joined, as those who called want it.
import { points, slotOf } from "../clusters/live";
import { setInt } from "../memory/numbers";
import { listMembers } from "./members";

/** Clusters that are left, ascending; where the points of each begin in a list of them, and where the last one's end. */
export let ids: usize = 0;
let starts: usize = 0;
let members: usize = 0;

export function layLeft(): void {
  const bytes = (<usize>points) << 2;
  ids = heap.alloc(bytes);
  starts = heap.alloc(bytes + 4);
  members = heap.alloc(bytes);
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

/** Lists the clusters that are left, ascending, and their points one cluster after the other; gives how many clusters there are. */
export function list(): i32 {
  let clusters = 0;
  let place = 0;
  for (let id = 0; id < points; id++) {
    if (slotOf(id) < 0) continue;
    setInt(ids, clusters, id);
    setInt(starts, clusters++, place);
    place = listMembers(id, members, place);
  }
  setInt(starts, clusters, place);
  return clusters;
}
