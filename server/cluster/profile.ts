import { largestLabel } from "./centres.ts";
import type { Labels } from "./number-by-size.ts";
import { meanAndSd } from "./quantile.ts";
import { medianOf } from "./select.ts";

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
  columns: readonly { readonly name: string; readonly values: Float64Array }[],
  labels: Labels,
): ProfileRow[] {
  const k = largestLabel(labels);
  const members = Array.from({ length: k }, (_, cluster) => rowsOf(labels, cluster + 1));
  const clustered = members.reduce((sum, rows) => sum + rows.length, 0);
  const whole = columns.map(({ values }) => meanAndSd(values.filter((_, row) => labels[row] !== 0)));
  return members.flatMap((rows, cluster) =>
    (rows.length === 0 ? [] : columns).map(({ name, values }, position): ProfileRow => {
      const theirs = Float64Array.from(rows, (row) => values[row] as number);
      const { mean, sd } = meanAndSd(theirs);
      const population = whole[position] ?? { mean: Number.NaN, sd: Number.NaN };
      const z = population.sd === 0 ? 0 : (mean - population.mean) / population.sd;
      return {
        cluster: cluster + 1,
        size: rows.length,
        share: rows.length / clustered,
        column: name,
        mean,
        median: medianOf(theirs),
        sd,
        population_mean: population.mean,
        z,
      };
    }),
  );
}

function rowsOf(labels: Labels, cluster: number): Int32Array {
  const rows: number[] = [];
  labels.forEach((label, row) => {
    if (label === cluster) rows.push(row);
  });
  return Int32Array.from(rows);
}
