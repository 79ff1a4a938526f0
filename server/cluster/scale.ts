import { fillMissing, type Missing } from "./missing.ts";
import { type Finding, good, type Outcome } from "./outcome.ts";
import { meanAndSd, quantile, sortedKnown } from "./quantile.ts";
import { type Transform, transformed } from "./transform.ts";

export type Scaling = "robust" | "zscore" | "minmax" | "none";

/** One column in its own units; NaN is missing. */
export interface FeatureColumn {
  readonly name: string;
  readonly values: Float64Array;
  readonly transform: Transform;
}

export interface ScaleOptions {
  readonly scale: Scaling;
  readonly missing: Missing;
}

export interface Scaled {
  /** `rows` × `columns`, row-major, finite. */
  readonly points: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** The row of the data that each row of `points` is. */
  readonly kept: Int32Array;
  readonly findings: readonly Finding[];
}

/** Beyond this sample skewness a scaled column's tail outweighs the rest of it. */
const SKEWED = 3;

/**
 * Makes columns comparable: missing values are filled or their rows dropped, in the column's own units; then each column
 * is transformed; then it is moved and divided.
 * robust: (x − median) / IQR, and where the IQR is 0 but not all values are the same, IQR ≙ 1.349 sd takes its place,
 * so that such a column counts as much as a normal one of that sd. zscore: (x − mean) / sd with n − 1.
 * minmax: (x − min) / (max − min). A constant column becomes 0 and is a finding. Quantiles are of type 7.
 */
export function scale(columns: readonly FeatureColumn[], options: ScaleOptions): Outcome<Scaled> {
  const filled = fillMissing(columns, options.missing);
  if (!filled.ok) return filled;
  const { kept } = filled.value;
  const findings: Finding[] = [...filled.value.findings];
  const points = new Float64Array(kept.length * columns.length);
  for (const [position, column] of columns.entries()) {
    const shaped = transformed(column, filled.value.columns[position] ?? column.values);
    if (!shaped.ok) return shaped;
    const { low, spread, note } = yardstick(column, shaped.value, options.scale);
    if (note) findings.push(note);
    shaped.value.forEach((value, row) => {
      points[row * columns.length + position] = spread > 0 ? (value - low) / spread : 0;
    });
  }
  return good({ points, rows: kept.length, columns: columns.length, kept, findings });
}

/** What a column's values are moved and divided by; a spread of 0 stands for a column of one value. */
function yardstick(
  column: FeatureColumn,
  values: Float64Array,
  scaling: Scaling,
): { low: number; spread: number; note: Finding | null } {
  const sorted = sortedKnown(values);
  const least = sorted[0] ?? 0;
  const most = sorted.at(-1) ?? 0;
  if (least === most) return { low: least, spread: 0, note: constant(column.name, least) };
  const { mean, sd } = meanAndSd(values);
  const note = skewNote(column, values, mean, sd);
  if (scaling === "none") return { low: 0, spread: 1, note };
  if (scaling === "minmax") return { low: least, spread: most - least, note };
  if (scaling === "zscore") return { low: mean, spread: sd, note };
  const range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  return { low: quantile(sorted, 0.5), spread: range > 0 ? range : 1.349 * sd, note };
}

function constant(name: string, value: number): Finding {
  return {
    code: "constant-column",
    column: name,
    message: `${name} is ${value} in every row, so it tells no rows apart.`,
    hint: `Leave ${name} out, or check how it is made.`,
  };
}

function skewNote({ name, transform }: FeatureColumn, values: Float64Array, mean: number, sd: number): Finding | null {
  if (transform === "rank") return null;
  const skewness = values.reduce((sum, value) => sum + ((value - mean) / sd) ** 3, 0) / values.length;
  if (!(Math.abs(skewness) > SKEWED)) return null;
  return {
    code: "skewed-column",
    column: name,
    message: `${name} has a long tail (skewness ${skewness.toFixed(1)}): a few rows will decide the distances.`,
    hint: transform === "none" && skewness > 0 ? `Try transform: {${name}: log1p}.` : `Try transform: {${name}: rank}.`,
  };
}
