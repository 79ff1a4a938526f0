// AssemblyScript: gives rows their cell, and cells the mean of their rows.
import { double, int, setDouble, setInt } from "../memory/numbers";
import { squaredDistance } from "../memory/squared-distance";
import { cells, centres, labels, NEAR, nearOf, points, quartersOf, stride, sums, weights, width } from "./cells";
import { descend } from "./splitting";

/** Gives the first `rows` rows the nearest of the cells near that which the tree, or their label, says. */
export function assign(rows: i32, byTree: bool): void {
  const kept = min(NEAR, cells - 1);
  for (let row = 0; row < rows; row++) {
    const point = points + <usize>row * width;
    const start = byTree ? descend(point) : int(labels, row);
    const ids = nearOf(start);
    const distances = quartersOf(start);
    const own = squaredDistance(point, centres + <usize>start * width, width);
    let least = own;
    let best = start;
    for (let i = 0; i < kept; i++) {
      // A cell twice as far from the own as the row is can't be nearer.
      if (double(distances, i) > own) break;
      const other = int(ids, i);
      const here = squaredDistance(point, centres + <usize>other * width, width);
      if (here >= least) continue;
      least = here;
      best = other;
    }
    setInt(labels, row, best);
    const sum = sums + <usize>best * width;
    for (let c: usize = 0; c < width; c += 16) {
      v128.store(sum + c, f64x2.add(v128.load(sum + c), v128.load(point + c)));
    }
    setDouble(weights, best, double(weights, best) + 1);
  }
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
