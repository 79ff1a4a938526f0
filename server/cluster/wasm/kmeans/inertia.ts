// AssemblyScript: how far rows are from their centres, all together.
import { int } from "../memory/numbers";
import { centres, labels, stride, weightAt } from "./layout";
import { rowDistance } from "./sums";

let inertiaSum: f64 = 0;

/** Adds the weighted squared distances of the rows `from` up to `to`, which are in their place, to their centres. */
export function addInertia(from: i32, to: i32): void {
  const width = (<usize>stride) << 3;
  let sum = inertiaSum;
  for (let row = from; row < to; row++) {
    const centre = centres + <usize>int(labels, row) * width;
    sum += rowDistance(row, row - from, centre) * weightAt(row);
  }
  inertiaSum = sum;
}

export function inertia(): f64 {
  return inertiaSum;
}
