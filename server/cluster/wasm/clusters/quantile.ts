// AssemblyScript: quantiles of the points' coordinates.
import { int, setInt, setSingle, single } from "../memory/numbers";
import { coordinate } from "./axes";
import { centreOf, points } from "./live";

let keys: usize = 0;

/** Makes room for the quantiles of so many points. */
export function layQuantiles(most: i32): void {
  keys = heap.alloc((<usize>most) << 2);
}

/** Takes the coordinates of `count` points from all over along an axis. */
export function takeSample(axis: i32, count: i32): void {
  for (let i = 0; i < count; i++) {
    setSingle(keys, i, <f32>coordinate(centreOf(<i32>((<i64>i * points) / count)), axis));
  }
}

/** Of the `count` coordinates that were taken, the one that `rank` of them are no larger than (Hoare's selection). */
export function quantile(count: i32, rank: i32): f64 {
  let from = 0;
  let to = count - 1;
  while (to > from) {
    const pivot = single(keys, (from + to) >> 1);
    let i = from;
    let j = to;
    while (i <= j) {
      while (single(keys, i) < pivot) i++;
      while (single(keys, j) > pivot) j--;
      if (i > j) break;
      const held = int(keys, i);
      setInt(keys, i++, int(keys, j));
      setInt(keys, j--, held);
    }
    if (rank <= j) to = j;
    else if (rank >= i) from = i;
    else break;
  }
  return <f64>single(keys, rank);
}
