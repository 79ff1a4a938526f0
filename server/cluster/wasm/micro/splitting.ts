// AssemblyScript: rows are split into cells, the one with the largest sum of squares first, and a tree tells which they are in.
import { double, int, setDouble, setInt } from "../memory/numbers";
import {
  addCell,
  beginCells,
  cells,
  centres,
  childAt,
  from,
  moments,
  most,
  parent,
  points,
  setSplit,
  squares,
  stride,
  to,
  widest,
  width,
} from "./cells";

/** Puts the first `rows` rows into one cell. */
export function begin(rows: i32): void {
  beginCells();
  setInt(from, 0, 0);
  setInt(to, 0, rows);
  setInt(parent, 0, -1);
  describe(0);
}

/** Splits up to `steps` times; false where nothing is left to split. */
export function split(steps: i32): bool {
  for (let step = 0; step < steps; step++) {
    if (cells === most) return false;
    let largest = -1;
    let sum: f64 = 0;
    for (let cell = 0; cell < cells; cell++) {
      if (double(squares, cell) <= sum) continue;
      sum = double(squares, cell);
      largest = cell;
    }
    if (largest < 0) return false;
    splitCell(largest);
  }
  return true;
}

function splitCell(cell: i32): void {
  const by = int(widest, cell);
  const middle = double(centres, cell * stride + by);
  let low = int(from, cell);
  let high = int(to, cell) - 1;
  while (low <= high) {
    if (double(points, low * stride + by) <= middle) low++;
    else swap(low, high--);
  }
  // Rounding can leave all on one side.
  if (low === int(from, cell) || low === int(to, cell)) {
    setDouble(squares, cell, 0);
    return;
  }
  const made = cells - 1;
  const next = addCell();
  setSplit(made, by, middle);
  store<i32>(childAt(made, 0), ~cell);
  store<i32>(childAt(made, 1), ~next);
  const above = int(parent, cell);
  if (above >= 0) store<i32>(childAt(above >> 1, above & 1), made);
  setInt(parent, cell, 2 * made);
  setInt(parent, next, 2 * made + 1);
  setInt(from, next, low);
  setInt(to, next, int(to, cell));
  setInt(to, cell, low);
  describe(cell);
  describe(next);
}

/** Mean and sum of squares of a cell, from the differences to its first row, so that numbers far from 0 lose nothing. */
function describe(cell: i32): void {
  const origin = points + <usize>int(from, cell) * width;
  const end = points + <usize>int(to, cell) * width;
  const rows = <f64>(int(to, cell) - int(from, cell));
  const mean = centres + <usize>cell * width;
  memory.fill(moments, 0, 2 * width);
  for (let row = origin; row < end; row += width) {
    for (let c: usize = 0; c < width; c += 16) {
      const apart = f64x2.sub(v128.load(row + c), v128.load(origin + c));
      const place = moments + c;
      v128.store(place, f64x2.add(v128.load(place), apart));
      v128.store(place + width, f64x2.add(v128.load(place + width), f64x2.mul(apart, apart)));
    }
  }
  let total: f64 = 0;
  let largest: f64 = -1;
  for (let c = 0; c < stride; c++) {
    const sum = double(moments, c);
    const square = double(moments, c + stride) - (sum * sum) / rows;
    total += max(square, 0);
    if (square > largest) {
      largest = square;
      setInt(widest, cell, c);
    }
    setDouble(mean, c, double(origin, c) + sum / rows);
  }
  setDouble(squares, cell, total);
}

function swap(one: i32, other: i32): void {
  const a = points + <usize>one * width;
  const b = points + <usize>other * width;
  for (let c: usize = 0; c < width; c += 16) {
    const kept = v128.load(a + c);
    v128.store(a + c, v128.load(b + c));
    v128.store(b + c, kept);
  }
}
