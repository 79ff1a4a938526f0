// AssemblyScript: joining clusters that are each other's nearest. It touches nothing but the two, so that several threads can join at once.
import { centreOf, distanceOf, nearestTo, setNearest, setSlot, slotOf, stride } from "../clusters/live";
import { inverseOf, setInverse } from "./distance";
import { markJoined, searchedIn, wasSearched } from "./pending";
import { takeSteps } from "./row-steps";
import { firstSlot, idAt } from "./tree";

/** Joins those of a leaf that were searched in this round with whom they are each other's nearest. The tree stays as it was. */
export function joinLeaf(leaf: i32, round: i32): void {
  const first = firstSlot(leaf);
  for (let left = searchedIn(leaf); left !== 0; left &= left - 1) {
    const one = idAt(first + ctz(left));
    const other = nearestTo(one);
    if (other < 0 || nearestTo(other) !== one) continue;
    // Where both were searched, the smaller one's turn joins them.
    if (other < one && wasSearched(other, round)) continue;
    join(min(one, other), max(one, other), round);
  }
}

/**
 * Joins two clusters into the smaller one, which takes the heavier one's slot: of equal ones, its own. The other one keeps
 * what it was joined to, and at what height instead of a distance.
 */
function join(a: i32, b: i32, round: i32): void {
  const distance = distanceOf(a);
  setNearest(a, -1, distance);
  setNearest(b, -1, sqrt<f64>(2 * distance));
  const sizeA = 1 / inverseOf(a);
  const sizeB = 1 / inverseOf(b);
  const size = sizeA + sizeB;
  const x = centreOf(a);
  const y = centreOf(b);
  for (let j: usize = 0; j < (<usize>stride) << 3; j += 8) {
    store<f64>(x + j, (load<f64>(x + j) * sizeA + load<f64>(y + j) * sizeB) / size);
  }
  setInverse(a, 1 / size);
  takeSteps(a);
  if (sizeA < sizeB) setSlot(a, slotOf(b));
  setSlot(b, ~a);
  markJoined(a, round);
  markJoined(b, round);
}
