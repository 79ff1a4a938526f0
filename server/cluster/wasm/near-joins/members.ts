// AssemblyScript: the points of clusters, a list each that another's can be put behind, and how far they are apart.
import { centres, points, stride } from "../clusters/live";
import { double, int, setDouble, setInt } from "../memory/numbers";
import { squaredDistance } from "../memory/squared-distance";

/** Whether linkage is complete, by the largest distance, or average. */
export let complete: bool = false;
/** By point: where it is; its weight; the next one in its cluster, −1 for none. */
export let places: usize = 0;
let weight: usize = 0;
let following: usize = 0;
/** By cluster: its last point; how many it has; what they weigh. */
let last: usize = 0;
let count: usize = 0;
let mass: usize = 0;

export function layMembers(byLargest: bool): void {
  complete = byLargest;
  const bytes = (<usize>points) << 2;
  places = heap.alloc((<usize>(points * stride)) << 3);
  weight = heap.alloc(bytes << 1);
  following = heap.alloc(bytes);
  last = heap.alloc(bytes);
  count = heap.alloc(bytes);
  mass = heap.alloc(bytes << 1);
}

export function weights(): usize {
  return weight;
}

/** Makes every point a cluster, where its centre was put. */
export function beginMembers(): void {
  memory.copy(places, centres(), (<usize>(points * stride)) << 3);
  for (let point = 0; point < points; point++) {
    setInt(following, point, -1);
    setInt(last, point, point);
    setInt(count, point, 1);
    setDouble(mass, point, double(weight, point));
  }
}

export function countOf(cluster: i32): i32 {
  return int(count, cluster);
}
export function massOf(cluster: i32): f64 {
  return double(mass, cluster);
}

/** Puts the points of `b` behind those of `a`. */
export function append(a: i32, b: i32): void {
  setInt(following, int(last, a), b);
  setInt(last, a, int(last, b));
  setInt(count, a, int(count, a) + int(count, b));
  setDouble(mass, a, massOf(a) + massOf(b));
}

/** Lists a cluster's points at `to` from place `from` on; gives where they end. */
export function listMembers(cluster: i32, to: usize, from: i32): i32 {
  let place = from;
  for (let point = cluster; point >= 0; point = int(following, point)) setInt(to, place++, point);
  return place;
}

/** The linkage's distance of two clusters; where it is known to be more than `least`, anything more than that. */
export function apart(later: i32, earlier: i32, least: f64): f64 {
  const laterAlone = int(count, later) === 1;
  const earlierAlone = int(count, earlier) === 1;
  const bytes = (<usize>stride) << 3;
  let total: f64 = 0;
  for (let y = earlier; y >= 0; y = int(following, y)) {
    let sum: f64 = 0;
    for (let x = later; x >= 0; x = int(following, x)) {
      const here = sqrt<f64>(squaredDistance(placeOf(x), placeOf(y), bytes));
      if (complete) sum = max(sum, here);
      else sum += laterAlone ? here : double(weight, x) * here;
    }
    if (!complete) total += earlierAlone ? sum : double(weight, y) * sum;
    else if (sum > least) return sum;
    else total = max(total, sum);
  }
  if (complete) return total;
  return total / ((laterAlone ? 1 : massOf(later)) * (earlierAlone ? 1 : massOf(earlier)));
}

function placeOf(point: i32): usize {
  return places + ((<usize>(point * stride)) << 3);
}
