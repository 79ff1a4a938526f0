import { largestLabel } from "./centres.ts";
import { type Condition, plainNumber } from "./condition.ts";
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
    const conditions = await searchRule(
      searched,
      theirs.map((label) => (label === cluster ? 1 : 0)),
      pace,
    );
    rules.push({
      cluster,
      conditions,
      rule: conditions.map((condition) => conditionText(condition, columns, options.nameText)).join(" AND "),
      ...precisionAndRecall(conditions, columns, labels, cluster),
    });
    if (pace.due()) await pace.rest(cluster / k);
  }
  return rules;
}

/** Precision and recall of conditions for a cluster; precision is NaN where nobody meets them. */
function precisionAndRecall(
  conditions: readonly Condition[],
  columns: readonly RuleColumn[],
  labels: Labels,
  cluster: number,
): { precision: number; recall: number } {
  const tests = conditions.map(({ column, operator, value }) => ({
    values: columns.find(({ name }) => name === column)?.values,
    operator,
    value,
  }));
  let met = 0;
  let size = 0;
  let both = 0;
  labels.forEach((label, row) => {
    if (label === 0) return;
    const meets = tests.every(({ values, operator, value }) => {
      const here = values?.[row] ?? Number.NaN;
      return operator === ">=" ? here >= value : here <= value;
    });
    if (meets) met++;
    if (label === cluster) size++;
    if (meets && label === cluster) both++;
  });
  return { precision: both / met, recall: both / size };
}

function conditionText(
  { column, operator, value }: Condition,
  columns: readonly RuleColumn[],
  nameText: (column: string) => string,
): string {
  const kind = columns.find(({ name }) => name === column)?.kind;
  if (kind === "boolean") return `${nameText(column)} = ${operator === ">=" ? "TRUE" : "FALSE"}`;
  return `${nameText(column)} ${operator} ${plainNumber(value)}`;
}
