import { squaredDistance } from "./centres.ts";
import type { Mover, MoverTask } from "./hamerly.ts";
import { eachPortion } from "./row-source.ts";

interface State {
  readonly points: Float64Array | Float32Array;
  readonly columns: number;
  readonly k: number;
  /** Null where every row counts once. */
  readonly weight: Float64Array | null;
  readonly centres: Float64Array;
  readonly sums: Float64Array;
  readonly nearest: Int32Array;
  /** By row: how far the centres may have come until it is to be looked at again. */
  readonly limit: Float32Array;
  /** By centre: weight of its rows, its rows, how far it and any other came to each other at most. */
  readonly weightOf: Float64Array;
  readonly count: Float64Array;
  readonly travelled: Float64Array;
}

/** The kernel's twin: the same sums in the same order, so that both give the same bytes. */
export function plainMover({ source, start, weight, bytes }: MoverTask): Mover {
  const { rows, columns } = source;
  const points = bytes === 8 ? new Float64Array(rows * columns) : new Float32Array(rows * columns);
  eachPortion(source, (portion, from) => points.set(portion, from * columns));
  const k = start.length / columns;
  const state: State = {
    ...{ points, columns, k, weight },
    centres: start.slice(),
    sums: new Float64Array(start.length),
    nearest: new Int32Array(rows).fill(-1),
    limit: new Float32Array(rows).fill(-Infinity),
    weightOf: new Float64Array(k),
    count: new Float64Array(k),
    travelled: new Float64Array(k),
  };
  let inertia = 0;
  return {
    assign: (from, to) => assign(state, from, to),
    move: () => move(state),
    addInertia(from, to) {
      for (let row = from; row < to; row++) {
        inertia += ownDistance(state, row) * (weight?.[row] ?? 1);
      }
    },
    inertia: () => inertia,
    nearest: () => state.nearest,
    centres: () => state.centres,
  };
}

function assign(state: State, from: number, to: number): number {
  const { points, centres, columns, nearest, limit, travelled, k } = state;
  let changed = 0;
  for (let row = from; row < to; row++) {
    const own = nearest[row] as number;
    if (own >= 0 && (limit[row] as number) > (travelled[own] as number)) continue;
    let first = 0;
    let least = Infinity;
    let next = Infinity;
    for (let centre = 0; centre < k; centre++) {
      const squared = squaredDistance(points, row, centres, centre, columns);
      if (squared < least) {
        next = least;
        least = squared;
        first = centre;
      } else if (squared < next) next = squared;
    }
    const far = Math.sqrt(next);
    // Less than it is by more than all rounding, so that what bounds settle is settled.
    const most = far - Math.sqrt(least) - far * 1e-6 + (travelled[first] as number);
    limit[row] = most - Math.abs(most) * 1e-6;
    if (first === own) continue;
    nearest[row] = first;
    if (own >= 0) add(state, row, own, -1);
    add(state, row, first, 1);
    changed++;
  }
  return changed;
}

/** Moves every centre to the mean of its rows, after one without rows was given the row farthest from its own. */
function move(state: State): void {
  const { centres, sums, columns, k, count, weightOf, travelled } = state;
  for (let c = 0; c < k; c++) if (count[c] === 0) takeFarthest(state, c);
  const moved = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    const squares = [0, 0];
    for (let j = 0, at = c * columns; j < columns; j++, at++) {
      const mean = (sums[at] as number) / (weightOf[c] as number);
      const difference = (centres[at] as number) - mean;
      squares[j & 1] = (squares[j & 1] as number) + difference * difference;
      centres[at] = mean;
    }
    moved[c] = Math.sqrt((squares[0] as number) + (squares[1] as number));
  }
  const [most = 0, second = 0] = moved.toSorted().reverse();
  const farthest = moved.indexOf(most);
  for (let c = 0; c < k; c++) {
    const way = (moved[c] as number) + (c === farthest ? second : most);
    travelled[c] = (travelled[c] as number) + way * (1 + 1e-12);
  }
}

/** Of rows that do not make up a cluster alone; of equally far ones the first. */
function takeFarthest(state: State, centre: number): void {
  const { nearest, limit, count, sums, weightOf, columns } = state;
  let farthest = -1;
  let most = -1;
  for (let row = 0; row < nearest.length; row++) {
    const own = nearest[row] as number;
    if ((count[own] as number) < 2) continue;
    const squared = ownDistance(state, row);
    if (squared <= most) continue;
    most = squared;
    farthest = row;
  }
  if (farthest < 0) return;
  const own = nearest[farthest] as number;
  nearest[farthest] = centre;
  limit[farthest] = -Infinity;
  sums.fill(0, centre * columns, (centre + 1) * columns);
  weightOf[centre] = 0;
  add(state, farthest, own, -1);
  add(state, farthest, centre, 1);
}

/** Puts a row's numbers to a centre's sums, `sign` times. */
function add(
  { points, sums, weight, weightOf, count, columns }: State,
  row: number,
  centre: number,
  sign: 1 | -1,
): void {
  const each = (weight?.[row] ?? 1) * sign;
  for (let c = 0, to = centre * columns, from = row * columns; c < columns; c++) {
    sums[to + c] = (sums[to + c] as number) + (points[from + c] as number) * each;
  }
  weightOf[centre] = (weightOf[centre] as number) + each;
  count[centre] = (count[centre] as number) + sign;
}

function ownDistance({ points, centres, nearest, columns }: State, row: number): number {
  return squaredDistance(points, row, centres, nearest[row] as number, columns);
}
