// AssemblyScript: the axes that the tree's coordinates are along: the columns, or other directions at right angles to each
// other, which keep all distances as they are.
import { double } from "../memory/numbers";
import { columns, stride } from "./live";

/** One axis after the other, each as long as a centre; behind them what is their origin. */
let axes: usize = 0;
/** Whether they are used: the same for all instances over one memory. */
const turned: usize = 0;

export function layAxes(): void {
  axes = heap.alloc((<usize>((columns + 1) * stride)) << 3);
}

export function axesAt(): usize {
  return axes;
}

/** From now on coordinates are along what was put where `axesAt` says, or along the columns again. */
export function turn(along: bool): void {
  store<bool>(turned, along);
}
export function isTurned(): bool {
  return load<bool>(turned);
}

/** A centre's coordinate along an axis. */
export function coordinate(centre: usize, axis: i32): f64 {
  if (!isTurned()) return double(centre, axis);
  const bytes = (<usize>stride) << 3;
  const along = axes + <usize>axis * bytes;
  const origin = axes + <usize>columns * bytes;
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const apart = f64x2.sub(v128.load(centre + at), v128.load(origin + at));
    sum = f64x2.add(sum, f64x2.mul(apart, v128.load(along + at)));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
