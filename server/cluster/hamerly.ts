import { kernelMover } from "./kmeans-kernel.ts";
import { plainMover } from "./kmeans-plain.ts";
import type { Pace } from "./pace.ts";
import { PORTION, type RowSource } from "./row-source.ts";

export interface Partition {
  /** Position of each row's centre. */
  readonly nearest: Int32Array;
  /** k × columns, row-major: the means of their rows. */
  readonly centres: Float64Array;
  /** Sum of squared distances to the own centre, each times its row's weight. */
  readonly inertia: number;
  /** How often the centres moved. */
  readonly iterations: number;
  /** False where the limit of iterations came before the last row stopped moving. */
  readonly converged: boolean;
}

export interface HamerlyOptions {
  readonly iterations: number;
  readonly pace: Pace;
  /** By row, above 0; absent where every row counts once. */
  readonly weight?: Float64Array;
}

/** Numbers above which a row's are those of four bytes, 7 digits, instead of eight, so that rows are read but once. */
const WIDE = 2 ** 25;

/** What the iterations are made of; portions are asked for in order. */
export interface Mover {
  /** Gives the rows `from` up to `to` their nearest centre; gives how many changed. */
  assign(from: number, to: number): number;
  move(): void;
  addInertia(from: number, to: number): void;
  inertia(): number;
  nearest(): Int32Array;
  centres(): Float64Array;
}

export interface MoverTask {
  readonly source: RowSource;
  readonly start: Float64Array;
  readonly weight: Float64Array | null;
  /** Of a row's number as it is kept. */
  readonly bytes: 4 | 8;
  /** Rows of eight-byte numbers: kept, or read again where a row changes, which is quicker where few do. */
  readonly full: "kept" | "lent";
}

/** How rows settled, and what they settled with. */
interface Settled {
  readonly mover: Mover;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Lloyd's iterations from given centres, k × columns, row-major, to the same fixed point, with Hamerly's bounds (SDM 2010) in
 * one number a row: how far the centres may come, together, until another may be nearer. It is never more than that, so that
 * a row is always with its nearest centre. A centre that loses all its rows goes to the row farthest from its own.
 * Ties: the earlier centre. `Pace` is told by how many digits fewer rows still change than there are: nobody knows how
 * many iterations are to come. Rejects with the signal's reason when cancelled.
 */
export async function hamerly(source: RowSource, start: Float64Array, options: HamerlyOptions): Promise<Partition> {
  const { mover, iterations, converged } = await settle(source, start, options, "kept");
  await eachPortionOf(source.rows, options.pace, 1, (from, to) => mover.addInertia(from, to));
  const centres = mover.centres();
  return { nearest: mover.nearest(), centres, inertia: mover.inertia(), iterations, converged };
}

/** The position of each row's centre alone, as `hamerly` finds it: less memory and time where the start is a good one. */
export async function hamerlyNearest(
  source: RowSource,
  start: Float64Array,
  options: HamerlyOptions,
): Promise<Int32Array> {
  const { mover } = await settle(source, start, options, "lent");
  return mover.nearest();
}

async function settle(
  source: RowSource,
  start: Float64Array,
  options: HamerlyOptions,
  full: MoverTask["full"],
): Promise<Settled> {
  const { pace, weight = null } = options;
  const { rows, columns } = source;
  const task: MoverTask = { source, start, weight, full, bytes: rows * columns > WIDE ? 4 : 8 };
  const mover = (pace.kernels && kernelMover(task, pace.kernels)) ?? plainMover(task);
  let settled = 0;
  let iterations = 0;
  let converged = false;
  while (!converged && iterations < options.iterations) {
    let changed = 0;
    await eachPortionOf(rows, pace, settled, (from, to) => {
      changed += mover.assign(from, to);
    });
    converged = changed === 0;
    settled = Math.max(settled, 1 - Math.log1p(changed) / Math.log1p(rows));
    if (converged) break;
    mover.move();
    iterations++;
  }
  return { mover, iterations, converged };
}

async function eachPortionOf(
  rows: number,
  pace: Pace,
  done: number,
  take: (from: number, to: number) => void,
): Promise<void> {
  for (let from = 0; from < rows; from += PORTION) {
    take(from, Math.min(from + PORTION, rows));
    if (pace.due()) await pace.rest(done);
  }
}
