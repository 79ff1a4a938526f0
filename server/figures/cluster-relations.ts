import type { ResultPage } from "../run/view.ts";
import { asNumber, asText, columnOf } from "./columns.ts";
import type { Merge } from "./dendrogram-tree.ts";
import { field } from "./segmentation.ts";

type Page = Pick<ResultPage, "columns" | "rows">;

/** How well a cut into k holds; null where it was not measured. */
export interface CutQuality {
  k: number;
  stability: number | null;
}

const METHODS: Readonly<Record<string, string>> = {
  ward: "Ward",
  average: "average linkage",
  complete: "complete linkage",
  single: "single linkage",
  kmeans: "k-means",
};

/** How a cluster cell goes about it: `Ward, robust scale`. */
export function clusterManner(body: unknown): string {
  const method = field(body, "method");
  const scale = field(body, "scale");
  const words = typeof method === "string" ? [METHODS[method] ?? method] : [];
  if (typeof scale === "string" && scale !== "none") words.push(`${scale} scale`);
  if (field(body, "assign") === "nearest") words.push("nearest of the lock's centres");
  return words.join(", ");
}

/** Names that the cell's body gives to its clusters, by number. */
export function clusterNames(body: unknown): Record<number, string> {
  const names = field(body, "names");
  if (typeof names !== "object" || names === null) return {};
  return Object.fromEntries(
    Object.entries(names).flatMap(([cluster, name]) => (typeof name === "string" ? [[Number(cluster), name]] : [])),
  );
}

/** The last merges, which were read from the highest down, in order of height. */
export function mergesOf(page: Page): Merge[] {
  const [left, right, height, size] = ["left", "right", "height", "size"].map((name) => columnOf(page, name));
  const merges = page.rows.map((row) => ({
    left: asNumber(left?.(row) ?? null) ?? 0,
    right: asNumber(right?.(row) ?? null) ?? 0,
    height: asNumber(height?.(row) ?? null) ?? 0,
    size: asNumber(size?.(row) ?? null) ?? 0,
  }));
  return merges.reverse();
}

/** How well each number of clusters holds. */
export function qualitiesOf(page: Page | null): CutQuality[] {
  if (page === null) return [];
  const [k, stability] = ["k", "stability"].map((name) => columnOf(page, name));
  return page.rows.flatMap((row) => {
    const clusters = asNumber(k?.(row) ?? null);
    return clusters === null ? [] : [{ k: clusters, stability: asNumber(stability?.(row) ?? null) }];
  });
}

/** A rule that describes a cluster, and how well it does. */
export interface ClusterRule {
  readonly text: string;
  readonly precision: number | null;
  readonly recall: number | null;
}

export function rulesOf(page: Page): Map<number, ClusterRule> {
  const [cluster, rule, precision, recall] = ["cluster", "rule", "precision", "recall"].map((name) =>
    columnOf(page, name),
  );
  const found = new Map<number, ClusterRule>();
  for (const row of page.rows) {
    const number = asNumber(cluster?.(row) ?? null);
    const text = asText(rule?.(row) ?? null);
    if (number === null || text === "" || found.has(number)) continue;
    found.set(number, {
      text,
      precision: asNumber(precision?.(row) ?? null),
      recall: asNumber(recall?.(row) ?? null),
    });
  }
  return found;
}

/** What is said of clusters whose best rule takes in another one, by the cluster's number. */
export function mixedRules(
  problems: readonly { readonly code: string; readonly message: string }[],
): Map<number, string> {
  return new Map(
    problems.flatMap(({ code, message }) => {
      const found = code === "rule-mixes-clusters" ? /^The best rule for cluster (\d+) (.*?): `/.exec(message) : null;
      return found === null ? [] : [[Number(found[1]), `This rule ${found[2]}.`] as const];
    }),
  );
}
