import { centres, largestLabel, squaredDistance } from "./centres.ts";
import type { Labels } from "./number-by-size.ts";
import type { Pace } from "./pace.ts";
import type { Shape } from "./points.ts";
import { type RowsByCluster, rowsByCluster } from "./rows-by-cluster.ts";
import { kernelSilhouettes } from "./silhouette-kernel.ts";
import { plainSilhouettes } from "./silhouette-plain.ts";

/** Rows up to which the silhouette compares every pair. */
const EXACT_ROWS = 5000;
/** Distances between two looks at the clock. */
const PORTION = 200_000;

/** Clusterings of the same points, of two clusters at least. */
export interface SilhouetteTask {
  readonly points: Float64Array;
  readonly shape: Shape;
  readonly clusterings: readonly (RowsByCluster & { readonly labels: Labels })[];
}

/** Silhouettes of rows, summed by clustering: distances of a row are found once for all of them. */
export interface SilhouetteSums {
  /** Adds the rows `from` up to `to`. */
  advance(from: number, to: number): void;
  totals(): Float64Array;
}

/**
 * Mean silhouette of each clustering of the same points (Rousseeuw 1987), −1 to 1; every row has a label from 1. Above 5,000
 * rows the simplified one, with distances to the clusters' means (Hruschka et al. 2004). A row alone in its cluster has 0;
 * NaN for fewer than two clusters.
 */
export async function silhouettes(
  points: Float64Array,
  shape: Shape,
  clusterings: readonly Labels[],
  pace: Pace,
): Promise<number[]> {
  const judged = clusterings.filter((labels) => largestLabel(labels) > 1);
  const found = shape.rows <= EXACT_ROWS ? await exact(points, shape, judged, pace) : [];
  if (shape.rows > EXACT_ROWS) for (const labels of judged) found.push(await simplified(points, shape, labels, pace));
  const byLabels = new Map(judged.map((labels, at) => [labels, found[at] as number]));
  return clusterings.map((labels) => byLabels.get(labels) ?? Number.NaN);
}

async function exact(points: Float64Array, shape: Shape, judged: readonly Labels[], pace: Pace): Promise<number[]> {
  if (judged.length === 0) return [];
  const { rows } = shape;
  const clusterings = judged.map((labels) => ({ labels, ...rowsByCluster(labels) }));
  const task = { points, shape, clusterings };
  const sums = pace.kernels === null ? plainSilhouettes(task) : kernelSilhouettes(task, pace.kernels);
  const step = Math.ceil(PORTION / (rows * judged.length));
  for (let row = 0; row < rows; row += step) {
    sums.advance(row, Math.min(row + step, rows));
    if (pace.due()) await pace.rest(row / rows);
  }
  return Array.from(sums.totals(), (total) => total / rows);
}

async function simplified(points: Float64Array, shape: Shape, labels: Labels, pace: Pace): Promise<number> {
  const { rows, columns } = shape;
  const k = largestLabel(labels);
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
