import type { Fault } from "./outcome.ts";
import { checkPoints, type Shape } from "./points.ts";

/** Rows that are read when they are needed, so that a large matrix need not lie in memory twice. */
export interface RowSource extends Shape {
  /** Puts the rows `from` up to `to`, row-major, at the beginning of `target`. */
  read(from: number, to: number, target: Float64Array): void;
  /** The same rows where they lie, not to be changed; absent where they don't lie in memory. */
  view?(from: number, to: number): Float64Array;
}

/** Rows that are read at once. */
export const PORTION = 8192;

/** A matrix in memory, rows × columns, row-major, as a source of its rows. */
export function matrixSource(points: Float64Array, { rows, columns }: Shape): RowSource {
  const view = (from: number, to: number) => points.subarray(from * columns, to * columns);
  return { rows, columns, view, read: (from, to, target) => target.set(view(from, to)) };
}

/** Calls `take` with every portion of the rows, in order; `portion` is not to be changed, and is overwritten by the next. */
export function eachPortion(source: RowSource, take: (portion: Float64Array, from: number, to: number) => void): void {
  const { rows, columns } = source;
  const buffer = new Float64Array(source.view === undefined ? Math.min(PORTION, rows) * columns : 0);
  for (let from = 0; from < rows; from += PORTION) {
    const to = Math.min(from + PORTION, rows);
    const lying = source.view?.(from, to);
    if (lying === undefined) source.read(from, to, buffer);
    take(lying ?? buffer.subarray(0, (to - from) * columns), from, to);
  }
}

/** What makes the rows unfit for distances, as `checkPoints` says it. */
export function checkRows(source: RowSource): Fault | null {
  let unfit: Fault | null = source.rows === 0 ? checkPoints(new Float64Array(), source) : null;
  eachPortion(source, (portion, from, to) => {
    unfit ??= checkPoints(portion, { rows: to - from, columns: source.columns }, from);
  });
  return unfit;
}

/** All rows as a matrix. */
export function allRows(source: RowSource): Float64Array {
  const points = new Float64Array(source.rows * source.columns);
  source.read(0, source.rows, points);
  return points;
}

/** The given rows, ascending, as a matrix. */
export function pickRows(source: RowSource, picked: Int32Array): Float64Array {
  const { columns } = source;
  const taken = new Float64Array(picked.length * columns);
  let next = 0;
  eachPortion(source, (portion, from, to) => {
    for (; next < picked.length && (picked[next] as number) < to; next++) {
      const at = ((picked[next] as number) - from) * columns;
      for (let c = 0; c < columns; c++) taken[next * columns + c] = portion[at + c] as number;
    }
  });
  return taken;
}
