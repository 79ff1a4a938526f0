import { normal, uniform } from "../../server/cluster/seeded.ts";

interface Seeded {
  readonly seed: number;
}

/** Six clouds, rows × columns, row-major: every second column with a long tail, each column standardised. The same seed gives the same points. */
export function mixture(rows: number, columns: number, { seed }: Seeded): Float64Array {
  const draw = normal(2 * seed + 1);
  const pick = uniform(2 * seed + 2);
  const centres = Array.from({ length: 6 * columns }, () => 2 * draw());
  const points = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const cloud = Math.floor(pick() * 6);
    for (let c = 0; c < columns; c++) {
      const value = draw() + (centres[cloud * columns + c] as number);
      points[row * columns + c] = c % 2 === 1 ? Math.exp(value / 2) : value;
    }
  }
  for (let c = 0; c < columns; c++) standardise(points, rows, columns, c);
  return points;
}

/** Points without any structure: each column uniform from 0 to 1. */
export function evenly(rows: number, columns: number, { seed }: Seeded): Float64Array {
  const draw = uniform(seed);
  return new Float64Array(rows * columns).map(() => draw());
}

/** A mixture rounded to whole numbers, as counts are: thousands of ties, and of rows that are equal. */
export function wholeNumbers(rows: number, columns: number, { seed }: Seeded): Float64Array {
  return mixture(rows, columns, { seed }).map((value) => Math.round(2 * value));
}

function standardise(points: Float64Array, rows: number, columns: number, column: number): void {
  let mean = 0;
  for (let row = 0; row < rows; row++) mean += (points[row * columns + column] as number) / rows;
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += ((points[row * columns + column] as number) - mean) ** 2;
  const sd = Math.sqrt(squares / rows) || 1;
  for (let row = 0; row < rows; row++) {
    points[row * columns + column] = ((points[row * columns + column] as number) - mean) / sd;
  }
}
