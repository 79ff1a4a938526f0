import { cluster as clusterLayout, type HierarchyPointNode, hierarchy } from "d3-hierarchy";
import { numberedCut } from "./dendrogram-numbers.ts";
import type { CutCluster, TreeNode } from "./dendrogram-tree.ts";

export interface DrawnLine {
  readonly path: string;
  /** Number of the cluster that it lies in, or null above the cut. */
  readonly cluster: number | null;
}

export interface DrawnCluster {
  readonly number: number;
  readonly size: number | null;
  readonly from: number;
  readonly to: number;
}

export interface DendrogramDrawing {
  readonly lines: readonly DrawnLine[];
  /** In the order in which they stand. */
  readonly clusters: readonly DrawnCluster[];
}

export interface DrawingFrame {
  readonly width: number;
  readonly k: number;
  /** Numbers that the clusters have and go on with, largest first; none where they are by size. */
  readonly numbers: readonly number[];
  /** Height on the page, in pixels, of a merge's height. */
  readonly y: (height: number) => number;
  /** Where the cut lies, in pixels. */
  readonly cut: number;
}

/** The lines of a dendrogram and where its clusters stand, for a frame in pixels. */
export function drawDendrogram(root: TreeNode, frame: DrawingFrame): DendrogramDrawing {
  const clusters = numberedCut(root, frame.k, frame.numbers);
  const laid = clusterLayout<TreeNode>()
    .separation(() => 1)
    .size([frame.width, 1])(hierarchy(root, (node) => node.parts as TreeNode[]));
  const numbers = new Map<HierarchyPointNode<TreeNode>, number>();
  laid.each((node) => {
    const own = clusters.find((entry) => entry.node === node.data)?.number;
    const number = own ?? (node.parent ? numbers.get(node.parent) : undefined);
    if (number !== undefined) numbers.set(node, number);
  });
  return {
    lines: laid.descendants().flatMap((node) => nodeLines(node, numbers, frame)),
    clusters: placeClusters(laid, clusters),
  };
}

/** A node's bar over its parts, and its stem up to its parent, which changes colour where the cut crosses it. */
function nodeLines(
  node: HierarchyPointNode<TreeNode>,
  numbers: ReadonlyMap<HierarchyPointNode<TreeNode>, number>,
  frame: DrawingFrame,
): DrawnLine[] {
  const lines: DrawnLine[] = [];
  const own = numbers.get(node) ?? null;
  const y = frame.y(node.data.height);
  const first = node.children?.[0];
  const last = node.children?.at(-1);
  if (first && last) lines.push({ path: `M${px(first.x)} ${px(y)}H${px(last.x)}`, cluster: own });
  const parent = node.parent;
  if (parent === null) return lines;
  const above = numbers.get(parent) ?? null;
  const top = frame.y(parent.data.height);
  const border = own !== null && above === null ? Math.min(y, Math.max(top, frame.cut)) : above === null ? y : top;
  if (border > top) lines.push({ path: `M${px(node.x)} ${px(top)}V${px(border)}`, cluster: null });
  if (border < y) lines.push({ path: `M${px(node.x)} ${px(border)}V${px(y)}`, cluster: own });
  return lines;
}

function placeClusters(root: HierarchyPointNode<TreeNode>, clusters: readonly CutCluster[]): DrawnCluster[] {
  const placed = clusters.map(({ number, node }) => {
    const tips = root.find((candidate) => candidate.data === node)?.leaves() ?? [];
    const xs = tips.map((tip) => tip.x);
    return { number, size: node.size, from: Math.min(...xs), to: Math.max(...xs) };
  });
  return placed.sort((a, b) => a.from - b.from);
}

function px(value: number): string {
  return value.toFixed(1);
}
