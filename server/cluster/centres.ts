import type { Labels } from "./number-by-size.ts";
import type { Shape } from "./points.ts";

/** Mean of each cluster's rows: k × columns, row-major, cluster 1 first. A cluster without rows has NaN. */
export function centres(points: Float64Array, { rows, columns }: Shape, labels: Labels, k: number): Float64Array {
  const sums = new Float64Array(k * columns);
  const size = new Float64Array(k);
  for (let row = 0; row < rows; row++) {
    const cluster = (labels[row] as number) - 1;
    if (cluster < 0) continue;
    size[cluster] = (size[cluster] as number) + 1;
    for (let c = 0; c < columns; c++) {
      sums[cluster * columns + c] = (sums[cluster * columns + c] as number) + (points[row * columns + c] as number);
    }
  }
  return sums.map((sum, at) => sum / (size[Math.floor(at / columns)] as number));
}

/** Euclidean distance of each row to its cluster's centre, in the points' units; NaN for a row in no cluster. */
export function centreDistances(
  points: Float64Array,
  shape: Shape,
  labels: Labels,
  middle: Float64Array,
): Float64Array {
  const distances = new Float64Array(shape.rows);
  for (let row = 0; row < shape.rows; row++) {
    const cluster = (labels[row] as number) - 1;
    distances[row] = cluster < 0 ? Number.NaN : Math.sqrt(squaredDistance(points, row, middle, cluster, shape.columns));
  }
  return distances;
}

/** ‖x − y‖² of row `i` of `a` and row `j` of `b`, both row-major with `columns` columns. */
export function squaredDistance(
  a: Float64Array | Float32Array,
  i: number,
  b: Float64Array,
  j: number,
  columns: number,
): number {
  let sum = 0;
  for (let c = 0, x = i * columns, y = j * columns; c < columns; c++) {
    const difference = (a[x + c] as number) - (b[y + c] as number);
    sum += difference * difference;
  }
  return sum;
}

/** The number of the largest label. */
export function largestLabel(labels: Labels): number {
  let largest = 0;
  for (let row = 0; row < labels.length; row++) if ((labels[row] as number) > largest) largest = labels[row] as number;
  return largest;
}
