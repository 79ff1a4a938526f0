import { SKEWED, skewness } from "./distribution.ts";
import { type Moments, meanAndSd } from "./known-values.ts";
import { fillMissing, type Missing } from "./missing.ts";
import { type Fault, type Finding, fault, good, type Outcome } from "./outcome.ts";
import { LARGEST } from "./points.ts";
import { medianOf, quantilesOf } from "./select.ts";
import { imagesOf, type Transform, transformed } from "./transform.ts";

export type Scaling = "robust" | "zscore" | "minmax" | "none";

/** One column in its own units; NaN is missing. */
export interface FeatureColumn {
  readonly name: string;
  readonly values: Float64Array;
  /** `auto` where nobody has said: the robust scale then takes the logarithm of a long tail. */
  readonly transform: Transform | "auto";
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
  /** What was done to each column before it was scaled. */
  readonly transforms: readonly Transform[];
  readonly yardsticks: readonly Yardstick[];
  readonly findings: readonly Finding[];
}

/** What a column's transformed values were moved and divided by; a spread of 0 stands for a column of one value. */
export interface Yardstick {
  readonly low: number;
  readonly spread: number;
  /** The median of the known values in the column's own units, which stands for a missing one. */
  readonly fill: number;
}

/**
 * Makes columns comparable: missing values are filled or their rows dropped, in the column's own units; then each column
 * is transformed; then it is moved and divided.
 * robust: (x − median) / IQR, and where the IQR is 0 but not all values are the same, IQR ≙ 1.349 sd takes its place,
 * so that such a column counts as much as a normal one of that sd. zscore: (x − mean) / sd with n − 1.
 * A column without a transform of its own whose skewness is above 3, and that has nothing below 0, is first taken by its
 * logarithm, log1p, since quartiles know nothing of a tail; the finding says so.
 * minmax: (x − min) / (max − min). A constant column becomes 0 and is a finding. Quantiles are of type 7.
 */
export function scale(columns: readonly FeatureColumn[], options: ScaleOptions): Outcome<Scaled> {
  const filled = fillMissing(columns, options.missing);
  if (!filled.ok) return filled;
  const { kept } = filled.value;
  const findings: Finding[] = [...filled.value.findings];
  const points = new Float64Array(kept.length * columns.length);
  const transforms: Transform[] = [];
  const yardsticks: Yardstick[] = [];
  const tails: { name: string; values: Float64Array }[] = [];
  for (const [position, { name, values: given, transform: asked }] of columns.entries()) {
    const whole = filled.value.columns[position] ?? given;
    const column = { name, transform: asked === "auto" ? transformFor(whole, options.scale) : asked };
    transforms.push(column.transform);
    if (asked === "auto" && column.transform !== "none") tails.push({ name, values: whole });
    const shaped = transformed(column, whole);
    if (!shaped.ok) return shaped;
    const { low, spread, note } = yardstick(column, shaped.value, options.scale);
    if (note) findings.push(note);
    yardsticks.push({ low, spread, fill: medianOf(given) });
    for (let row = 0; row < kept.length; row++) {
      const scaled = spread > 0 ? ((shaped.value[row] as number) - low) / spread : 0;
      if (!(Math.abs(scaled) <= LARGEST)) return tooFar(name, { value: whole[row] as number, row, spread });
      points[row * columns.length + position] = scaled;
    }
  }
  if (tails.length > 0) findings.push(tamed(tails));
  return good({ points, rows: kept.length, columns: columns.length, kept, transforms, yardsticks, findings });
}

/** What brings a long tail in: log1p to the right of 0, else ranks; none where there is no long tail. */
export function cureFor(values: Float64Array): Transform {
  const moments = meanAndSd(values);
  const skew = skewness(values, moments);
  if (!(Math.abs(skew) > SKEWED)) return "none";
  if (skew < 0 || moments.least < 0) return "rank";
  return skewness(imagesOf(values, Math.log1p)) < skew ? "log1p" : "rank";
}

function transformFor(values: Float64Array, scaling: Scaling): Transform {
  return scaling === "robust" && cureFor(values) === "log1p" ? "log1p" : "none";
}

function tamed(tails: readonly { readonly name: string; readonly values: Float64Array }[]): Finding {
  const told = tails.map(({ name, values }) => {
    const [before, after] = [values, imagesOf(values, Math.log1p)].map((of) => skewness(of).toFixed(1));
    return `${name} (skewness ${before}, then ${after})`;
  });
  const [first] = tails;
  const keep = tails.map(({ name }) => `${name}: log1p`).join(", ");
  return {
    code: "skew-tamed",
    column: first !== undefined && tails.length === 1 ? first.name : null,
    message: `A long tail is compared by its logarithm: ${told.join(", ")}.`,
    hint: `Write transform: {${keep}} to keep it so, or none for a column to compare it as it is.`,
  };
}

/** What a column's values are moved and divided by; a spread of 0 stands for a column of one value. */
function yardstick(
  column: { readonly name: string; readonly transform: Transform },
  values: Float64Array,
  scaling: Scaling,
): { low: number; spread: number; note: Finding | null } {
  const moments = meanAndSd(values);
  const { least, most, mean, sd } = moments;
  if (least === most) return { low: least, spread: 0, note: constant(column.name, least) };
  const note = skewNote(column, values, moments);
  if (scaling === "none") return { low: 0, spread: 1, note };
  if (scaling === "minmax") return { low: least, spread: most - least, note };
  const [first = 0, middle = 0, third = 0] = quantilesOf(values, [0.25, 0.5, 0.75]);
  const range = third - first;
  const measure =
    scaling === "zscore" ? { low: mean, spread: sd } : { low: middle, spread: range > 0 ? range : 1.349 * sd };
  return { ...measure, note: measure.spread > 0 ? note : tooNear(column.name, least, most) };
}

/** Squares of such small differences are 0 to a double. */
function tooNear(name: string, least: number, most: number): Finding {
  return {
    code: "constant-column",
    column: name,
    message: `${name} lies between ${least} and ${most}, too near each other to be told apart.`,
    hint: `Leave ${name} out, or give it a smaller unit where it is made.`,
  };
}

function tooFar(name: string, { value, row, spread }: { value: number; row: number; spread: number }): Fault {
  return fault(
    "value-too-large",
    `${name} is ${value} in row ${row + 1}, too far from the others to be compared with a spread of ${Number(spread.toPrecision(3))}.`,
    `Use transform: {${name}: rank}, or correct the value where it is made.`,
    name,
  );
}

function constant(name: string, value: number): Finding {
  return {
    code: "constant-column",
    column: name,
    message: `${name} is ${value} in every row, so it tells no rows apart.`,
    hint: `Leave ${name} out, or check how it is made.`,
  };
}

function skewNote(
  { name, transform }: { readonly name: string; readonly transform: Transform },
  values: Float64Array,
  moments: Moments,
): Finding | null {
  if (transform === "rank") return null;
  const skew = skewness(values, moments);
  if (!(Math.abs(skew) > SKEWED)) return null;
  const cure = transform === "none" ? cureFor(values) : "rank";
  return {
    code: "skewed-column",
    column: name,
    message: `${name} has a long tail (skewness ${skew.toFixed(1)}): a few rows will decide the distances.`,
    hint: `Try transform: {${name}: ${cure}}.`,
  };
}
