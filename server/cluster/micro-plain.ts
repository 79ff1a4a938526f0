import type { Cells, CellsTask } from "./micro.ts";
import { squares } from "./squares.ts";

/** Cells that a row can go to, at most: that which it comes from and those next to it. */
const NEAR = 16;
/** Farther from its cell, in the cell's units, a row is taken to be no farther, so that four bytes are enough. */
const FAR = Math.fround(1e15);

interface State {
  readonly columns: number;
  readonly most: number;
  readonly points: Float64Array;
  /** By cell: its rows, sum of squares about its mean, the column with the most of it, and where the tree has it. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly squares: Float64Array;
  readonly widest: Int32Array;
  readonly parent: Int32Array;
  /** By split: column, border, and what is below and above it: a split, or −1 less a cell. */
  readonly column: Int32Array;
  readonly border: Float64Array;
  readonly child: Int32Array;
  readonly centres: Float64Array;
  readonly sums: Float64Array;
  readonly weight: Float64Array;
  /** By cell: itself and the cells near it, the nearest first; the ways there by column, in units of the longest, and half of their squared lengths. */
  readonly near: Int32Array;
  readonly offsets: Float32Array;
  readonly halves: Float32Array;
  readonly units: Float64Array;
  count: number;
}

/** The kernel's twin: the same sums in the same order, so that both give the same bytes. */
export function plainCells({ sample, columns, most }: CellsTask): Cells {
  const state: State = {
    ...{ columns, most, points: sample.slice(), count: 1 },
    ...{ from: new Int32Array(most), to: new Int32Array(most), squares: new Float64Array(most) },
    ...{ widest: new Int32Array(most), parent: new Int32Array(most).fill(-1) },
    ...{ column: new Int32Array(most), border: new Float64Array(most), child: new Int32Array(2 * most) },
    ...{ centres: new Float64Array(most * columns), sums: new Float64Array(most * columns) },
    ...{ weight: new Float64Array(most), near: new Int32Array(most * NEAR), units: new Float64Array(most) },
    ...{ offsets: new Float32Array(most * NEAR * columns), halves: new Float32Array(most * NEAR) },
  };
  state.to[0] = sample.length / columns;
  describe(state, 0);
  return {
    split(steps) {
      for (let step = 0; step < steps; step++) if (!splitLargest(state)) return false;
      return true;
    },
    count: () => state.count,
    findNear(first, last) {
      for (let cell = first; cell < last; cell++) findNear(state, cell);
    },
    layOffsets() {
      for (let cell = 0; cell < state.count; cell++) layOffsets(state, cell);
    },
    assign({ source, from, to }, labels, by) {
      const points = new Float64Array((to - from) * columns);
      source.read(from, to, points);
      for (let row = 0; row < labels.length; row++) {
        const start = by === "tree" ? descend(state, points, row) : (labels[row] as number);
        labels[row] = assignRow(state, points, row, start);
      }
    },
    move() {
      state.sums.forEach((sum, at) => {
        const weight = state.weight[Math.floor(at / columns)] as number;
        if (weight > 0) state.centres[at] = sum / weight;
      });
    },
    forget() {
      state.sums.fill(0);
      state.weight.fill(0);
    },
    weight: () => state.weight.slice(0, state.count),
    centres: () => state.centres.slice(0, state.count * columns),
  };
}

function splitLargest(state: State): boolean {
  const { points, columns, from, to, squares, centres, child, parent } = state;
  if (state.count === state.most) return false;
  let cell = -1;
  let sum = 0;
  for (let one = 0; one < state.count; one++) {
    if ((squares[one] as number) <= sum) continue;
    sum = squares[one] as number;
    cell = one;
  }
  if (cell < 0) return false;
  const by = state.widest[cell] as number;
  const middle = centres[cell * columns + by] as number;
  let low = from[cell] as number;
  let high = (to[cell] as number) - 1;
  while (low <= high) {
    if ((points[low * columns + by] as number) <= middle) low++;
    else swap(points, columns, low, high--);
  }
  // Rounding can leave all on one side.
  if (low === from[cell] || low === to[cell]) {
    squares[cell] = 0;
    return true;
  }
  const split = state.count - 1;
  const next = state.count++;
  state.column[split] = by;
  state.border[split] = middle;
  child[2 * split] = ~cell;
  child[2 * split + 1] = ~next;
  if ((parent[cell] as number) >= 0) child[parent[cell] as number] = split;
  parent[cell] = 2 * split;
  parent[next] = 2 * split + 1;
  from[next] = low;
  to[next] = to[cell] as number;
  to[cell] = low;
  describe(state, cell);
  describe(state, next);
  return true;
}

/** Mean and sum of squares of a cell, from the differences to its first row, so that numbers far from 0 lose nothing. */
function describe(state: State, cell: number): void {
  const { points, columns, centres, widest, squares } = state;
  const first = state.from[cell] as number;
  const last = state.to[cell] as number;
  let total = 0;
  let largest = -1;
  for (let c = 0; c < columns; c++) {
    const origin = points[first * columns + c] as number;
    let sum = 0;
    let sumOfSquares = 0;
    for (let row = first; row < last; row++) {
      const apart = (points[row * columns + c] as number) - origin;
      sum += apart;
      sumOfSquares += apart * apart;
    }
    const square = sumOfSquares - (sum * sum) / (last - first);
    total += Math.max(square, 0);
    if (square > largest) {
      largest = square;
      widest[cell] = c;
    }
    centres[cell * columns + c] = origin + sum / (last - first);
  }
  squares[cell] = total;
}

function findNear({ columns, centres, near, count }: State, cell: number): void {
  const kept = Math.min(NEAR, count) - 1;
  const list = cell * NEAR;
  near[list] = cell;
  const distances: number[] = [];
  for (let other = 0; other < count; other++) {
    if (other === cell) continue;
    const here = squares(centres, cell * columns, centres, other * columns, columns);
    if (distances.length === kept && here >= (distances[kept - 1] as number)) continue;
    let place = Math.min(distances.length, kept - 1);
    for (; place > 0 && (distances[place - 1] as number) > here; place--) {
      distances[place] = distances[place - 1] as number;
      near[list + 1 + place] = near[list + place] as number;
    }
    distances[place] = here;
    near[list + 1 + place] = other;
  }
}

/** Lays the ways to the cells near one; half a squared length is infinite where there is no such cell. */
function layOffsets(state: State, cell: number): void {
  const { columns, centres, near, offsets, halves, units, count } = state;
  const list = cell * NEAR;
  const kept = Math.min(NEAR, count);
  let longest = 0;
  for (let i = 1; i < kept; i++) {
    const other = near[list + i] as number;
    longest = Math.max(longest, squares(centres, cell * columns, centres, other * columns, columns));
  }
  const unit = longest > 0 ? 1 / Math.sqrt(longest) : 1;
  units[cell] = unit;
  halves.fill(Infinity, list, list + NEAR);
  for (let i = 0; i < kept; i++) {
    let sum = 0;
    for (let c = 0, to = (list + i) * columns; c < columns; c++, to++) {
      const there = centres[(near[list + i] as number) * columns + c] as number;
      offsets[to] = (there - (centres[cell * columns + c] as number)) * unit;
      sum += (offsets[to] as number) ** 2;
    }
    halves[list + i] = sum / 2;
  }
}

/**
 * Squared distances to all cells near `start` are the same number more than twice what is compared, |o|² / 2 − o · x of a
 * cell's way o and the row's way x from the middle of `start`.
 */
function assignRow(state: State, points: Float64Array, row: number, start: number): number {
  const { columns, centres, near, offsets, halves, units, sums, weight, count } = state;
  const way = new Float32Array(columns);
  for (let c = 0; c < columns; c++) {
    const apart = (points[row * columns + c] as number) - (centres[start * columns + c] as number);
    way[c] = Math.max(Math.min(apart * (units[start] as number), FAR), -FAR);
  }
  let least = Infinity;
  let best = start;
  for (let i = start * NEAR, end = i + Math.min(NEAR, count); i < end; i++) {
    let here = halves[i] as number;
    for (let c = 0; c < columns; c++) {
      here = Math.fround(here - Math.fround((offsets[i * columns + c] as number) * (way[c] as number)));
    }
    if (here >= least) continue;
    least = here;
    best = near[i] as number;
  }
  for (let c = 0, to = best * columns, from = row * columns; c < columns; c++) {
    sums[to + c] = (sums[to + c] as number) + (points[from + c] as number);
  }
  weight[best] = (weight[best] as number) + 1;
  return best;
}

function descend({ child, column, border, columns, count }: State, points: Float64Array, row: number): number {
  if (count === 1) return 0;
  let node = 0;
  while (node >= 0) {
    const above = (points[row * columns + (column[node] as number)] as number) > (border[node] as number);
    node = child[2 * node + (above ? 1 : 0)] as number;
  }
  return ~node;
}

function swap(points: Float64Array, columns: number, one: number, other: number): void {
  for (let a = one * columns, b = other * columns, end = a + columns; a < end; a++, b++) {
    const kept = points[a] as number;
    points[a] = points[b] as number;
    points[b] = kept;
  }
}
