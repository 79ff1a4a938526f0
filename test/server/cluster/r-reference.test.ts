import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cutTree } from "../../../server/cluster/cut.ts";
import { type Linkage, linkage } from "../../../server/cluster/linkage.ts";
import type { Merges } from "../../../server/cluster/merges.ts";
import { ward } from "../../../server/cluster/ward.ts";
import { sharedData } from "../../shared-data.ts";
import { members, partitionText } from "./by-definition.ts";

/**
 * R 4.2.2, stats::hclust and cutree; "scaled" is R's scale(). Of all cuts at k = 2…20 six fall between equal heights, where
 * more than one answer is right: iris, raw, complete, k = 19, and single, k = 9, 13, 16, 18 and 20. Our smaller-row-first
 * rule and R's give the same there.
 */
const folder = sharedData("r_hclust_reference");

const CASES = ["USArrests", "iris"].flatMap((data) =>
  ["raw", "scaled"].flatMap((scaling) =>
    ["ward.D2", "average", "complete", "single"].map((method) => ({ data, scaling, method })),
  ),
);

describe.skipIf(folder === null)("R's hclust", () => {
  test.each(CASES)("$data $scaling $method: heights to 1e-9", async ({ data, scaling, method }) => {
    const { heights } = hclust(`${data}_${method}_${scaling}`);
    const merges = await hierarchy(data, scaling, method);
    expect(merges.height).toHaveLength(heights.length);
    heights.forEach((height, t) => {
      expect(Math.abs((merges.height[t] ?? Number.NaN) - height)).toBeLessThanOrEqual(1e-9);
    });
  });

  test.each(CASES)("$data $scaling $method: the same flat clusters at k = 2…20", async ({ data, scaling, method }) => {
    const reference = hclust(`${data}_${method}_${scaling}`);
    const merges = await hierarchy(data, scaling, method);
    for (let k = 2; k <= 20; k++) {
      expect(partitionText(members(cutTree(merges, k))), `k = ${k}`).toBe(partitionText(cut(reference, k)));
    }
  });

  test.each(CASES)(
    "$data $scaling $method: the same flat clusters as R's cutree",
    async ({ data, scaling, method }) => {
      const merges = await hierarchy(data, scaling, method);
      const labels = table(`${data}_${method}_${scaling}_cutree.csv`);
      for (let k = 2; k <= 6; k++) {
        const theirs = labels.map((row) => Number(row[k - 2]));
        expect(partitionText(members(cutTree(merges, k))), `k = ${k}`).toBe(partitionText(members(theirs)));
      }
    },
  );
});

interface Hclust {
  readonly heights: number[];
  /** As in R: −i is row i, t is what merge t made, both from 1. */
  readonly pairs: (readonly [number, number])[];
}

function hclust(name: string): Hclust {
  const rows = table(`${name}_hclust.csv`);
  return { heights: rows.map((row) => Number(row[2])), pairs: rows.map((row) => [Number(row[0]), Number(row[1])]) };
}

/** R's merges replayed up to k clusters. */
function cut({ pairs }: Hclust, k: number): number[][] {
  const rows = pairs.length + 1;
  const live = new Map(Array.from({ length: rows }, (_, row) => [-(row + 1), [row]]));
  pairs.slice(0, rows - k).forEach(([a, b], t) => {
    live.set(t + 1, [...(live.get(a) ?? []), ...(live.get(b) ?? [])]);
    live.delete(a);
    live.delete(b);
  });
  return [...live.values()];
}

async function hierarchy(data: string, scaling: string, method: string): Promise<Merges> {
  const rows = table(`${data}.csv`);
  const columns = [1, 2, 3, 4].map((column) => rows.map((row) => Number(row[column])));
  const ready = scaling === "scaled" ? columns.map(standardised) : columns;
  const points = Float64Array.from(rows.flatMap((_, row) => ready.map((column) => column[row] ?? Number.NaN)));
  const shape = { rows: rows.length, columns: 4 };
  const outcome =
    method === "ward.D2" ? await ward(points, shape) : await linkage(points, { method: method as Linkage, ...shape });
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

function standardised(values: number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  return values.map((value) => (value - mean) / sd);
}

function table(name: string): string[][] {
  const lines = readFileSync(`${folder}/${name}`, "utf8").trim().split("\n").slice(1);
  return lines.map((line) => line.replaceAll('"', "").split(","));
}
