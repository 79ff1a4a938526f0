// AssemblyScript: whether to go on joining without a matrix.
import { centreOf, distanceOf, nearestTo, stride } from "../clusters/live";
import { int } from "../memory/numbers";
import { squaredDistance } from "../memory/squared-distance";
import { countOf } from "./members";
import { live } from "./slots";

/** Joining ends when a search looks at more pairs than this share of the clusters that are left. */
const WORTH: f64 = 0.125;
/** It is asked of so many clusters. */
const ASKED: i32 = 16;

/** Whether few pairs of points would be looked at to search for the nearest of some of the clusters that are left, whose `ids` are these. */
export function isWorthIt(ids: usize): bool {
  const bytes = (<usize>stride) << 3;
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
      if (squaredDistance(centreOf(id), centreOf(other), bytes) <= least) near += countOf(other);
    }
    pairs += <f64>(countOf(id) * (near - countOf(id)));
  }
  return pairs <= <f64>known * <f64>live * WORTH;
}
