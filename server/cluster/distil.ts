import { largestLabel } from "./centres.ts";
import { borderText, type Condition } from "./condition.ts";
import type { Labels } from "./number-by-size.ts";
import { Pace, type Watch } from "./pace.ts";
import { sampleRows, seededRandom } from "./random.ts";
import { searchRule } from "./rule-search.ts";

/** A column in its own units; NaN is missing. A boolean's values are 0 and 1. */
export interface RuleColumn {
  readonly name: string;
  readonly values: Float64Array;
  readonly kind: "number" | "boolean";
}

/** A rule that stands for a cluster, so that it can live on as a segment. */
export interface ClusterRule {
  readonly cluster: number;
  /** One to four, all of which must hold. */
  readonly conditions: readonly Condition[];
  /** The conditions in the rule language. */
  readonly rule: string;
  /** Share of the rows that meet the rule that are in the cluster, and of the cluster's rows that meet it. */
  readonly precision: number;
  readonly recall: number;
  /** Other clusters most of whose rows meet the rule too: one rule can't tell them apart. */
  readonly mixedWith: readonly number[];
}

export interface DistilOptions extends Watch {
  readonly seed: number;
  /** How the rule language writes a column's name. */
  readonly nameText: (column: string) => string;
}

/** Rows that are searched at most; precision and recall are always of all rows. */
const SEARCHED = 50_000;

/**
 * Finds for each cluster the rule of at most four borders that fits it best: the greatest F₁ less 0.01 a condition,
 * by a beam search over thresholds. Rows with label 0 count nowhere. Deterministic for a seed.
 */
export async function distil(
  columns: readonly RuleColumn[],
  labels: Labels,
  options: DistilOptions,
): Promise<ClusterRule[]> {
  const pace = new Pace(options);
  const clustered = Int32Array.from(labels, (_, row) => row).filter((row) => labels[row] !== 0);
  const picked = sampleRows(clustered.length, SEARCHED, seededRandom(options.seed, "rows searched for rules"));
  const rows = picked.map((at) => clustered[at] as number);
  const searched = columns.map(({ name, values }) => ({
    name,
    values: Float64Array.from(rows, (row) => values[row] as number),
  }));
  const theirs = rows.map((row) => labels[row] as number);
  const k = largestLabel(labels);
  const rules: ClusterRule[] = [];
  for (let cluster = 1; cluster <= k; cluster++) {
    // Numbers that follow earlier clusters may have gaps.
    if (!labels.includes(cluster)) continue;
    const conditions = await searchRule(
      searched,
      theirs.map((label) => (label === cluster ? 1 : 0)),
      pace,
    );
    const clusterFit = fitOf(conditions, columns, labels, cluster);
    rules.push({
      cluster,
      conditions,
      rule: conditions.map((condition) => conditionText(condition, columns, options.nameText)).join(" AND "),
      ...clusterFit,
    });
    if (pace.due()) await pace.rest(cluster / k);
  }
  return rules;
}

/** How conditions fit a cluster; precision is NaN where nobody meets them. */
function fitOf(
  conditions: readonly Condition[],
  columns: readonly RuleColumn[],
  labels: Labels,
  cluster: number,
): Pick<ClusterRule, "precision" | "recall" | "mixedWith"> {
  const tests = conditions.map(({ column, operator, value }) => ({
    values: columns.find(({ name }) => name === column)?.values,
    operator,
    value,
  }));
  const k = largestLabel(labels);
  const size = new Float64Array(k + 1);
  const met = new Float64Array(k + 1);
  labels.forEach((label, row) => {
    if (label === 0) return;
    size[label] = (size[label] as number) + 1;
    const meets = tests.every(({ values, operator, value }) => {
      const here = values?.[row] ?? Number.NaN;
      return operator === ">=" ? here >= value : here <= value;
    });
    if (meets) met[label] = (met[label] as number) + 1;
  });
  const own = met[cluster] as number;
  const others = Array.from({ length: k }, (_, i) => i + 1).filter((other) => other !== cluster);
  return {
    precision: own / met.reduce((sum, count) => sum + count, 0),
    recall: own / (size[cluster] as number),
    mixedWith: others.filter((other) => (met[other] as number) > (size[other] as number) / 2),
  };
}

function conditionText(
  { column, operator, value }: Condition,
  columns: readonly RuleColumn[],
  nameText: (column: string) => string,
): string {
  const kind = columns.find(({ name }) => name === column)?.kind;
  if (kind === "boolean") return `${nameText(column)} = ${operator === ">=" ? "TRUE" : "FALSE"}`;
  return `${nameText(column)} ${borderText(operator, value)}`;
}
