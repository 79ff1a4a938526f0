import { distinctRows } from "./distinct.ts";
import { kernelCells } from "./micro-kernel.ts";
import { plainCells } from "./micro-plain.ts";
import type { Pace } from "./pace.ts";
import { seededRandom, spreadRows, takeRows } from "./random.ts";
import { allRows, matrixSource, PORTION, pickRows, type RowSource } from "./row-source.ts";

/** Small groups of near rows that stand for them in a hierarchy. */
export interface MicroClusters {
  /** Cells × columns, row-major: the means of their rows. */
  readonly centres: Float64Array;
  /** By cell: its rows, one at least. */
  readonly weight: Float64Array;
  /** By row: its cell. */
  readonly cellOf: Int32Array;
}

export interface MicroOptions {
  readonly seed: number;
  readonly pace: Pace;
  /** Cells at most; 5,000 unless told. */
  readonly cells?: number;
}

/** Rows that are split, and by which cells are refined first. */
const SPLIT_ROWS = 100_000;
const CELLS = 5000;

/** What cells are made with, in a kernel or without. */
export interface Cells {
  /** Splits up to `steps` times; false where there is nothing left to split. */
  split(steps: number): boolean;
  count(): number;
  findNear(first: number, last: number): void;
  /** Takes the cells' middles as they are now, before rows are given to them. */
  layOffsets(): void;
  /** Gives the rows `from` up to `to` the nearest of the cells near that which the tree of splits, or their label, says. */
  assign(rows: PortionOf, labels: Int32Array, start: "tree" | "label"): void;
  move(): void;
  /** Forgets which rows were given. */
  forget(): void;
  weight(): Float64Array;
  centres(): Float64Array;
}

/** The rows `from` up to `to` of a source, `CellsTask.portion` at most. */
export interface PortionOf {
  readonly source: RowSource;
  readonly from: number;
  readonly to: number;
}

export interface CellsTask {
  readonly sample: Float64Array;
  readonly columns: number;
  readonly most: number;
  /** Rows that are given at once, at most. */
  readonly portion: number;
}

/**
 * Micro-clusters: the cell with the largest sum of squares is split at its mean, across the column with the most of it, until
 * there are 5,000 or every cell has rows of one kind, on 100,000 seeded rows where there are more; then, two times, first
 * these and then all, rows go to the nearest of their cell and the 15 next to it, and the cells to their means. Rows are finite.
 * Of no more rows than cells the equal ones are a cell. Nearest is by numbers of seven digits, from the middle of the row's
 * cell; ties: the cell itself, then the nearer to it, then the smaller. `Pace` is told how much is done, from 0 to 1.
 * Rejects with the signal's reason when cancelled.
 */
export async function microClusters(source: RowSource, options: MicroOptions): Promise<MicroClusters> {
  const { pace, seed, cells: most = CELLS } = options;
  const { rows, columns } = source;
  if (rows <= most) return cellsOfEqualRows(source);
  const sample = pickRows(source, spreadRows(rows, SPLIT_ROWS, seededRandom(seed, "rows that are split")));
  const task: CellsTask = { sample, columns, most, portion: Math.min(PORTION, rows) };
  const cells = (pace.kernels && kernelCells(task, pace.kernels)) ?? plainCells(task);
  while (cells.split(64)) if (pace.due()) await pace.rest((0.3 * cells.count()) / task.most);
  // Cells hardly move from where they were split: those near each other stay so.
  for (let first = 0; first < cells.count(); first += 128) {
    cells.findNear(first, Math.min(first + 128, cells.count()));
    if (pace.due()) await pace.rest(0.3 + (0.1 * first) / cells.count());
  }
  const cellOf = new Int32Array(rows);
  const split = matrixSource(sample, { rows: sample.length / columns, columns });
  for (const [pass, given] of [split, source].entries()) {
    const done = 0.4 + 0.3 * pass;
    cells.layOffsets();
    cells.forget();
    // What the first pass gave is of use to the second where the rows are the same.
    const start = pass === 1 && split.rows === rows ? "label" : "tree";
    for (let from = 0; from < given.rows; from += PORTION) {
      const to = Math.min(from + PORTION, given.rows);
      cells.assign({ source: given, from, to }, cellOf.subarray(from, to), start);
      if (pace.due()) await pace.rest(done + (0.3 * to) / given.rows);
    }
    cells.move();
  }
  return withRows(cells, cellOf, columns);
}

/** A cell for every kind of row. */
function cellsOfEqualRows(source: RowSource): MicroClusters {
  const { rows, columns } = source;
  const points = allRows(source);
  const { first, weight, pointOf } = distinctRows(points, rows, columns);
  return { centres: takeRows(points, columns, first), weight, cellOf: pointOf };
}

/** Leaves out the cells that have lost all their rows. */
function withRows(cells: Cells, cellOf: Int32Array, columns: number): MicroClusters {
  const all = cells.weight();
  const means = cells.centres();
  const kept = Int32Array.from(all.keys()).filter((cell) => (all[cell] as number) > 0);
  const place = new Int32Array(all.length);
  const centres = new Float64Array(kept.length * columns);
  kept.forEach((cell, at) => {
    place[cell] = at;
    centres.set(means.subarray(cell * columns, (cell + 1) * columns), at * columns);
  });
  for (let row = 0; row < cellOf.length; row++) cellOf[row] = place[cellOf[row] as number] as number;
  return { centres, weight: Float64Array.from(kept, (cell) => all[cell] as number), cellOf };
}
