import { squaredDistance } from "./centres.ts";
import type { Pace } from "./pace.ts";
import type { Shape } from "./points.ts";

export interface Partition {
  /** Position of each row's centre. */
  readonly nearest: Int32Array;
  /** k × columns, row-major: the means of their rows. */
  readonly centres: Float64Array;
  /** Sum of squared distances to the own centre. */
  readonly inertia: number;
  /** How often the centres moved. */
  readonly iterations: number;
  /** False where the limit of iterations came before the last row stopped moving. */
  readonly converged: boolean;
}

/**
 * Lloyd's iterations from given centres with Hamerly's bounds (SDM 2010): one upper bound a row to its own centre and one
 * lower bound to all others settle most rows without a distance. Ends where a pass over every row moves nobody, so it is
 * a fixed point of Lloyd's. A centre that loses all its rows goes to the row farthest from its own. Ties: the earlier centre.
 */
export async function hamerly(
  points: Float64Array,
  shape: Shape,
  start: Float64Array,
  options: { readonly iterations: number; readonly pace: Pace },
): Promise<Partition> {
  const state = startState(points, shape, start);
  let iterations = 0;
  let converged = false;
  let everyRow = true;
  while (!converged && iterations < options.iterations) {
    const changed = await assign(state, everyRow, options.pace);
    if (changed === 0) {
      // The bounds carry rounding: the last word belongs to a pass without them.
      converged = everyRow;
      everyRow = true;
      continue;
    }
    iterations++;
    everyRow = moveCentres(state);
  }
  let inertia = 0;
  for (let row = 0; row < shape.rows; row++) inertia += ownDistance(state, row);
  return { nearest: state.nearest, centres: state.centres, inertia, iterations, converged };
}

interface State {
  readonly points: Float64Array;
  readonly shape: Shape;
  readonly k: number;
  readonly centres: Float64Array;
  readonly nearest: Int32Array;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  /** By centre: how far it moved last, and half the distance to the next one, within which no other can be nearer. */
  readonly moved: Float64Array;
  readonly half: Float64Array;
}

function startState(points: Float64Array, shape: Shape, start: Float64Array): State {
  const k = start.length / shape.columns;
  return {
    points,
    shape,
    k,
    centres: start.slice(),
    nearest: new Int32Array(shape.rows).fill(-1),
    upper: new Float64Array(shape.rows),
    lower: new Float64Array(shape.rows),
    moved: new Float64Array(k),
    half: new Float64Array(k),
  };
}

/** Gives each row its nearest centre, or only those that the bounds do not settle; tells how many changed. */
async function assign(state: State, everyRow: boolean, pace: Pace): Promise<number> {
  const { nearest, upper, lower, moved, half, points, centres, k } = state;
  const { rows, columns } = state.shape;
  fitHalves(state);
  const { largest, of, second } = largestMoves(moved);
  let changed = 0;
  for (let row = 0; row < rows; row++) {
    if ((row & 1023) === 0 && pace.due()) await pace.rest(0);
    const own = nearest[row] as number;
    if (!everyRow) {
      let high = (upper[row] as number) + (moved[own] as number);
      const low = (lower[row] as number) - (own === of ? second : largest);
      const safe = Math.max(half[own] as number, low);
      if (high >= safe) high = Math.sqrt(ownDistance(state, row));
      upper[row] = high;
      lower[row] = low;
      if (high < safe) continue;
    }
    let first = -1;
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
    upper[row] = Math.sqrt(least);
    lower[row] = Math.sqrt(next);
    if (first === own) continue;
    nearest[row] = first;
    changed++;
  }
  return changed;
}

/** Moves every centre to the mean of its rows; true where one had none and was placed anew. */
function moveCentres(state: State): boolean {
  const { points, centres, nearest, moved, k } = state;
  const { rows, columns } = state.shape;
  const means = new Float64Array(k * columns);
  const size = new Float64Array(k);
  for (let row = 0; row < rows; row++) {
    const centre = nearest[row] as number;
    size[centre] = (size[centre] as number) + 1;
    for (let c = 0, to = centre * columns, from = row * columns; c < columns; c++) {
      means[to + c] = (means[to + c] as number) + (points[from + c] as number);
    }
  }
  let placedAnew = false;
  for (let centre = 0; centre < k; centre++) {
    const at = centre * columns;
    if (size[centre] === 0) {
      const farthest = farthestRow(state, size);
      size[nearest[farthest] as number] = (size[nearest[farthest] as number] as number) - 1;
      means.set(points.subarray(farthest * columns, (farthest + 1) * columns), at);
      nearest[farthest] = centre;
      placedAnew = true;
    } else {
      for (let c = at; c < at + columns; c++) means[c] = (means[c] as number) / (size[centre] as number);
    }
    moved[centre] = Math.sqrt(squaredDistance(centres, centre, means, centre, columns));
  }
  centres.set(means);
  return placedAnew;
}

/** The row farthest from its centre, of those that do not make up a cluster alone. */
function farthestRow(state: State, size: Float64Array): number {
  let farthest = 0;
  let most = -1;
  for (let row = 0; row < state.shape.rows; row++) {
    const squared = ownDistance(state, row);
    if (squared <= most || (size[state.nearest[row] as number] as number) < 2) continue;
    most = squared;
    farthest = row;
  }
  return farthest;
}

function ownDistance({ points, centres, nearest, shape }: State, row: number): number {
  return squaredDistance(points, row, centres, nearest[row] as number, shape.columns);
}

function fitHalves({ centres, half, k, shape }: State): void {
  for (let one = 0; one < k; one++) {
    let least = Infinity;
    for (let other = 0; other < k; other++) {
      if (other !== one) least = Math.min(least, squaredDistance(centres, one, centres, other, shape.columns));
    }
    half[one] = Math.sqrt(least) / 2;
  }
}

/** The largest and second largest move, and whose the largest was. */
function largestMoves(moved: Float64Array): { largest: number; of: number; second: number } {
  const of = moved.indexOf(moved.reduce((most, value) => Math.max(most, value), 0));
  const second = moved.reduce((most, value, centre) => (centre === of ? most : Math.max(most, value)), 0);
  return { largest: moved[of] ?? 0, of, second };
}
