import { squaredDistance } from "./centres.ts";
import type { KeptClusters } from "./kept-clusters.ts";
import { measured } from "./known-values.ts";
import { fillMissing, type Missing } from "./missing.ts";
import type { Labels } from "./number-by-size.ts";
import { type Finding, fault, good, type Outcome } from "./outcome.ts";
import type { Scaled } from "./scale.ts";
import { transformed } from "./transform.ts";

interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
}

export interface Assigned {
  /** In the scaled units of the kept clusters, whose yardsticks it has. */
  readonly scaled: Scaled;
  /** The number of the nearest centre, the smaller one of two that are equally near. */
  readonly labels: Labels;
  /** Euclidean, to that centre. */
  readonly distances: Float64Array;
}

/**
 * Puts rows to the clusters whose kept centres are nearest, with the yardsticks and fills that were kept, so that the same
 * row always comes to the same cluster whoever else is there. Columns in the order of the kept ones. Faults: those of
 * `fillMissing` and `transformed`, `nearest-of-ranks`, since a rank is of all rows.
 */
export function assignNearest(
  columns: readonly NamedColumn[],
  kept: KeptClusters,
  missing: Missing,
): Outcome<Assigned> {
  const filled = missing === "median" ? columns.map((column, c) => filledIn(column, kept.columns[c]?.fill)) : columns;
  const whole = fillMissing(filled, missing === "median" ? "stop" : missing);
  if (!whole.ok) return whole;
  const rows = whole.value.kept.length;
  const points = new Float64Array(rows * kept.columns.length);
  for (const [position, { name, transform, low, spread }] of kept.columns.entries()) {
    if (transform === "rank") {
      const message = `${name} is compared by its rank, which is one among all people and can't be kept.`;
      return fault(
        "nearest-of-ranks",
        message,
        "Give the column another transform, or leave out assign: nearest.",
        name,
      );
    }
    const shaped = transformed({ name, transform }, whole.value.whole(position).values);
    if (!shaped.ok) return shaped;
    for (let row = 0; row < rows; row++) {
      const value = shaped.value[row] as number;
      points[row * kept.columns.length + position] = spread > 0 ? (value - low) / spread : 0;
    }
  }
  const findings = [...whole.value.findings, ...(missing === "median" ? fillNotes(columns, kept) : [])];
  const own = columns.map(({ values }) => measured(values));
  const scaled: Scaled = {
    ...{ points, rows, columns: kept.columns.length, kept: whole.value.kept, findings },
    given: (position) => (missing === "median" ? own[position] : undefined) ?? whole.value.given(position),
    transforms: kept.columns.map(({ transform }) => transform),
    yardsticks: kept.columns.map(({ low, spread, fill }) => ({ low, spread, fill })),
  };
  return good({ scaled, ...nearestOf(scaled, kept) });
}

function nearestOf({ points, rows, columns }: Scaled, { clusters }: KeptClusters): Omit<Assigned, "scaled"> {
  const byNumber = [...clusters].sort((a, b) => a.number - b.number);
  const centres = Float64Array.from(byNumber.flatMap(({ centre }) => [...centre]));
  const labels = new Int32Array(rows);
  const distances = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let least = Infinity;
    byNumber.forEach(({ number }, at) => {
      const distance = squaredDistance(points, row, centres, at, columns);
      if (distance >= least) return;
      least = distance;
      labels[row] = number;
    });
    distances[row] = Math.sqrt(least);
  }
  return { labels, distances };
}

function filledIn({ name, values }: NamedColumn, fill = Number.NaN): NamedColumn {
  return { name, values: values.map((value) => (Number.isNaN(value) ? fill : value)) };
}

function fillNotes(columns: readonly NamedColumn[], kept: KeptClusters): Finding[] {
  return columns.flatMap(({ name, values }, c) => {
    const gaps = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
    if (gaps === 0) return [];
    const message = `${name} is missing in ${gaps.toLocaleString("en")} of ${values.length.toLocaleString("en")} rows, which count as the lock's median ${kept.columns[c]?.fill}.`;
    return [{ code: "missing-filled", column: name, message, hint: "Set missing: drop to leave these rows out." }];
  });
}
