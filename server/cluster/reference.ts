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
  const values = Array.from({ length: columns }, (_, c) =>
    Float64Array.from({ length: rows }, (_, row) => points[row * columns + c] as number),
  );
  const factor = choleskyFactor(scoreCorrelations(values));
  const drawn = Array.from({ length: columns }, () => Float64Array.from({ length: rows }, draw));
  const shuffled = new Float64Array(points.length);
  for (let c = 0; c < columns; c++) {
    const mixed = Float64Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let other = 0; other <= c; other++) sum += (factor[c]?.[other] ?? 0) * (drawn[other]?.[row] ?? 0);
      return sum;
    });
    const sorted = (values[c] as Float64Array).slice().sort();
    ascendingOrder(mixed).forEach((row, rank) => {
      shuffled[row * columns + c] = sorted[rank] as number;
    });
  }
  return shuffled;
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

function ascendingOrder(values: Float64Array): Int32Array {
  return Int32Array.from(values, (_, row) => row).sort(
    (a, b) => (values[a] as number) - (values[b] as number) || a - b,
  );
}

/** A standard normal number (Box and Muller 1958). */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
