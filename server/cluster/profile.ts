import { type Measured, meanAndSd, measured } from "./known-values.ts";
import type { Labels } from "./number-by-size.ts";
import { rowsByCluster } from "./rows-by-cluster.ts";

/** What one cluster looks like in one column, in the column's own units. NaN where nothing is known. */
export interface ProfileRow {
  readonly cluster: number;
  readonly size: number;
  /** Of the rows that are in a cluster, 0 to 1. */
  readonly share: number;
  readonly column: string;
  readonly mean: number;
  readonly median: number;
  /** Sample standard deviation (n − 1) within the cluster. */
  readonly sd: number;
  /** Mean of all rows that are in a cluster. */
  readonly population_mean: number;
  /** (mean − population_mean) / population sd; 0 where the column has one value. */
  readonly z: number;
}

/** Profiles every cluster in every column: clusters in order, columns as given. Missing values (NaN) are left out; rows with label 0, and numbers that nobody has, too. */
export function profile(
  columns: readonly { readonly name: string; readonly given: Measured }[],
  labels: Labels,
  onProgress?: (share: number) => void,
): ProfileRow[] {
  const { rows, ends } = rowsByCluster(labels);
  const clustered = rows.length;
  // One place for all: a fresh one for each cluster and column costs more than what is found in it.
  const taken = new Float64Array(clustered);
  const ofColumn = columns.map(({ given }, position): Omit<ProfileRow, "column" | "share">[] => {
    onProgress?.(position / columns.length);
    const { values } = given;
    const population = clustered === values.length ? given.moments() : meanAndSd(clusteredOf(values, labels, taken));
    for (let at = 0; at < clustered; at++) taken[at] = values[rows[at] as number] as number;
    return Array.from(ends, (end, cluster) => {
      const start = ends[cluster - 1] ?? 0;
      const theirs = measured(taken.subarray(start, end));
      const { mean, sd } = theirs.moments();
      const z = population.sd === 0 ? 0 : (mean - population.mean) / population.sd;
      const found = { mean, median: theirs.median(), sd, population_mean: population.mean, z };
      return { cluster: cluster + 1, size: end - start, ...found };
    });
  });
  return Array.from(ends, (_, cluster) =>
    columns.flatMap(({ name }, position) => {
      const found = ofColumn[position]?.[cluster];
      if (found === undefined || found.size === 0) return [];
      return [{ ...found, share: found.size / clustered, column: name }];
    }),
  ).flat();
}

/** The values of the rows that are in a cluster, in the rows' order. */
function clusteredOf(values: Float64Array, labels: Labels, into: Float64Array): Float64Array {
  let count = 0;
  for (let row = 0; row < labels.length; row++) if (labels[row] !== 0) into[count++] = values[row] as number;
  return into.subarray(0, count);
}
