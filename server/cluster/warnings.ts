import { centres, largestLabel } from "./centres.ts";
import type { Labels } from "./number-by-size.ts";
import type { Finding } from "./outcome.ts";
import type { Shape } from "./points.ts";

/** Below these a cluster is too small to act on. */
const SMALL_SHARE = 0.02;
const SMALL_ROWS = 50;
/** More clusters than anybody keeps apart. */
const MANY = 7;
/** Small ones that are told one by one. */
const TOLD = 7;
/** A column that makes up more than this share of what parts the clusters decides alone. */
const ALONE = 0.8;

/**
 * What an analyst should know about a clustering before acting on it: clusters below 2 % or 50 rows, more than seven
 * clusters, one column that decides alone. `names` are the columns' names, in the order of the points' columns.
 */
export function warnings(points: Float64Array, shape: Shape, labels: Labels, names: readonly string[]): Finding[] {
  const k = largestLabel(labels);
  const sizes = new Array<number>(k).fill(0);
  for (const label of labels) if (label > 0) sizes[label - 1] = (sizes[label - 1] ?? 0) + 1;
  // Numbers that follow earlier clusters may have gaps.
  const some = sizes.filter((size) => size > 0).length;
  return [...smallClusters(sizes, some), ...manyClusters(some), ...decidingColumn(points, shape, { labels, k, names })];
}

function smallClusters(sizes: readonly number[], some: number): Finding[] {
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const small = sizes.flatMap((size, i) =>
    size > 0 && (size < SMALL_ROWS || size < SMALL_SHARE * rows) ? [`${i + 1} has ${size.toLocaleString("en")}`] : [],
  );
  if (small.length === 0) return [];
  // Fewer clusters than one there can't be: what is small then is the data.
  if (some === 1) {
    const message = `There ${rows === 1 ? "is only 1 row" : `are only ${rows} rows`}, all in one cluster: it says little of others.`;
    return [{ code: "small-cluster", column: null, message, hint: "Check why there are so few rows." }];
  }
  return [
    {
      code: "small-cluster",
      column: null,
      message: `Some clusters are below 2 % or 50 rows: ${listed(small)} of ${rows.toLocaleString("en")}.`,
      hint: "Lower k, or transform a column with a long tail: outliers make small clusters.",
    },
  ];
}

function listed(small: readonly string[]): string {
  if (small.length <= TOLD) return small.join(", ");
  return `${small.slice(0, TOLD).join(", ")}, and ${small.length - TOLD} more,`;
}

function manyClusters(k: number): Finding[] {
  if (k <= MANY) return [];
  const message = `${k} clusters are more than people keep apart and act on.`;
  return [{ code: "many-clusters", column: null, message, hint: "Three to seven are usual." }];
}

function decidingColumn(
  points: Float64Array,
  shape: Shape,
  { labels, k, names }: { readonly labels: Labels; readonly k: number; readonly names: readonly string[] },
): Finding[] {
  const { rows, columns } = shape;
  if (columns < 2 || k < 2) return [];
  const means = centres(points, shape, labels, k);
  const whole = centres(points, shape, new Int32Array(rows).fill(1), 1);
  const apart = means.map((mean, at) => (mean - (whole[at % columns] as number)) ** 2);
  const between = names.map((_, c) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += apart[((labels[row] as number) - 1) * columns + c] as number;
    return sum;
  });
  const total = between.reduce((sum, value) => sum + value, 0);
  const most = Math.max(...between);
  const name = names[between.indexOf(most)];
  if (name === undefined || !(most > ALONE * total)) return [];
  return [
    {
      code: "one-column-decides",
      column: name,
      message: `${name} alone makes up ${Math.floor((100 * most) / total)} % of what parts the clusters.`,
      hint: `Bands of ${name} in a score cell say the same more plainly; or scale and transform it so that others count.`,
    },
  ];
}
