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

/** How well each number of clusters holds, and the one that holds best: by stability, then by silhouette. */
export function qualityOf(page: Page | null): { qualities: CutQuality[]; recommended: number | null } {
  if (page === null) return { qualities: [], recommended: null };
  const [k, stability, silhouette] = ["k", "stability", "silhouette"].map((name) => columnOf(page, name));
  const rows = page.rows.flatMap((row) => {
    const clusters = asNumber(k?.(row) ?? null);
    if (clusters === null) return [];
    const own = asNumber(stability?.(row) ?? null);
    return [{ k: clusters, stability: own, shape: asNumber(silhouette?.(row) ?? null) ?? Number.NEGATIVE_INFINITY }];
  });
  const ranked = [...rows].sort((a, b) => (b.stability ?? -1) - (a.stability ?? -1) || b.shape - a.shape);
  return { qualities: rows.map((row) => ({ k: row.k, stability: row.stability })), recommended: ranked[0]?.k ?? null };
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
