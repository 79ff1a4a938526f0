import { centres, largestLabel, squaredDistance } from "./centres.ts";
import type { Labels } from "./number-by-size.ts";
import type { Pace } from "./pace.ts";
import type { Shape } from "./points.ts";

/** Rows up to which the silhouette compares every pair. */
const EXACT_ROWS = 5000;

/**
 * Mean silhouette of a clustering (Rousseeuw 1987), −1 to 1; every row has a label from 1. Above 5,000 rows the simplified
 * one, with distances to the clusters' means (Hruschka et al. 2004). A row alone in its cluster has 0; NaN for fewer than two clusters.
 */
export async function silhouette(points: Float64Array, shape: Shape, labels: Labels, pace: Pace): Promise<number> {
  const k = largestLabel(labels);
  if (k < 2) return Number.NaN;
  return shape.rows <= EXACT_ROWS ? exact(points, shape, labels, k, pace) : simplified(points, shape, labels, k, pace);
}

async function exact(
  points: Float64Array,
  { rows, columns }: Shape,
  labels: Labels,
  k: number,
  pace: Pace,
): Promise<number> {
  const size = new Float64Array(k + 1);
  for (const label of labels) size[label] = (size[label] as number) + 1;
  /** Summed distances of each row to each cluster. */
  const sums = new Float64Array(rows * (k + 1));
  for (let i = 0; i < rows; i++) {
    if (pace.due()) await pace.rest(i / rows);
    const mine = i * (k + 1);
    const own = labels[i] as number;
    for (let j = i + 1; j < rows; j++) {
      const distance = Math.sqrt(squaredDistance(points, i, points, j, columns));
      const theirs = j * (k + 1) + own;
      const ours = mine + (labels[j] as number);
      sums[ours] = (sums[ours] as number) + distance;
      sums[theirs] = (sums[theirs] as number) + distance;
    }
  }
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const own = labels[i] as number;
    if ((size[own] as number) < 2) continue;
    let nearest = Infinity;
    for (let other = 1; other <= k; other++) {
      if (other !== own) nearest = Math.min(nearest, (sums[i * (k + 1) + other] as number) / (size[other] as number));
    }
    total += width((sums[i * (k + 1) + own] as number) / ((size[own] as number) - 1), nearest);
  }
  return total / rows;
}

async function simplified(points: Float64Array, shape: Shape, labels: Labels, k: number, pace: Pace): Promise<number> {
  const { rows, columns } = shape;
  const means = centres(points, shape, labels, k);
  const size = new Float64Array(k);
  for (const label of labels) size[label - 1] = (size[label - 1] as number) + 1;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    if ((row & 1023) === 0 && pace.due()) await pace.rest(row / rows);
    const own = (labels[row] as number) - 1;
    if ((size[own] as number) < 2) continue;
    let nearest = Infinity;
    for (let other = 0; other < k; other++) {
      if (other !== own) nearest = Math.min(nearest, squaredDistance(points, row, means, other, columns));
    }
    total += width(Math.sqrt(squaredDistance(points, row, means, own, columns)), Math.sqrt(nearest));
  }
  return total / rows;
}

/** (b − a) / max(a, b); 0 where both are 0. */
function width(own: number, nearest: number): number {
  const larger = Math.max(own, nearest);
  return larger > 0 ? (nearest - own) / larger : 0;
}
