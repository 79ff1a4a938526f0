import { possibleCounts } from "../../cluster/cluster-count.ts";
import { cutTree } from "../../cluster/cut.ts";
import { type FlatOptions, flatClusterings, hierarchy, settledClusterings } from "../../cluster/flat.ts";
import type { KeptClusters } from "../../cluster/kept-clusters.ts";
import type { Merges } from "../../cluster/merges.ts";
import type { Labels } from "../../cluster/number-by-size.ts";
import { type Finding, fault, good, type Outcome } from "../../cluster/outcome.ts";
import { type Scaled, scale } from "../../cluster/scale.ts";
import { warnings } from "../../cluster/warnings.ts";
import { follow } from "./follow.ts";
import { judgeCount, pickCount } from "./judged-count.ts";
import { clusterKernels } from "./kernels.ts";
import { MOST_COMPARED } from "./most-compared.ts";
import { groupNearest } from "./nearest.ts";
import { numberings } from "./numberings.ts";
import type { ClusterBody } from "./schema.ts";
import { clusterHelpers } from "./threads.ts";
import type { Points } from "./work.ts";

export interface Grouped {
  readonly scaled: Scaled;
  /** Of the rows of `scaled`; 1 is the largest cluster, or numbers are those of clusters before. */
  readonly labels: Labels;
  readonly k: number;
  /** The same clusters as they are kept for a later time. */
  readonly clusters: KeptClusters;
  /** Centres that were given, and the rows' distances to them; null where the centres are the means. */
  readonly fixed: { readonly centres: KeptClusters; readonly distances: Float64Array } | null;
  /** Null for k-means, which has no hierarchy. */
  readonly merges: Merges | null;
  readonly findings: readonly Finding[];
}

/** The same people in several numbers of clusters, out of one hierarchy where there is one. */
export interface Candidates {
  readonly scaled: Scaled;
  readonly clusterings: ReadonlyMap<number, Labels>;
  readonly merges: Merges | null;
  readonly options: FlatOptions;
  readonly findings: readonly Finding[];
}

type Tell = (share: number) => void;

/** Rows up to which the exact hierarchy is made without being asked for, and up to which it can be: the next takes minutes more. */
const WARD_ROWS = 100_000;
const EXACT_LIMIT = 1_000_000;

/** Clusters people as the cell says, and picks k where that is left open. */
export async function group(people: Points, tell: Tell): Promise<Outcome<Grouped>> {
  const { k, assign } = people.body;
  if (assign === "nearest") return groupNearest(people);
  const asked = typeof k === "number" ? [k] : span(k.auto[0], k.auto[1]);
  const found = await candidates(people, asked, tell);
  if (!found.ok) return found;
  const { scaled, clusterings, merges, findings } = found.value;
  const judge = (share: number) => tell(0.6 + share * 0.2);
  const choice = typeof k === "number" ? await judgeCount(k, found.value, judge) : await pickCount(found.value, judge);
  if (!choice.ok) return choice;
  const bySize = clusterings.get(choice.value.k);
  if (bySize === undefined) throw new Error(`no clustering with k = ${choice.value.k}`);
  const { labels, clusters, findings: led } = follow(bySize, scaled, people);
  const names = people.columns.map((column) => column.name);
  const warned = [...numberings(people.columns), ...warnings(scaled.points, scaled, labels, names)];
  return good({
    scaled,
    labels,
    k: choice.value.k,
    clusters,
    fixed: null,
    merges,
    findings: [...findings, ...choice.value.findings, ...led, ...warned],
  });
}

/** The k that validity looks at: those of `auto`, or from 2 to 8 and to a fixed one, or where those were too many with it. */
export function validityRange({ k }: ClusterBody): number[] {
  if (typeof k !== "number") return span(k.auto[0], k.auto[1]);
  return k - 1 <= MOST_COMPARED ? span(2, Math.max(8, k)) : [...span(2, 8), k];
}

/** Scales people's columns and clusters them for every k of `asked` that is possible. */
export async function candidates(people: Points, asked: readonly number[], tell: Tell): Promise<Outcome<Candidates>> {
  const { method, exact, transform, scale: scaling, missing } = people.body;
  const columns = people.columns.map(
    ({ name, values }) => ({ name, values, transform: transform[name] ?? "auto" }) as const,
  );
  const prepared = scale(columns, { scale: scaling, missing, onProgress: (share) => tell(share * 0.1) });
  if (!prepared.ok) return prepared;
  const scaled = prepared.value;
  const { points, rows } = scaled;
  if (method === "ward" && exact && rows > EXACT_LIMIT) {
    const message = `The exact hierarchy takes up to ${EXACT_LIMIT.toLocaleString("en")} rows, and there are ${rows.toLocaleString("en")}.`;
    return fault("too-many-rows", message, "Leave out exact: micro-clusters take any number. Or cluster a sample.");
  }
  const counts = possibleCounts(points, scaled, asked);
  if (!counts.ok) return counts;
  const { ks } = counts.value;
  const findings = [...scaled.findings, ...counts.value.findings];
  const onProgress = (share: number) => tell(0.1 + share * 0.5);
  const shape = {
    rows,
    columns: scaled.columns,
    seed: people.seed,
    onProgress,
    kernels: clusterKernels(),
    helpers: clusterHelpers(),
  };
  const whole = { scaled, findings, options: { ...shape, method } };
  if (method === "kmeans") {
    const clusterings = await flatClusterings(points, ks, { ...shape, method });
    return clusterings.ok ? good({ ...whole, clusterings: clusterings.value, merges: null }) : clusterings;
  }
  if (method === "ward" && rows > WARD_ROWS && !exact) {
    const found = await settledClusterings(points, ks, shape);
    if (!found.ok) return found;
    const { merges } = found.value;
    const told = {
      findings: [...findings, byMicroClusters(merges.rows, rows)],
      options: { ...shape, method: "settled" } as const,
    };
    return good({ scaled, ...told, ...found.value });
  }
  const merges = await hierarchy(points, { ...shape, method });
  if (!merges.ok) return merges;
  const clusterings = new Map(ks.map((k) => [k, cutTree(merges.value, k)]));
  return good({ ...whole, clusterings, merges: merges.value });
}

function byMicroClusters(cells: number, rows: number): Finding {
  return {
    code: "micro-clusters",
    column: null,
    message: `The hierarchy is of ${cells.toLocaleString("en")} micro-clusters, small groups of people who are near each other, that stand for ${rows.toLocaleString("en")} people; k-means then moved everybody to the nearest of the clusters that it was cut into.`,
    hint: "Write exact: true for Ward's hierarchy of all people, which takes minutes. How many clusters there are was judged by samples.",
  };
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
