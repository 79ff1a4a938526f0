import { centreDistances, centres, largestLabel } from "../../cluster/centres.ts";
import { chooseK } from "../../cluster/choose-k.ts";
import { type ClusterRule, distil } from "../../cluster/distil.ts";
import type { KeptClusters } from "../../cluster/kept-clusters.ts";
import type { Merges } from "../../cluster/merges.ts";
import type { Labels } from "../../cluster/number-by-size.ts";
import { type Finding, good, type Outcome } from "../../cluster/outcome.ts";
import { overlaps } from "../../cluster/overlap.ts";
import { Pace } from "../../cluster/pace.ts";
import { type ProfileRow, profile } from "../../cluster/profile.ts";
import { seededRandom } from "../../cluster/random.ts";
import type { Scaled } from "../../cluster/scale.ts";
import { validity as judge, type ValidityRow } from "../../cluster/validity.ts";
import { printColumn } from "../../language/print-name.ts";
import type { Earlier } from "./follow.ts";
import { candidates, group, validityRange } from "./group.ts";
import { besideWords, standsOutBeside } from "./judged-count.ts";
import { type PeopleMap, peopleMap } from "./map.ts";
import type { ClusterBody } from "./schema.ts";
import { type ColumnStage, columnStages } from "./stages.ts";

/** Who is to be clustered, as a thread takes it. */
export interface Points {
  readonly body: ClusterBody;
  readonly columns: readonly { readonly name: string; readonly values: Float64Array }[];
  readonly seed: number;
  /** Null where numbers are by size. */
  readonly earlier: Earlier | null;
}

export interface Members {
  /** Rows of the people that were clustered, the label of each and its distance to its centre. */
  readonly kept: Int32Array;
  readonly labels: Labels;
  readonly distances: Float64Array;
  /** Of the columns as they were given, before filling, transforming and scaling. */
  readonly profile: readonly ProfileRow[];
  readonly merges: Merges | null;
  /** As they are kept for a later time: means of the people that are in them. */
  readonly clusters: KeptClusters;
  /** What people are told apart by: those means, or centres that were given. */
  readonly centres: KeptClusters;
  readonly map: PeopleMap;
  readonly stages: readonly ColumnStage[];
  readonly findings: readonly Finding[];
}

/** How good one number of clusters is, beside that of columns in random order, and whether it is the one to take. */
export interface JudgedRow extends ValidityRow {
  /** Silhouettes of the sample that was compared, and of the same with each column's values in random order; NaN where it can't have so many. */
  readonly sampled: number;
  readonly shuffled: number;
  readonly recommended: boolean;
}

export interface Judged {
  readonly rows: readonly JudgedRow[];
  /** Whether any k stands out, of those judged or beside them, and the recommendation or its want in words. */
  readonly structured: boolean;
  readonly reason: string;
}

type Tell = (share: number) => void;

/** Clusters people, and says what each cluster is like; `tell` is given the share that is done. Faults: those of `group`. */
export async function members(people: Points, tell: Tell): Promise<Outcome<Members>> {
  const { body, columns, seed } = people;
  const grouped = await group(people, tell);
  if (!grouped.ok) return grouped;
  const { scaled, labels, merges, findings, clusters, fixed } = grouped.value;
  tell(0.8);
  const distances = fixed?.distances ?? ownDistances(scaled, labels);
  const given = columns.map(({ name }, position) => ({ name, given: scaled.given(position) }));
  const { kept } = scaled;
  tell(0.82);
  const map = peopleMap(scaled, { labels, seed });
  tell(0.86);
  const stages = columnStages(given, scaled, body, (share) => tell(0.86 + share * 0.07));
  const profiled = profile(given, labels, (share) => tell(0.93 + share * 0.06));
  const shown = given.map((column) => ({ name: column.name, values: column.given.values }));
  const random = seededRandom(seed, "rows that clusters are told apart by");
  const overlapping = await overlaps(shown, labels, { random, pace: new Pace({}) });
  const found = { clusters, centres: fixed?.centres ?? clusters, findings: [...findings, ...overlapping] };
  return good({ kept, labels, distances, profile: profiled, merges, map, stages, ...found });
}

function ownDistances(scaled: Scaled, labels: Labels): Float64Array {
  const means = centres(scaled.points, scaled, labels, largestLabel(labels));
  return centreDistances(scaled.points, scaled, labels, means);
}

/** Judges each number of clusters that there is to choose from. Faults: those of `candidates` and `chooseK`. */
export async function validity(people: Points, tell: Tell): Promise<Outcome<Judged>> {
  const found = await candidates(people, validityRange(people.body), tell);
  if (!found.ok) return found;
  const { scaled, clusterings, options } = found.value;
  const choice = await chooseK(scaled.points, clusterings, {
    ...options,
    onProgress: (share) => tell(0.6 + share * 0.3),
  });
  if (!choice.ok) return choice;
  const beside = await standsOutBeside(found.value, choice.value);
  if (!beside.ok) return beside;
  const { compared, structured } = choice.value;
  const judged = await judge(scaled.points, clusterings, { ...options, stable: choice.value.stability });
  if (!judged.ok) return judged;
  const rows = judged.value.map((row) => {
    const { data, reference } = compared.byK.get(row.k) ?? { data: Number.NaN, reference: Number.NaN };
    // The values of one column are the same in any order.
    const shuffled = scaled.columns === 1 ? Number.NaN : reference;
    return { ...row, sampled: data, shuffled, recommended: structured && row.k === choice.value.k };
  });
  // Clusters that are there in another number are clusters: nothing is recommended then, and the reason names it.
  if (beside.value !== null) return good({ rows, structured: true, reason: besideWords(choice.value, beside.value) });
  return good({ rows, structured, reason: choice.value.reason });
}

/** A rule for each cluster, in columns as they were given. */
export async function rules(
  { columns, labels, seed }: { columns: Parameters<typeof distil>[0]; labels: Int32Array; seed: number },
  tell: Tell,
): Promise<ClusterRule[]> {
  return distil(columns, labels, { seed, nameText: printColumn, onProgress: tell });
}
