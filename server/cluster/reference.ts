import { ascendingOrder } from "./height-order.ts";
import { normalQuantile } from "./normal-quantile.ts";
import type { Shape } from "./points.ts";
import { type Random, shuffle } from "./random.ts";

/**
 * Points without clusters that look like the given ones column by column: every column's values in a random order.
 */
export function shuffledColumns(points: Float64Array, { rows, columns }: Shape, random: Random): Float64Array {
  const shuffled = new Float64Array(points.length);
  for (let c = 0; c < columns; c++) {
    const values = Float64Array.from({ length: rows }, (_, row) => points[row * columns + c] as number);
    shuffle(values, random);
    values.forEach((value, row) => {
      shuffled[row * columns + c] = value;
    });
  }
  return shuffled;
}

/**
 * The same, but with the columns' rank correlations kept: each column's values in the order of a column of correlated
 * normal numbers (Iman and Conover 1982). One long cloud of columns that go together has no advantage over it.
 */
export function longCloud(points: Float64Array, shape: Shape, random: Random): Float64Array {
  return correlatedShuffle(points, shape, () => gaussian(random));
}

/** As `longCloud`, out of uniform numbers: a bar as dense at its ends as in the middle. */
export function longBar(points: Float64Array, shape: Shape, random: Random): Float64Array {
  return correlatedShuffle(points, shape, () => random.next() - 0.5);
}

function correlatedShuffle(points: Float64Array, shape: Shape, draw: () => number): Float64Array {
  const { rows, columns } = shape;
  const { sorted, factor } = correlatedOf(points, shape);
  const drawn = Array.from({ length: columns }, () => Float64Array.from({ length: rows }, draw));
  const shuffled = new Float64Array(points.length);
  for (let c = 0; c < columns; c++) {
    const mixed = Float64Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let other = 0; other <= c; other++) sum += (factor[c]?.[other] ?? 0) * (drawn[other]?.[row] ?? 0);
      return sum;
    });
    const values = sorted[c] as Float64Array;
    ascendingOrder(mixed).forEach((row, rank) => {
      shuffled[row * columns + c] = values[rank] as number;
    });
  }
  return shuffled;
}

/** Of points, each column in ascending order, and what makes independent columns go together as theirs do. */
interface Correlated {
  readonly sorted: readonly Float64Array[];
  readonly factor: readonly (readonly number[])[];
}

/** Many references are made of the same points. */
const known = new WeakMap<Float64Array, Correlated>();

function correlatedOf(points: Float64Array, { rows, columns }: Shape): Correlated {
  const before = known.get(points);
  if (before !== undefined) return before;
  const values = Array.from({ length: columns }, (_, c) =>
    Float64Array.from({ length: rows }, (_, row) => points[row * columns + c] as number),
  );
  const found = {
    sorted: values.map((column) => column.slice().sort()),
    factor: choleskyFactor(scoreCorrelations(values)),
  };
  known.set(points, found);
  return found;
}

/** Correlations of the columns' normal scores, ties broken by row. */
function scoreCorrelations(values: readonly Float64Array[]): number[][] {
  const scores = values.map((column) => {
    const score = new Float64Array(column.length);
    ascendingOrder(column).forEach((row, rank) => {
      score[row] = normalQuantile((rank + 0.5) / column.length);
    });
    return score;
  });
  const product = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, row) => sum + value * (b[row] as number), 0);
  return scores.map((a) => scores.map((b) => product(a, b) / Math.sqrt(product(a, a) * product(b, b))));
}

/** Lower triangle L with L Lᵀ = matrix, for a correlation matrix that rounding or equal columns may have made singular. */
function choleskyFactor(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = [];
  matrix.forEach((line, i) => {
    const made: number[] = [];
    for (let j = 0; j <= i; j++) {
      const above = j < i ? (factor[j] ?? []) : made;
      let rest = line[j] ?? 0;
      for (let m = 0; m < j; m++) rest -= (made[m] ?? 0) * (above[m] ?? 0);
      if (j === i) made.push(Math.sqrt(Math.max(rest, 0)));
      else made.push((above[j] ?? 0) > 1e-8 ? rest / (above[j] ?? 1) : 0);
    }
    factor.push(made);
  });
  return factor;
}

/** A standard normal number (Box and Muller 1958). */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
