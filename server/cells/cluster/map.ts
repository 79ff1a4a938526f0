import type { Labels } from "../../cluster/number-by-size.ts";
import { type Principal, principalComponents, project } from "../../cluster/principal.ts";
import { sampleRows, seededRandom } from "../../cluster/random.ts";
import type { Scaled } from "../../cluster/scale.ts";

/** People along the two directions in which they differ most. */
export interface PeopleMap {
  /** Rows of `scaled`, ascending: everybody, or a seeded sample. */
  readonly rows: Int32Array;
  readonly labels: Int32Array;
  readonly x: Float64Array;
  /** 0 where there is one column alone. */
  readonly y: Float64Array;
  readonly principal: Principal;
}

/** As many as a page draws and searches at once. */
const PEOPLE = 50_000;

export function peopleMap(scaled: Scaled, { labels, seed }: { labels: Labels; seed: number }): PeopleMap {
  const principal = principalComponents(scaled.points, scaled, 2);
  const rows = sampleRows(scaled.rows, PEOPLE, seededRandom(seed, "people on the map"));
  const places = project(scaled.points, scaled.columns, rows, principal);
  const components = principal.shares.length;
  const along = (component: number) =>
    Float64Array.from(rows, (_, at) => (component < components ? (places[at * components + component] as number) : 0));
  return { rows, labels: rows.map((row) => labels[row] as number), x: along(0), y: along(1), principal };
}
