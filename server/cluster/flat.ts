import { cutTree } from "./cut.ts";
import { kmeans } from "./kmeans.ts";
import { type Linkage, linkage } from "./linkage.ts";
import type { Merges } from "./merges.ts";
import { microHierarchy, settledCut } from "./micro-hierarchy.ts";
import type { Labels } from "./number-by-size.ts";
import { fault, good, type Outcome } from "./outcome.ts";
import { Pace, type Watch } from "./pace.ts";
import type { Shape } from "./points.ts";
import { checkRows, matrixSource } from "./row-source.ts";
import { ward } from "./ward.ts";

export type HierarchyMethod = "ward" | Linkage;
/** `settled` is Ward by way of micro-clusters, each cut settled by k-means. */
export type Method = HierarchyMethod | "kmeans" | "settled";

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
  if (method === "settled") {
    const found = await settledClusterings(points, ks, options);
    return found.ok ? good(found.value.clusterings) : found;
  }
  if (method !== "kmeans") {
    const merges = await hierarchy(points, { ...options, method });
    return merges.ok ? good(new Map(ks.map((k) => [k, cutTree(merges.value, k)]))) : merges;
  }
  const clusterings = new Map<number, Labels>();
  for (const [at, k] of ks.entries()) {
    const onProgress = (share: number) => options.onProgress?.((at + share) / ks.length);
    const found = await kmeans(points, { ...options, k, onProgress });
    if (!found.ok) return found;
    clusterings.set(k, found.value.labels);
  }
  return good(clusterings);
}

/** Ward by way of micro-clusters: their hierarchy, and its cuts, settled by k-means. Faults: as of `checkRows`, `k-above-micro-clusters`. */
export async function settledClusterings(
  points: Float64Array,
  ks: readonly number[],
  options: Shape & Watch & { readonly seed: number },
): Promise<Outcome<{ readonly merges: Merges; readonly clusterings: Map<number, Labels> }>> {
  const source = matrixSource(points, options);
  const unfit = checkRows(source);
  if (unfit) return unfit;
  const pace = new Pace(options);
  // The hierarchy takes about as long as settling two of its cuts.
  const steps = ks.length + 2;
  const found = await microHierarchy(source, { pace: pace.part(0, 2 / steps), seed: options.seed });
  const cells = found.merges.rows;
  const beyond = ks.find((k) => k > cells);
  if (beyond !== undefined) {
    const message = `k is ${beyond}, but there are only ${cells} micro-clusters to make clusters of.`;
    return fault("k-above-micro-clusters", message, `Set k to at most ${cells}, or exact: true.`);
  }
  const clusterings = new Map<number, Labels>();
  for (const [at, k] of ks.entries()) {
    const own = pace.part((at + 2) / steps, (at + 3) / steps);
    clusterings.set(k, await settledCut(source, found, { k, pace: own }));
  }
  return good({ merges: found.merges, clusterings });
}

/** The hierarchy of any of the four linkages. */
export async function hierarchy(
  points: Float64Array,
  options: Shape & Watch & { readonly method: HierarchyMethod },
): Promise<Outcome<Merges>> {
  const { method } = options;
  return method === "ward" ? ward(points, options) : linkage(points, { ...options, method });
}
