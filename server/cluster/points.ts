import { type Fault, fault } from "./outcome.ts";

/** The shape of a row-major matrix of points: `rows` × `columns`. */
export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

/** Squares of larger numbers overflow a double once they are summed. */
export const LARGEST = 1e150;

/** Says what makes points unfit for distances: no rows, a missing or an immense value. Null where they are fit. `before` rows come before these. */
export function checkPoints(points: Float64Array, { rows, columns }: Shape, before = 0): Fault | null {
  if (points.length !== rows * columns) throw new RangeError(`${points.length} values are not ${rows} × ${columns}`);
  if (rows === 0) return fault("no-rows", "There are no rows to cluster.", "Check what the relation's filters leave.");
  // Not `findIndex`: calling a function for each number takes several times as long.
  let at = 0;
  while (at < points.length && Math.abs(points[at] as number) <= LARGEST) at++;
  if (at === points.length) return null;
  const place = `row ${before + Math.floor(at / columns) + 1}, column ${(at % columns) + 1}`;
  return Number.isNaN(points[at])
    ? fault("missing-value", `A value is missing in ${place}.`, "Fill or drop missing values before clustering.")
    : fault(
        "value-too-large",
        `${points[at]} in ${place} is too large for a distance.`,
        "Scale or transform the column first.",
      );
}
