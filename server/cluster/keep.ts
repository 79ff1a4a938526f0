import { centres, largestLabel } from "./centres.ts";
import type { KeptClusters } from "./kept-clusters.ts";
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
  const means = centres(scaled.points, scaled, labels, largestLabel(labels));
  const { sizes, squares } = aboutMeans(scaled, labels, means);
  const ofCluster = (values: Float64Array, at: number) =>
    Array.from(values.subarray(at * scaled.columns, (at + 1) * scaled.columns));
  const clusters = Array.from(sizes, (size, at) => ({
    ...{ number: at + 1, name: nameOf(at + 1), size, centre: ofCluster(means, at) },
    sd: ofCluster(squares, at).map((square) => (size < 2 ? 0 : Math.sqrt(square / (size - 1)))),
  }));
  return { columns, clusters: clusters.filter(({ size }) => size > 0) };
}

/** Rows and sums of squares about the means, so that the sd of values far from 0 loses nothing. */
function aboutMeans({ points, rows, columns }: Scaled, labels: Labels, means: Float64Array) {
  const sizes = new Float64Array(means.length / columns);
  const squares = new Float64Array(means.length);
  for (let row = 0; row < rows; row++) {
    const cluster = (labels[row] as number) - 1;
    if (cluster < 0) continue;
    sizes[cluster] = (sizes[cluster] as number) + 1;
    for (let c = 0, at = cluster * columns; c < columns; c++, at++) {
      const gap = (points[row * columns + c] as number) - (means[at] as number);
      squares[at] = (squares[at] as number) + gap * gap;
    }
  }
  return { sizes, squares };
}
