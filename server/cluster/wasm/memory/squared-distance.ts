// AssemblyScript: distances of two rows of doubles that are filled up with zeros to an even number.

/** Sum of squares of the columns' differences: of every second column, then of the others. */
export function squaredDistance(x: usize, y: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const apart = f64x2.sub(v128.load(x + at), v128.load(y + at));
    sum = f64x2.add(sum, f64x2.mul(apart, apart));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
