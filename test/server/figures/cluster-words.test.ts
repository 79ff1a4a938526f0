import { expect, test } from "vitest";
import { clusterNames, mergesOf, qualitiesOf, rulesOf } from "../../../server/figures/cluster-relations.ts";
import { clusterWords } from "../../../server/figures/cluster-words.ts";

const page = (names: string[], rows: (string | number | null)[][]) => ({
  columns: names.map((name) => ({ name, type: "DOUBLE" })),
  rows,
});

test("a cluster's sentence names the columns in which it is farthest from everybody", () => {
  const heat = {
    columns: [{ name: "orders_90d" }, { name: "recency_days" }, { name: "visits" }],
    everybody: [1.1, 90, 8],
    rows: [
      {
        name: "Frequent Buyers",
        cluster: 1,
        size: 3876,
        share: 0.194,
        cells: [
          { value: 6.2, z: 2.4 },
          { value: 8, z: -1 },
          { value: 8.1, z: 0.01 },
        ],
      },
    ],
  };
  const [line] = clusterWords(heat, new Map());
  expect(line?.sentence).toContain("orders 90d (6.2 against 1.1) and recency days (8 against 90)");
  expect(line?.sentence).not.toContain("visits");
});

test("merges read from the highest down come out in order of height", () => {
  const merges = mergesOf(
    page(
      ["step", "left", "right", "height", "size"],
      [
        [3, 4, 5, 9, 4],
        [2, 0, 1, 2, 2],
      ],
    ),
  );
  expect(merges.map((merge) => merge.height)).toEqual([2, 9]);
});

test("a measure that is missing is missing", () => {
  const found = qualitiesOf(
    page(
      ["k", "stability", "silhouette"],
      [
        [4, 0.93, 0.4],
        [5, null, 0.6],
      ],
    ),
  );
  expect(found).toEqual([
    { k: 4, stability: 0.93 },
    { k: 5, stability: null },
  ]);
  expect(qualitiesOf(null)).toEqual([]);
});

test("names and rules are found by the cluster's number", () => {
  expect(clusterNames({ names: { 1: "Frequent Buyers" } })).toEqual({ 1: "Frequent Buyers" });
  expect(clusterNames({ names: null })).toEqual({});
  const rules = rulesOf(page(["cluster", "rule", "precision", "recall"], [[2, "orders > 4", 0.96, 0.91]]));
  expect(rules.get(2)).toEqual({ text: "orders > 4", precision: 0.96, recall: 0.91 });
});
