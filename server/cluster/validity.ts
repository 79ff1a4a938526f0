import { calinskiHarabasz, daviesBouldin } from "./dispersion.ts";
import type { FlatOptions } from "./flat.ts";
import type { Labels } from "./number-by-size.ts";
import { good, type Outcome } from "./outcome.ts";
import { Pace } from "./pace.ts";
import { silhouettes } from "./silhouette.ts";
import { stability } from "./stability.ts";

/** How good one number of clusters is, by four measures; NaN where a measure is not defined. */
export interface ValidityRow {
  readonly k: number;
  readonly silhouette: number;
  readonly calinski_harabasz: number;
  readonly davies_bouldin: number;
  readonly stability: number;
}

/** Judges flat clusterings of the same points, one row a k, in the order of `clusterings`; `stable` where it is known already. */
export async function validity(
  points: Float64Array,
  clusterings: ReadonlyMap<number, Labels>,
  options: FlatOptions & { readonly stable?: ReadonlyMap<number, number> },
): Promise<Outcome<ValidityRow[]>> {
  const stable = options.stable ? good(options.stable) : await stability(points, clusterings, options);
  if (!stable.ok) return stable;
  const pace = new Pace({ ...options, onProgress: undefined });
  const widths = await silhouettes(points, options, [...clusterings.values()], pace);
  const judged: ValidityRow[] = [];
  for (const [k, labels] of clusterings) {
    judged.push({
      k,
      silhouette: widths[judged.length] ?? Number.NaN,
      calinski_harabasz: calinskiHarabasz(points, options, labels),
      davies_bouldin: daviesBouldin(points, options, labels),
      stability: stable.value.get(k) ?? Number.NaN,
    });
    if (pace.due()) await pace.rest(1);
  }
  return good(judged);
}
