import { expect, test } from "vitest";
import { cutTree } from "../../../server/cluster/cut.ts";
import { dendrogram } from "../../../server/cluster/dendrogram.ts";
import { linkage } from "../../../server/cluster/linkage.ts";
import type { Merges } from "../../../server/cluster/merges.ts";
import { ward } from "../../../server/cluster/ward.ts";
import { flat } from "./by-definition.ts";
import { IRIS } from "./iris.ts";

/** 0 1 | 10 12 | 30 on a line, single linkage: heights 1, 2, 9, 18. */
const LINE = [[0], [1], [10], [12], [30]];

test("the whole tree is drawn where it has no more leaves than asked for", async () => {
  const { nodes, leaves } = dendrogram(await line(), { leaves: 30 });
  expect(leaves).toBe(5);
  expect(nodes.filter(({ parts }) => parts === null).map(({ id, x, height }) => [id, x, height])).toEqual([
    [0, 0, 0],
    [1, 1, 0],
    [2, 2, 0],
    [3, 3, 0],
    [4, 4, 0],
  ]);
  expect(nodes.filter(({ parts }) => parts !== null).map(({ id, x, height, size }) => [id, x, height, size])).toEqual([
    [5, 0.5, 1, 2],
    [6, 2.5, 2, 2],
    [7, 1.5, 9, 4],
    [8, 2.75, 18, 5],
  ]);
});

test("the top of the tree has leaves that stand for the clusters of a cut", async () => {
  const merges = await ward(flat(IRIS), { rows: 150, columns: 4 });
  if (!merges.ok) throw new Error(merges.message);
  for (const leaves of [1, 2, 7, 30]) {
    const drawn = dendrogram(merges.value, { leaves });
    const bottom = drawn.nodes.filter(({ parts }) => parts === null);
    const labels = cutTree(merges.value, leaves);
    const sizes = Array.from(
      { length: leaves },
      (_, cluster) => labels.filter((label) => label === cluster + 1).length,
    );
    expect(bottom.map(({ size }) => size).sort((a, b) => b - a)).toEqual(sizes);
    expect(bottom.map(({ x }) => x)).toEqual(bottom.map((_, x) => x));
    expect(drawn.nodes.at(-1)).toMatchObject({ size: 150, id: 298 });
    for (const { parts, height } of drawn.nodes) {
      for (const part of parts ?? []) expect(drawn.nodes[part]?.height).toBeLessThanOrEqual(height);
    }
  }
});

test("a tree as deep as it has rows is drawn too", async () => {
  const points = Float64Array.from({ length: 3000 }, (_, row) => row * row);
  const merges = await linkage(points, { method: "single", rows: 3000, columns: 1 });
  if (!merges.ok) throw new Error(merges.message);
  expect(dendrogram(merges.value, { leaves: 3000 }).nodes).toHaveLength(5999);
});

test("a cut leaves out the last merges and numbers clusters by size", async () => {
  const merges = await line();
  expect([...cutTree(merges, 1)]).toEqual([1, 1, 1, 1, 1]);
  expect([...cutTree(merges, 2)]).toEqual([1, 1, 1, 1, 2]);
  expect([...cutTree(merges, 3)]).toEqual([1, 1, 2, 2, 3]);
  expect([...cutTree(merges, 5)]).toEqual([1, 2, 3, 4, 5]);
  expect(() => cutTree(merges, 6)).toThrow(RangeError);
});

async function line(): Promise<Merges> {
  const merges = await linkage(flat(LINE), { method: "single", rows: 5, columns: 1 });
  if (!merges.ok) throw new Error(merges.message);
  return merges.value;
}
