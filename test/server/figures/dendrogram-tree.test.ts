import fc from "fast-check";
import { agnes } from "ml-hclust";
import { expect, test } from "vitest";
import {
  clustersAt,
  cutHeight,
  cutTree,
  type Merge,
  mergeTree,
  shownHeights,
  type TreeNode,
} from "../../../server/figures/dendrogram-tree.ts";

/** Merges in scipy's layout from the tree of an independent implementation. */
function mergesOf(points: number[][]): { merges: Merge[]; sizesAt: (k: number) => number[] } {
  const root = agnes(points, { method: "complete" });
  const inner: (typeof root)[] = [];
  root.traverse((node) => {
    if (!node.isLeaf) inner.push(node);
  });
  inner.sort((a, b) => a.height - b.height);
  const ids = new Map(inner.map((node, place) => [node, points.length + place]));
  const id = (node: typeof root) => (node.isLeaf ? node.index : (ids.get(node) ?? -1));
  return {
    merges: inner.map((node) => ({
      left: node.children[0] ? id(node.children[0]) : -1,
      right: node.children[1] ? id(node.children[1]) : -1,
      height: node.height,
      size: node.size,
    })),
    sizesAt: (k) =>
      root
        .group(k)
        .children.map((node) => node.size)
        .sort((a, b) => b - a),
  };
}

const points = Array.from({ length: 40 }, (_, at) => [
  Math.sin(at * 12.9898) * 43.7 + (at % 4) * 60,
  Math.cos(at * 7.233) * 9,
]);

test("cuts have the sizes that an independent implementation finds", () => {
  const { merges, sizesAt } = mergesOf(points);
  const tree = mergeTree(merges, 40);
  expect(tree?.size).toBe(40);
  for (let k = 2; k <= 12; k += 1) {
    expect(tree && cutTree(tree, k).map((cluster) => cluster.node.size)).toEqual(sizesAt(k));
  }
});

test("the upper part alone gives the same cuts as the whole", () => {
  const { merges, sizesAt } = mergesOf(points);
  const tree = mergeTree(merges.slice(-28), 12);
  const tips = (node: TreeNode): number =>
    node.parts.length === 0 ? 1 : node.parts.reduce((sum, part) => sum + tips(part), 0);
  expect(tree && tips(tree)).toBe(12);
  for (let k = 2; k <= 10; k += 1) {
    expect(tree && cutTree(tree, k).map((cluster) => cluster.node.size)).toEqual(sizesAt(k));
  }
});

test("small groups that stand for many rows each are cut as rows are", () => {
  const { merges, sizesAt } = mergesOf(points);
  const tree = mergeTree(
    merges.slice(-28).map((merge) => ({ ...merge, size: merge.size * 250 })),
    12,
  );
  for (let k = 2; k <= 10; k += 1) {
    expect(tree && cutTree(tree, k).map((cluster) => cluster.node.size)).toEqual(sizesAt(k).map((size) => size * 250));
  }
});

test("rows that are the same are one tip, however many they are", () => {
  const { merges } = mergesOf([...Array.from({ length: 9 }, () => [0]), [4], [4], [9]]);
  const tree = mergeTree(merges, 12);
  expect(tree && shownHeights(tree)).toEqual([9, 4]);
  expect(tree && cutTree(tree, 3).map((cluster) => cluster.node.size)).toEqual([9, 2, 1]);
});

test("a line laid for k leaves k clusters", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 3, maxLength: 30 }), (heights) => {
      const sorted = [...heights].sort((a, b) => b - a);
      for (let k = 2; k <= sorted.length; k += 1) expect(clustersAt(sorted, cutHeight(sorted, k))).toBe(k);
    }),
  );
});

test("no merges, no tree; one merge, two tips", () => {
  expect(mergeTree([], 10)).toBeNull();
  const tree = mergeTree([{ left: 0, right: 1, height: 3, size: 2 }], 10);
  expect(tree && shownHeights(tree)).toEqual([3]);
  expect(tree && cutTree(tree, 5).map((cluster) => cluster.node.size)).toEqual([1, 1]);
});
