/** A dendrogram's upper part: which merges are shown, and what a cut makes of them. Pure. */

/** One merge in scipy's layout: ids below n are rows, or small groups of them, n + i is what merge i made. In order of height. */
export interface Merge {
  left: number;
  right: number;
  height: number;
  /** Rows in what it made. */
  size: number;
}

export interface TreeNode {
  readonly id: number;
  /** Where its two parts meet; 0 for a row and for what is not unfolded. */
  readonly height: number;
  /** Null where the merges that were given do not reach down to it, and for a group that stands for rows. */
  readonly size: number | null;
  readonly parts: readonly TreeNode[];
}

export interface CutCluster {
  /** From 1, the largest first. */
  readonly number: number;
  readonly node: TreeNode;
}

/** The tree of the last merges, unfolded to at most `leaves` tips. `merges` may be all of them or the last ones. */
export function mergeTree(merges: readonly Merge[], leaves: number): TreeNode | null {
  const last = merges.at(-1);
  if (last === undefined) return null;
  // The last merge joins what the one before it made; its size says nothing of ids where groups stand for rows.
  const rootId = Math.max(last.left, last.right) + 1;
  const tips = rootId / 2 + 1;
  const tipSize = tips === last.size ? 1 : null;
  const unfolded = rootId - Math.min(merges.length, leaves - 1);
  const node = (id: number): TreeNode => {
    const merge = merges[merges.length - 1 - (rootId - id)];
    if (merge === undefined) return { id, height: 0, size: id < tips ? tipSize : null, parts: [] };
    // Rows that are the same are one tip: nothing is seen in them, and they would take the room of others.
    const isOne = merge.height === 0 && id !== rootId;
    if (id <= unfolded || isOne) return { id, height: 0, size: merge.size, parts: [] };
    return {
      id,
      height: merge.height,
      size: merge.size,
      parts: completed(node(merge.left), node(merge.right), merge.size),
    };
  };
  return node(rootId);
}

/** Two parts of a known sum: where one's size is not known, the other's tells it. */
function completed(left: TreeNode, right: TreeNode, sum: number): TreeNode[] {
  if (left.size === null && right.size !== null) return [{ ...left, size: sum - right.size }, right];
  if (right.size === null && left.size !== null) return [left, { ...right, size: sum - left.size }];
  return [left, right];
}

/** The k clusters that remain when the k − 1 highest merges are undone, numbered by size. */
export function cutTree(root: TreeNode, k: number): CutCluster[] {
  const nodes: TreeNode[] = [root];
  while (nodes.length < k) {
    const highest = nodes.reduce((best, node) => (splitsBefore(node, best) ? node : best));
    if (highest.parts.length === 0) break;
    nodes.splice(nodes.indexOf(highest), 1, ...highest.parts);
  }
  const bySize = [...nodes].sort((a, b) => (b.size ?? 0) - (a.size ?? 0) || a.id - b.id);
  return bySize.map((node, place) => ({ number: place + 1, node }));
}

/** Merges are undone from the last on; ids grow with the merges. */
function splitsBefore(node: TreeNode, other: TreeNode): boolean {
  if (node.parts.length === 0) return false;
  return other.parts.length === 0 || node.id > other.id;
}

/** Heights of the merges that are shown, the highest first. */
export function shownHeights(root: TreeNode): number[] {
  const heights: number[] = [];
  const visit = (node: TreeNode): void => {
    if (node.parts.length === 0) return;
    heights.push(node.height);
    for (const part of node.parts) visit(part);
  };
  visit(root);
  return heights.sort((a, b) => b - a);
}

/** The height at which a line cuts into k: between the merges that it undoes and those that it leaves. */
export function cutHeight(heights: readonly number[], k: number): number {
  const undone = k >= 2 ? heights[k - 2] : undefined;
  const left = heights[k - 1] ?? 0;
  if (undone === undefined) return (heights[0] ?? 0) * 1.05;
  return (undone + left) / 2;
}

/** How many clusters a line at `height` leaves. */
export function clustersAt(heights: readonly number[], height: number): number {
  return heights.filter((merge) => merge > height).length + 1;
}
