// AssemblyScript: how the distances of a joined cluster follow from those of its parts (Lance and Williams 1967).
import { quads } from "./slots";
import { one, two } from "./tiles";

/** Whether linkage is complete, by the largest distance, or average. */
export let complete: bool = false;

export function linkBy(largest: bool): void {
  complete = largest;
}

/** Makes of two clusters' distances those of both, in place of the first's. */
export function combine(sizeOne: f64, sizeTwo: f64): void {
  if (complete) combineLargest();
  else combineMean(sizeOne, sizeTwo);
}

function combineMean(sizeOne: f64, sizeTwo: f64): void {
  const a = f64x2.splat(sizeOne);
  const b = f64x2.splat(sizeTwo);
  const both = f64x2.splat(sizeOne + sizeTwo);
  const bytes = (<usize>quads) << 5;
  for (let at: usize = 0; at < bytes; at += 16) {
    const sum = f64x2.add(f64x2.mul(v128.load(one + at), a), f64x2.mul(v128.load(two + at), b));
    v128.store(one + at, f64x2.div(sum, both));
  }
}

function combineLargest(): void {
  const bytes = (<usize>quads) << 5;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(one + at, f64x2.max(v128.load(one + at), v128.load(two + at)));
  }
}
