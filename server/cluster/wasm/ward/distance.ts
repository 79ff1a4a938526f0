// AssemblyScript: Ward's distance of two clusters.
import { centreOf, points, stride } from "../clusters/live";
import { double, setDouble } from "../memory/numbers";

/** By cluster: 1/n. */
let inverse: usize = 0;

export function layInverses(): void {
  inverse = heap.alloc((<usize>points) << 3);
}

export function inverses(): usize {
  return inverse;
}
export function inverseOf(id: i32): f64 {
  return double(inverse, id);
}
export function setInverse(id: i32, value: f64): void {
  setDouble(inverse, id, value);
}

/** ‖x − y‖² / (1/nₓ + 1/n_y), summed in the twin's order. */
export function wardDistance(a: i32, b: i32): f64 {
  const x = centreOf(a);
  const y = centreOf(b);
  const end = (<usize>stride) << 3;
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let at: usize = 0; at < end; at += 32) {
    const first = f64x2.sub(v128.load(x + at), v128.load(y + at));
    const second = f64x2.sub(v128.load(x + at, 16), v128.load(y + at, 16));
    even = f64x2.add(even, f64x2.mul(first, first));
    odd = f64x2.add(odd, f64x2.mul(second, second));
  }
  const sums = f64x2.add(even, odd);
  return (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)) / (inverseOf(a) + inverseOf(b));
}
