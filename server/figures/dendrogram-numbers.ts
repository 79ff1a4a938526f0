import { type CutCluster, cutTree, type TreeNode } from "./dendrogram-tree.ts";

/**
 * The clusters of a cut whose numbers go on from those that there are, given largest first: who is the largest part of
 * a new one gives it its number, and what is left over takes the smallest that are free. By size where none are given.
 */
export function numberedCut(root: TreeNode, k: number, numbers: readonly number[]): CutCluster[] {
  const cut = cutTree(root, k);
  if (numbers.length === 0) return cut;
  const taken = new Map<TreeNode, number>();
  for (const { node, number } of cutTree(root, numbers.length)) {
    const heir = cut.find((one) => holds(one.node, node)) ?? cut.find((one) => holds(node, one.node));
    const kept = numbers[number - 1];
    if (heir !== undefined && kept !== undefined && !taken.has(heir.node)) taken.set(heir.node, kept);
  }
  const used = new Set(numbers);
  let next = 1;
  return cut.map(({ node }) => {
    const kept = taken.get(node);
    if (kept !== undefined) return { node, number: kept };
    while (used.has(next)) next += 1;
    used.add(next);
    return { node, number: next };
  });
}

/** Whether one node is the other or lies above it. */
function holds(node: TreeNode, other: TreeNode): boolean {
  return node === other || node.parts.some((part) => holds(part, other));
}

/** The numbers of a clustering's clusters, largest first, as a cut by size meets them. */
export function numbersBySize(rows: readonly { readonly cluster: number | null; readonly size: number }[]): number[] {
  const known = rows.flatMap(({ cluster, size }) => (cluster === null ? [] : [{ cluster, size }]));
  return known.sort((a, b) => b.size - a.size || a.cluster - b.cluster).map(({ cluster }) => cluster);
}
