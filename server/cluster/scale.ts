import { SKEWED } from "./distribution.ts";
import { type Measured, measured } from "./known-values.ts";
import { fillMissing, type Missing } from "./missing.ts";
import { type Fault, type Finding, fault, good, type Outcome } from "./outcome.ts";
import { LARGEST } from "./points.ts";
import { imagesOf, ranks, type Transform, transformed } from "./transform.ts";

export type Scaling = "robust" | "zscore" | "minmax" | "none";

/** One column in its own units; NaN is missing. */
export interface FeatureColumn {
  readonly name: string;
  readonly values: Float64Array;
  /** `auto` where nobody has said: the robust scale then brings in a long tail. */
  readonly transform: Transform | "auto";
}

export interface ScaleOptions {
  readonly scale: Scaling;
  readonly missing: Missing;
  /** Told the share of the columns that are scaled. */
  readonly onProgress?: (share: number) => void;
}

export interface Scaled {
  /** `rows` × `columns`, row-major, finite. */
  readonly points: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** The row of the data that each row of `points` is. */
  readonly kept: Int32Array;
  /** The same rows of a column in its own units, with its gaps. */
  given(position: number): Measured;
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
 * A column without a transform of its own whose skewness is beyond 3 is first taken by its logarithm, log1p, or where it has
 * numbers below 0 or its tail is to the left, by its rank, since quartiles know nothing of a tail; the finding says so.
 * minmax: (x − min) / (max − min). A constant column becomes 0 and is a finding. Quantiles are of type 7.
 */
export function scale(columns: readonly FeatureColumn[], options: ScaleOptions): Outcome<Scaled> {
  const filled = fillMissing(columns, options.missing);
  if (!filled.ok) return filled;
  const { kept, given } = filled.value;
  const findings: Finding[] = [...filled.value.findings];
  const points = new Float64Array(kept.length * columns.length);
  const transforms: Transform[] = [];
  const yardsticks: Yardstick[] = [];
  const tails: Tail[] = [];
  for (const [position, { name, transform: asked }] of columns.entries()) {
    options.onProgress?.(position / columns.length);
    const whole = filled.value.whole(position);
    const tail = asked === "auto" && options.scale === "robust" ? broughtIn(whole) : null;
    const transform = asked === "auto" ? (tail?.transform ?? "none") : asked;
    const column = { name, transform };
    transforms.push(transform);
    if (tail !== null) tails.push({ name, transform, before: whole.skewness(), after: tail.images.skewness() });
    const images = tail === null ? transformed(column, whole.values) : good(tail.images.values);
    if (!images.ok) return images;
    const shaped = images.value === whole.values ? whole : (tail?.images ?? measured(images.value));
    const { low, spread, note } = yardstick(column, shaped, options.scale);
    if (note) findings.push(note);
    yardsticks.push({ low, spread, fill: filled.value.median(position) });
    for (let row = 0; row < kept.length; row++) {
      const scaled = spread > 0 ? ((shaped.values[row] as number) - low) / spread : 0;
      if (!(Math.abs(scaled) <= LARGEST)) return tooFar(name, { value: whole.values[row] as number, row, spread });
      points[row * columns.length + position] = scaled;
    }
  }
  if (tails.length > 0) findings.push(tamed(tails));
  return good({ points, rows: kept.length, columns: columns.length, kept, given, transforms, yardsticks, findings });
}

/** What brings a long tail in; none where there is none, or where most rows have one value, which no transform changes. */
export function cureFor(column: Measured): Transform {
  return broughtIn(column)?.transform ?? "none";
}

/** A tail that is shorter by less than this share is as long as before. */
const SHORTER = 0.05;

/** A column whose long tail is brought in: by log1p to the right of 0, else by ranks; null where neither does. */
function broughtIn(column: Measured): { transform: "log1p" | "rank"; images: Measured } | null {
  const skew = column.skewness();
  if (!(Math.abs(skew) > SKEWED)) return null;
  const isShorter = (images: Measured) => Math.abs(images.skewness()) < (1 - SHORTER) * Math.abs(skew);
  if (skew > 0 && column.moments().least >= 0) {
    const images = measured(imagesOf(column.values, Math.log1p));
    if (isShorter(images)) return { transform: "log1p", images };
  }
  const images = measured(ranks(column.values));
  return isShorter(images) ? { transform: "rank", images } : null;
}

/** A column whose long tail was brought in, and its skewness before and then. */
interface Tail {
  readonly name: string;
  readonly transform: Transform;
  readonly before: number;
  readonly after: number;
}

function tamed(tails: readonly Tail[]): Finding {
  const [first] = tails;
  const keep = tails.map(({ name, transform }) => `${name}: ${transform}`).join(", ");
  const told = (["log1p", "rank"] as const).flatMap((transform) => {
    const those = tails.filter((tail) => tail.transform === transform);
    const each = those.map(({ name, before, after }) => `${name} (skewness ${tenths(before)}, then ${tenths(after)})`);
    return those.length === 0 ? [] : [`A long tail is compared by its ${BY[transform]}: ${each.join(", ")}.`];
  });
  return {
    code: "skew-tamed",
    column: first !== undefined && tails.length === 1 ? first.name : null,
    message: told.join(" "),
    hint: `Write transform: {${keep}} to keep it so, or none for a column to compare it as it is.`,
  };
}

const BY = { log1p: "logarithm", rank: "rank" };

/** What a column's values are moved and divided by; a spread of 0 stands for a column of one value. */
function yardstick(
  column: { readonly name: string; readonly transform: Transform },
  shaped: Measured,
  scaling: Scaling,
): { low: number; spread: number; note: Finding | null } {
  const { least, most, mean, sd } = shaped.moments();
  if (least === most) return { low: least, spread: 0, note: constant(column.name, least) };
  const note = skewNote(column, shaped);
  if (scaling === "none") return { low: 0, spread: 1, note };
  if (scaling === "minmax") return { low: least, spread: most - least, note };
  const measure = scaling === "zscore" ? { low: mean, spread: sd } : quartileRange(shaped);
  return { ...measure, note: measure.spread > 0 ? note : tooNear(column.name, least, most) };
}

function quartileRange(shaped: Measured): { low: number; spread: number } {
  const [first, middle, third] = shaped.quartiles();
  const range = third - first;
  return { low: middle, spread: range > 0 ? range : 1.349 * shaped.moments().sd };
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
  shaped: Measured,
): Finding | null {
  if (transform === "rank") return null;
  const skew = shaped.skewness();
  if (!(Math.abs(skew) > SKEWED)) return null;
  const cure = cureFor(shaped);
  return {
    code: "skewed-column",
    column: name,
    message: `${name} has a long tail (skewness ${tenths(skew)}): a few rows will decide the distances.`,
    hint:
      cure === "none"
        ? `Most rows have one value of ${name}, and no transform changes that: leave it out, or ask for it in a rule.`
        : `Try transform: {${name}: ${transform === "none" ? cure : "rank"}}.`,
  };
}

/** A skewness just below 0 is 0.0, not -0.0. */
function tenths(value: number): string {
  return (Math.round(value * 10) / 10 + 0).toFixed(1);
}
