import { type Distribution, distribution, SKEWED } from "../../cluster/distribution.ts";
import { type Measured, measured } from "../../cluster/known-values.ts";
import { cureFor, type Scaled, scale } from "../../cluster/scale.ts";
import type { Transform } from "../../cluster/transform.ts";
import type { ClusterBody } from "./schema.ts";

/** A column as it was given, as it was compared, or as it would be with the transform that is proposed for it. */
export interface ColumnStage extends Distribution {
  readonly column: string;
  readonly stage: "given" | "compared" | "proposed";
  readonly transform: Transform;
}

/** Each column before and after it is made comparable, and what would bring in a tail that is still long then. */
export function columnStages(
  columns: readonly { readonly name: string; readonly given: Measured }[],
  scaled: Scaled,
  { scale: scaling }: Pick<ClusterBody, "scale">,
  tell: (share: number) => void,
): ColumnStage[] {
  const values = new Float64Array(scaled.rows);
  return columns.flatMap(({ name, given }, position) => {
    tell(position / columns.length);
    const transform = scaled.transforms[position] ?? "none";
    const compared = distribution(columnOf(scaled, position, values));
    const stages: ColumnStage[] = [
      { column: name, stage: "given", transform: "none", ...distribution(given) },
      { column: name, stage: "compared", transform, ...compared },
    ];
    const cure = cureOf(given, compared, transform);
    if (cure === null) return stages;
    const tried = scale([{ name, values: given.values, transform: cure }], { scale: scaling, missing: "median" });
    if (!tried.ok) return stages;
    const proposed = distribution(measured(tried.value.points));
    stages.push({ column: name, stage: "proposed", transform: cure, ...proposed });
    return stages;
  });
}

/** In `values`, until the next column is put there. */
function columnOf({ points, rows, columns }: Scaled, position: number, values: Float64Array): Measured {
  for (let row = 0; row < rows; row++) values[row] = points[row * columns + position] as number;
  return measured(values);
}

/** Null where the tail is short, or where nothing brings it in. */
function cureOf(given: Measured, { skewness }: Distribution, transform: Transform): Transform | null {
  if (transform === "rank" || !(Math.abs(skewness) > SKEWED)) return null;
  const cure = transform === "none" ? cureFor(given) : "rank";
  return cure === "none" ? null : cure;
}
