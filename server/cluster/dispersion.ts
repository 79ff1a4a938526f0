import { centres, largestLabel, squaredDistance } from "./centres.ts";
import type { Labels } from "./number-by-size.ts";
import type { Shape } from "./points.ts";

/**
 * Calinski–Harabasz index (1974): (B / (k − 1)) / (W / (n − k)) with B and W the squared distances between and within
 * clusters; larger is better. Infinity where W is 0, NaN for fewer than two clusters or none with two rows.
 */
export function calinskiHarabasz(points: Float64Array, shape: Shape, labels: Labels): number {
  const { rows, columns } = shape;
  const k = largestLabel(labels);
  if (k < 2 || k >= rows) return Number.NaN;
  const means = centres(points, shape, labels, k);
  const whole = centres(points, shape, new Int32Array(rows).fill(1), 1);
  let within = 0;
  let between = 0;
  for (let row = 0; row < rows; row++) {
    const own = (labels[row] as number) - 1;
    within += squaredDistance(points, row, means, own, columns);
    between += squaredDistance(means, own, whole, 0, columns);
  }
  return between / (k - 1) / (within / (rows - k));
}

/**
 * Davies–Bouldin index (1979): mean over clusters of the worst (sᵢ + sⱼ) / dᵢⱼ, s the mean distance to the own centre and
 * d the centres' distance; smaller is better. NaN for fewer than two clusters.
 */
export function daviesBouldin(points: Float64Array, shape: Shape, labels: Labels): number {
  const { rows, columns } = shape;
  const k = largestLabel(labels);
  if (k < 2) return Number.NaN;
  const means = centres(points, shape, labels, k);
  const spread = new Float64Array(k);
  const size = new Float64Array(k);
  for (let row = 0; row < rows; row++) {
    const own = (labels[row] as number) - 1;
    spread[own] = (spread[own] as number) + Math.sqrt(squaredDistance(points, row, means, own, columns));
    size[own] = (size[own] as number) + 1;
  }
  let total = 0;
  for (let i = 0; i < k; i++) {
    let worst = 0;
    for (let j = 0; j < k; j++) {
      if (i === j) continue;
      const both = (spread[i] as number) / (size[i] as number) + (spread[j] as number) / (size[j] as number);
      worst = Math.max(worst, both / Math.sqrt(squaredDistance(means, i, means, j, columns)));
    }
    total += worst;
  }
  return total / k;
}
