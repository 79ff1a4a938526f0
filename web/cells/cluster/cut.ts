import { cutTree, mergeTree } from "../../../server/figures/dendrogram-tree.ts";
import { replaceBody } from "../../../server/notebook/edit/replace-body.ts";
import { setScalar } from "../../../server/notebook/edit/set-scalar.ts";
import type { Edited } from "../../../server/notebook/edit/target.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { renderScalar } from "../../../server/notebook/yaml/render.ts";
import type { Merge } from "../../parts/dendrogram.ts";

export type ClusterNames = Readonly<Record<number, string>>;

/** A cut of a hierarchy: how many clusters, and what those are called that have a name. */
export interface Cut {
  readonly k: number;
  readonly names: ClusterNames;
}

/** The same names at another cut: clusters that are still the same people keep theirs, whatever their number is then. */
export function namesAt(merges: readonly Merge[], before: Cut, k: number): ClusterNames {
  const tree = mergeTree(merges, merges.length + 1);
  if (tree === null) return {};
  const named = new Map(cutTree(tree, before.k).map(({ number, node }) => [node.id, before.names[number]]));
  const names: Record<number, string> = {};
  for (const { number, node } of cutTree(tree, k)) {
    const name = named.get(node.id);
    if (name !== undefined) names[number] = name;
  }
  return names;
}

/** Cuts a cluster cell anew; the names take the place of those that its text gives. */
export function cutAt(text: string, id: string, { k, names }: Cut): Edited {
  const cut = setScalar(text, id, ["k"], k);
  if (typeof cut !== "string") return cut;
  const cell = parseNotebook(cut).cells.find((each) => each.id === id);
  if (cell === undefined) return cut;
  const body = withNames(cell.body, names);
  return body === cell.body ? cut : replaceBody(cut, id, body);
}

export interface TransformOf {
  readonly column: string;
  readonly transform: string;
}

/** Says what is done to columns before they are scaled. */
export function transformAt(text: string, id: string, columns: readonly TransformOf[]): Edited {
  let edited: Edited = text;
  for (const { column, transform } of columns) {
    if (typeof edited !== "string") break;
    edited = setScalar(edited, id, ["transform", column], transform);
  }
  return edited;
}

/** A body with other lines under `names:`; without them where no name is left. */
function withNames(body: string, names: ClusterNames): string {
  const lines = body.split(/(?<=\n)/);
  const first = lines.findIndex((line) => /^names:\s*$/.test(line));
  if (first < 0) return body;
  let last = first + 1;
  while (last < lines.length && /^\s+\S/.test(lines[last] ?? "")) last += 1;
  const named = Object.entries(names).map(([cluster, name]) => `  ${cluster}: ${renderScalar(name)}\n`);
  const block = named.length === 0 ? [] : [lines[first] ?? "", ...named];
  return [...lines.slice(0, first), ...block, ...lines.slice(last)].join("");
}
