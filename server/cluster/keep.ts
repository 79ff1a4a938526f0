import { largestLabel } from "./centres.ts";
import type { KeptCluster, KeptClusters } from "./kept-clusters.ts";
import type { Labels } from "./number-by-size.ts";
import type { Scaled } from "./scale.ts";

/** What is kept of a clustering: every number that somebody has, in order, with its people's mean and sd (n − 1) in each column, both in scaled units; the sd of one is 0. */
export function keepClusters(
  scaled: Scaled,
  labels: Labels,
  { names, nameOf }: { readonly names: readonly string[]; readonly nameOf: (number: number) => string },
): KeptClusters {
  const columns = names.map((name, c) => {
    const { low = 0, spread = 0, fill = Number.NaN } = scaled.yardsticks[c] ?? {};
    return { name, transform: scaled.transforms[c] ?? "none", low, spread, fill };
  });
  const clusters: KeptCluster[] = [];
  for (let number = 1; number <= largestLabel(labels); number++) {
    const { size, centre, sd } = momentsOf(scaled, labels, number);
    if (size > 0) clusters.push({ number, name: nameOf(number), size, centre, sd });
  }
  return { columns, clusters };
}

/** In two passes, so that the sd of values far from 0 loses nothing. */
function momentsOf({ points, rows, columns }: Scaled, labels: Labels, number: number) {
  const sums = new Float64Array(columns);
  const squares = new Float64Array(columns);
  let size = 0;
  for (let row = 0; row < rows; row++) {
    if (labels[row] !== number) continue;
    size += 1;
    for (let c = 0; c < columns; c++) sums[c] = (sums[c] as number) + (points[row * columns + c] as number);
  }
  const centre = Array.from(sums, (sum) => sum / size);
  for (let row = 0; row < rows; row++) {
    if (labels[row] !== number) continue;
    for (let c = 0; c < columns; c++) {
      const gap = (points[row * columns + c] as number) - (centre[c] as number);
      squares[c] = (squares[c] as number) + gap * gap;
    }
  }
  return { size, centre, sd: Array.from(squares, (square) => (size < 2 ? 0 : Math.sqrt(square / (size - 1)))) };
}
