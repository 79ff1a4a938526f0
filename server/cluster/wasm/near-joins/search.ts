// AssemblyScript: the search for the nearest cluster.
import { setNearest, slotOf } from "../clusters/live";
import { bound, bounds, limitOf } from "./bounds";
import { apart } from "./members";
import { idAt, live } from "./slots";

let self: i32 = 0;
let best: i32 = 0;
let least: f64 = 0;
/** Bounds up to it may be those of a cluster as near as the nearest so far. */
let limit: f32 = 0;

/** Finds the cluster nearest to `cluster`, of equally near ones the smallest. */
export function search(cluster: i32): void {
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
      const id = idAt(other);
      if (id !== guess && id >= 0 && id !== cluster) weigh(id);
    }
    most = f32x4.splat(limit);
  }
  setNearest(cluster, best, least);
}

/** Keeps a cluster that is nearer than all so far. */
function weigh(other: i32): void {
  const distance = apart(max(self, other), min(self, other), least);
  if (distance > least || (distance === least && other >= best)) return;
  least = distance;
  best = other;
  limit = limitOf(distance, slotOf(self));
}
