import type { Cells, CellsTask } from "./micro.ts";
import { squares } from "./squares.ts";

/** Cells that a row can go to from its own, at most. */
const NEAR = 16;

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
  /** By cell: cells near it, the nearest first, with a quarter of the squared distance. */
  readonly near: Int32Array;
  readonly quarter: Float64Array;
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
    ...{ weight: new Float64Array(most), near: new Int32Array(most * NEAR), quarter: new Float64Array(most * NEAR) },
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
    assign(points, labels, from) {
      for (let row = 0; row < labels.length; row++) {
        const start = from === "tree" ? descend(state, points, row) : (labels[row] as number);
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

function findNear({ columns, centres, near, quarter, count }: State, cell: number): void {
  const kept = Math.min(NEAR, count - 1);
  const list = cell * NEAR;
  let found = 0;
  let worst = Infinity;
  for (let other = 0; other < count; other++) {
    if (other === cell) continue;
    const here = squares(centres, cell * columns, centres, other * columns, columns) / 4;
    if (found === kept && here >= worst) continue;
    let place = list + (found < kept ? found++ : kept - 1);
    for (; place > list && (quarter[place - 1] as number) > here; place--) {
      quarter[place] = quarter[place - 1] as number;
      near[place] = near[place - 1] as number;
    }
    quarter[place] = here;
    near[place] = other;
    worst = quarter[list + found - 1] as number;
  }
}

function assignRow(state: State, points: Float64Array, row: number, start: number): number {
  const { columns, centres, near, quarter, sums, weight, count } = state;
  const own = squares(points, row * columns, centres, start * columns, columns);
  let least = own;
  let best = start;
  for (let i = start * NEAR, end = i + Math.min(NEAR, count - 1); i < end; i++) {
    // A cell twice as far from the own as the row is can't be nearer.
    if ((quarter[i] as number) > own) break;
    const here = squares(points, row * columns, centres, (near[i] as number) * columns, columns);
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
