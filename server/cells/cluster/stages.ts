import { type Distribution, distribution, SKEWED } from "../../cluster/distribution.ts";
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
  given: readonly { readonly name: string; readonly values: Float64Array }[],
  scaled: Scaled,
  { scale: scaling }: Pick<ClusterBody, "scale">,
): ColumnStage[] {
  return given.flatMap(({ name, values }, position) => {
    const transform = scaled.transforms[position] ?? "none";
    const compared = distribution(columnOf(scaled, position));
    const stages: ColumnStage[] = [
      { column: name, stage: "given", transform: "none", ...distribution(values) },
      { column: name, stage: "compared", transform, ...compared },
    ];
    const cure = cureOf(values, compared, transform);
    if (cure === null) return stages;
    const tried = scale([{ name, values, transform: cure }], { scale: scaling, missing: "median" });
    if (tried.ok)
      stages.push({ column: name, stage: "proposed", transform: cure, ...distribution(tried.value.points) });
    return stages;
  });
}

function columnOf({ points, rows, columns }: Scaled, position: number): Float64Array {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = points[row * columns + position] as number;
  return values;
}

/** Null where the tail is short, or where nothing brings it in. */
function cureOf(values: Float64Array, { skewness }: Distribution, transform: Transform): Transform | null {
  if (transform === "rank" || !(Math.abs(skewness) > SKEWED)) return null;
  const cure = transform === "none" ? cureFor(values) : "rank";
  return cure === "none" ? null : cure;
}
