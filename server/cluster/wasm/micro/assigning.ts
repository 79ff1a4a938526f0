// AssemblyScript: gives rows their cell, and cells the mean of their rows.
import { double, int, setDouble, setInt } from "../memory/numbers";
import { cells, centres, labels, nearOf, offsetsOf, points, stride, sums, units, weights, width } from "./cells";
import { descend } from "./descending";

/** Gives the first `rows` rows the nearest of the cells near that which the tree, or their label, says. */
export function assign(rows: i32, byTree: bool): void {
  if (byTree) descend(rows);
  for (let row = 0; row < rows; row++) {
    const point = points + <usize>row * width;
    const start = int(labels, row);
    const best = int(nearOf(start), nearest(point, start));
    setInt(labels, row, best);
    const sum = sums + <usize>best * width;
    for (let c: usize = 0; c < width; c += 16) {
      v128.store(sum + c, f64x2.add(v128.load(sum + c), v128.load(point + c)));
    }
    setDouble(weights, best, double(weights, best) + 1);
  }
}

/** Farther from its cell, in the cell's units, a row is taken to be no farther, so that four bytes are enough. */
const FAR: f32 = 1e15;

/**
 * Which of the cells near `start` is nearest to a point, by its place. Squared distances to all are the same number more than
 * twice what is compared, |o|² / 2 − o · x of a cell's way o and the point's way x from the middle of `start`.
 */
function nearest(point: usize, start: i32): i32 {
  const middle = centres + <usize>start * width;
  const unit = f64x2.splat(double(units, start));
  let from = offsetsOf(start);
  let a = v128.load(from);
  let b = v128.load(from, 16);
  let c = v128.load(from, 32);
  let d = v128.load(from, 48);
  for (let at: usize = 0; at < width; at += 16) {
    const way = f64x2.mul(f64x2.sub(v128.load(point + at), v128.load(middle + at)), unit);
    const both = f32x4.max(f32x4.min(f32x4.demote_f64x2_zero(way), f32x4.splat(FAR)), f32x4.splat(-FAR));
    const x = v128.shuffle<f32>(both, both, 0, 0, 0, 0);
    const y = v128.shuffle<f32>(both, both, 1, 1, 1, 1);
    a = f32x4.sub(f32x4.sub(a, f32x4.mul(v128.load(from, 64), x)), f32x4.mul(v128.load(from, 128), y));
    b = f32x4.sub(f32x4.sub(b, f32x4.mul(v128.load(from, 80), x)), f32x4.mul(v128.load(from, 144), y));
    c = f32x4.sub(f32x4.sub(c, f32x4.mul(v128.load(from, 96), x)), f32x4.mul(v128.load(from, 160), y));
    d = f32x4.sub(f32x4.sub(d, f32x4.mul(v128.load(from, 112), x)), f32x4.mul(v128.load(from, 176), y));
    from += 128;
  }
  let least = f32x4.pmin(f32x4.pmin(a, b), f32x4.pmin(c, d));
  least = f32x4.pmin(least, v128.shuffle<f32>(least, least, 2, 3, 0, 1));
  least = f32x4.pmin(least, v128.shuffle<f32>(least, least, 1, 0, 3, 2));
  const low = i16x8.narrow_i32x4_s(f32x4.eq(a, least), f32x4.eq(b, least));
  const high = i16x8.narrow_i32x4_s(f32x4.eq(c, least), f32x4.eq(d, least));
  return ctz(i8x16.bitmask(i8x16.narrow_i16x8_s(low, high)));
}

/** Moves every cell to the mean of its rows; one without rows stays. */
export function move(): void {
  for (let cell = 0; cell < cells; cell++) {
    const weight = double(weights, cell);
    if (weight === 0) continue;
    for (let c = cell * stride; c < (cell + 1) * stride; c++) setDouble(centres, c, double(sums, c) / weight);
  }
}

/** Takes the rows away that cells were given. */
export function forget(): void {
  memory.fill(sums, 0, <usize>cells * width);
  memory.fill(weights, 0, (<usize>cells) << 3);
}
