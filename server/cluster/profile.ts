import { largestLabel } from "./centres.ts";
import { meanAndSd } from "./known-values.ts";
import type { Labels } from "./number-by-size.ts";
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
  const members = Array.from({ length: k }, (_, cluster) => rowsWhere(labels, (label) => label === cluster + 1));
  const clustered = members.reduce((sum, rows) => sum + rows.length, 0);
  const everybody = rowsWhere(labels, (label) => label !== 0);
  const whole = columns.map(({ values }) => meanAndSd(valuesOf(values, everybody)));
  return members.flatMap((rows, cluster) =>
    (rows.length === 0 ? [] : columns).map(({ name, values }, position): ProfileRow => {
      const theirs = valuesOf(values, rows);
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

function rowsWhere(labels: Labels, takes: (label: number) => boolean): Int32Array {
  const rows = new Int32Array(labels.length);
  let count = 0;
  for (let row = 0; row < labels.length; row++) if (takes(labels[row] as number)) rows[count++] = row;
  return rows.subarray(0, count);
}

/** In a loop: `from` with a function takes ten times as long, which a million people feel. */
function valuesOf(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) taken[at] = values[rows[at] as number] as number;
  return taken;
}
