import { centres, largestLabel, squaredDistance } from "./centres.ts";
import type { Labels } from "./number-by-size.ts";
import type { Pace } from "./pace.ts";
import type { Shape } from "./points.ts";

/** Rows up to which the silhouette compares every pair. */
const EXACT_ROWS = 5000;

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
  const judged = clusterings.map((labels) => ({ labels, k: largestLabel(labels) }));
  if (shape.rows <= EXACT_ROWS) return exact(points, shape, judged, pace);
  const found: number[] = [];
  for (const { labels, k } of judged) {
    found.push(k < 2 ? Number.NaN : await simplified(points, shape, labels, k, pace));
  }
  return found;
}

/** Distances of a row are found once for all clusterings. */
async function exact(
  points: Float64Array,
  shape: Shape,
  judged: readonly { readonly labels: Labels; readonly k: number }[],
  pace: Pace,
): Promise<number[]> {
  const { rows } = shape;
  const sums = judged.filter(({ k }) => k > 1).map(({ labels, k }) => new ClusterSums(labels, k));
  if (sums.length > 0) {
    const distancesFrom = rowDistances(points, shape);
    for (let i = 0; i < rows; i++) {
      if (pace.due()) await pace.rest(i / rows);
      const distances = distancesFrom(i);
      for (const one of sums) one.add(i, distances);
    }
  }
  const means = new Map(sums.map((one) => [one.labels, one.silhouette()]));
  return judged.map(({ labels }) => means.get(labels) ?? Number.NaN);
}

/** Distances of a row to those after it, by row, in the same array for every row. */
function rowDistances(points: Float64Array, { rows, columns }: Shape): (row: number) => Float64Array {
  // Column by column, so that a loop has nothing but two numbers to look at.
  const byColumn = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++) byColumn[c * rows + row] = points[row * columns + c] as number;
  }
  const distances = new Float64Array(rows);
  return (row) => {
    distances.fill(0, row);
    for (let c = 0; c < columns; c++) addSquares(distances, byColumn.subarray(c * rows, (c + 1) * rows), row);
    for (let other = row + 1; other < rows; other++) distances[other] = Math.sqrt(distances[other] as number);
    return distances;
  };
}

function addSquares(distances: Float64Array, column: Float64Array, row: number): void {
  const own = column[row] as number;
  for (let other = row + 1; other < column.length; other++) {
    const apart = own - (column[other] as number);
    distances[other] = (distances[other] as number) + apart * apart;
  }
}

/** Summed distances of each row to each cluster. */
class ClusterSums {
  readonly #sums: Float64Array;
  readonly #size: Float64Array;

  constructor(
    readonly labels: Labels,
    private readonly k: number,
  ) {
    this.#sums = new Float64Array(labels.length * (k + 1));
    this.#size = new Float64Array(k + 1);
    for (const label of labels) this.#size[label] = (this.#size[label] as number) + 1;
  }

  /** Adds the distances of a row to those after it, to its own sums and to theirs. */
  add(row: number, distances: Float64Array): void {
    const { labels, k } = this;
    const sums = this.#sums;
    const mine = row * (k + 1);
    const own = labels[row] as number;
    for (let other = row + 1, theirs = (row + 1) * (k + 1) + own; other < labels.length; other++, theirs += k + 1) {
      const distance = distances[other] as number;
      const ours = mine + (labels[other] as number);
      sums[ours] = (sums[ours] as number) + distance;
      sums[theirs] = (sums[theirs] as number) + distance;
    }
  }

  silhouette(): number {
    const { labels, k } = this;
    const sums = this.#sums;
    let total = 0;
    for (let row = 0; row < labels.length; row++) {
      const own = labels[row] as number;
      if ((this.#size[own] as number) < 2) continue;
      let nearest = Infinity;
      for (let other = 1; other <= k; other++) {
        if (other === own) continue;
        nearest = Math.min(nearest, (sums[row * (k + 1) + other] as number) / (this.#size[other] as number));
      }
      total += width((sums[row * (k + 1) + own] as number) / ((this.#size[own] as number) - 1), nearest);
    }
    return total / labels.length;
  }
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
