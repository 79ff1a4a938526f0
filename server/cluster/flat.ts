import { cutTree } from "./cut.ts";
import { kmeans } from "./kmeans.ts";
import { type Linkage, linkage } from "./linkage.ts";
import type { Merges } from "./merges.ts";
import type { Labels } from "./number-by-size.ts";
import { good, type Outcome } from "./outcome.ts";
import type { Watch } from "./pace.ts";
import type { Shape } from "./points.ts";
import { ward } from "./ward.ts";

export type HierarchyMethod = "ward" | Linkage;
export type Method = HierarchyMethod | "kmeans";

export interface FlatOptions extends Shape, Watch {
  readonly method: Method;
  readonly seed: number;
}

/** Flat clusterings of the same points for several k, each numbered by size; a hierarchy is built once and cut for each. */
export async function flatClusterings(
  points: Float64Array,
  ks: readonly number[],
  options: FlatOptions,
): Promise<Outcome<Map<number, Labels>>> {
  const { method } = options;
  if (method !== "kmeans") {
    const merges = await hierarchy(points, { ...options, method });
    return merges.ok ? good(new Map(ks.map((k) => [k, cutTree(merges.value, k)]))) : merges;
  }
  const clusterings = new Map<number, Labels>();
  for (const k of ks) {
    const found = await kmeans(points, { ...options, k });
    if (!found.ok) return found;
    clusterings.set(k, found.value.labels);
  }
  return good(clusterings);
}

/** The hierarchy of any of the four linkages. */
export async function hierarchy(
  points: Float64Array,
  options: Shape & Watch & { readonly method: HierarchyMethod },
): Promise<Outcome<Merges>> {
  const { method } = options;
  return method === "ward" ? ward(points, options) : linkage(points, { ...options, method });
}
