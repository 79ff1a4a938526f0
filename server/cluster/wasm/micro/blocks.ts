// AssemblyScript: blocks of cells that the tree has side by side. Most blocks are too far from a cell for any of theirs to be near it.
import { double, int, setDouble, setInt } from "../memory/numbers";
import { squaredDistance } from "../memory/squared-distance";
import { BLOCK, cells, centres, from, labels, middles, order, radii, stride, to, width } from "./cells";

/** What rounding may do to a distance at most, as a part of it; and what is lost where squares are too small for any number. */
const ROUNDED: f64 = 1e-9;
const LOST: f64 = 1e-150;

/** Orders the cells as the rows that are split lie: that is the order of the tree. No row has a label yet. */
export function orderCells(): void {
  let rows = 0;
  for (let cell = 0; cell < cells; cell++) rows = max(rows, int(to, cell));
  memory.fill(labels, 0, (<usize>rows) << 2);
  for (let cell = 0; cell < cells; cell++) setInt(labels, int(from, cell), cell + 1);
  let place = 0;
  for (let row = 0; row < rows; row++) {
    const cell = int(labels, row) - 1;
    if (cell >= 0) setInt(order, place++, cell);
  }
}

export function centreAt(place: i32): usize {
  return centres + <usize>int(order, place) * width;
}

/** Finds each block's mean and how far a cell is from it at most. */
export function measureBlocks(): void {
  for (let block = 0; block * BLOCK < cells; block++) {
    const first = block * BLOCK;
    const last = min(first + BLOCK, cells);
    const middle = middles + <usize>block * width;
    for (let c = 0; c < stride; c++) {
      let sum: f64 = 0;
      for (let place = first; place < last; place++) sum += double(centreAt(place), c) / <f64>(last - first);
      setDouble(middle, c, sum);
    }
    let most: f64 = 0;
    for (let place = first; place < last; place++) most = max(most, squaredDistance(centreAt(place), middle, width));
    setDouble(radii, block, sqrt<f64>(most));
  }
}

/** True where all cells of a block are farther from a centre than `squared`, the square of a distance. */
export function isBeyond(block: i32, centre: usize, squared: f64): bool {
  const way = sqrt<f64>(squaredDistance(centre, middles + <usize>block * width, width));
  return way * (1 - ROUNDED) - double(radii, block) * (1 + ROUNDED) - LOST > sqrt<f64>(squared) * (1 + ROUNDED);
}
