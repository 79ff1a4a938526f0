import type { SilhouetteSums, SilhouetteTask } from "./silhouette.ts";

/** The kernel's twin: the same sums in the same order, so that both give the same bytes. */
export function plainSilhouettes({ points, shape, clusterings }: SilhouetteTask): SilhouetteSums {
  const totals = new Float64Array(clusterings.length);
  const distancesFrom = rowDistances(points, shape);
  return {
    advance(from, to) {
      for (let row = from; row < to; row++) {
        const distances = distancesFrom(row);
        for (const [at, clustering] of clusterings.entries()) {
          totals[at] = (totals[at] as number) + silhouetteOf(clustering, row, distances);
        }
      }
    },
    totals: () => totals,
  };
}

/** Distances of a row to all, by row, in the same array for every row. */
function rowDistances(points: Float64Array, { rows, columns }: SilhouetteTask["shape"]): (row: number) => Float64Array {
  // Column by column, so that a loop has nothing but two numbers to look at.
  const byColumn = Array.from({ length: columns }, (_, c) => {
    const column = new Float64Array(rows);
    for (let row = 0; row < rows; row++) column[row] = points[row * columns + c] as number;
    return column;
  });
  const distances = new Float64Array(rows);
  return (row) => {
    distances.fill(0);
    for (const column of byColumn) addSquares(distances, column, row);
    for (let other = 0; other < rows; other++) distances[other] = Math.sqrt(distances[other] as number);
    return distances;
  };
}

function addSquares(distances: Float64Array, column: Float64Array, row: number): void {
  const own = column[row] as number;
  for (let other = 0; other < column.length; other++) {
    const apart = own - (column[other] as number);
    distances[other] = (distances[other] as number) + apart * apart;
  }
}

function silhouetteOf(
  { labels, rows, ends }: SilhouetteTask["clusterings"][number],
  row: number,
  distances: Float64Array,
): number {
  const own = (labels[row] as number) - 1;
  let mine = 0;
  let nearest = Infinity;
  for (let cluster = 0, at = 0; cluster < ends.length; cluster++) {
    const start = at;
    const end = ends[cluster] as number;
    let sum = 0;
    for (; at < end; at++) sum += distances[rows[at] as number] as number;
    if (cluster !== own) nearest = Math.min(nearest, sum / (end - start));
    else if (end - start < 2) return 0;
    // The row itself is at a distance of 0.
    else mine = sum / (end - start - 1);
  }
  const larger = Math.max(mine, nearest);
  return larger > 0 ? (nearest - mine) / larger : 0;
}
