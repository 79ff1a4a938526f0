import { describe, expect, test } from "vitest";
import { numberedCut, numbersBySize } from "../../../server/figures/dendrogram-numbers.ts";
import { type Merge, mergeTree } from "../../../server/figures/dendrogram-tree.ts";

/** Six rows: {0 1 2} of {0 1} and 2, and {3 4 5}, of {3 4} and 5; the first is the largest by its rows' numbers. */
const MERGES: Merge[] = [
  { left: 0, right: 1, height: 1, size: 2 },
  { left: 3, right: 4, height: 1.5, size: 2 },
  { left: 2, right: 6, height: 3, size: 3 },
  { left: 5, right: 7, height: 4, size: 3 },
  { left: 8, right: 9, height: 9, size: 6 },
];

function cut(k: number, numbers: number[]): Record<number, number> {
  const tree = mergeTree(MERGES, 6);
  if (tree === null) throw new Error("no tree");
  return Object.fromEntries(numberedCut(tree, k, numbers).map(({ number, node }) => [number, node.id]));
}

describe("The numbers of a cut", () => {
  test("are by size where none go on", () => {
    expect(cut(2, [])).toEqual({ 1: 8, 2: 9 });
    expect(cut(3, [])).toEqual({ 1: 8, 2: 7, 3: 5 });
  });

  test("go on with the larger part of what parts, and new ones take what is free", () => {
    expect(cut(2, [4, 1])).toEqual({ 4: 8, 1: 9 });
    // 9 parts into 7 and 5, then 8 into 6 and 2.
    expect(cut(3, [4, 1])).toEqual({ 4: 8, 1: 7, 2: 5 });
    expect(cut(4, [4, 1])).toEqual({ 4: 6, 1: 7, 2: 2, 3: 5 });
  });

  test("go on with the larger one of those that are joined", () => {
    expect(cut(2, [7, 5, 2])).toEqual({ 7: 8, 5: 9 });
    expect(cut(1, [7, 5, 2])).toEqual({ 7: 10 });
  });

  test("are read from a profile, largest first", () => {
    const rows = [
      { cluster: 1, size: 4 },
      { cluster: 4, size: 9 },
      { cluster: 2, size: 4 },
      { cluster: null, size: 99 },
    ];
    expect(numbersBySize(rows)).toEqual([4, 1, 2]);
  });
});
