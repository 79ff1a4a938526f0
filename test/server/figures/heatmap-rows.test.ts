import { expect, test } from "vitest";
import { profileHeat } from "../../../server/figures/heatmap-rows.ts";
import { columnPlaces } from "../../../server/figures/heatmap-words.ts";

const names = ["cluster", "size", "share", "column", "mean", "median", "sd", "population_mean", "z"];
const profile = {
  columns: names.map((name) => ({ name })),
  rows: [
    [2, 40, 0.4, "recency", 200, 190, 10, 104, 1.2],
    [2, 40, 0.4, "spend", null, null, null, 31, null],
    [1, 60, 0.6, "recency", 40, 30, 10, 104, -0.8],
    [1, 60, 0.6, "spend", "52.50", 50, 9, 31, 0.4],
  ],
};

test("a profile becomes one row a cluster, the first cluster first, columns in their order", () => {
  const heat = profileHeat(profile, { 1: "Frequent Buyers" });
  expect(heat.columns.map((column) => column.name)).toEqual(["recency", "spend"]);
  expect(heat.rows.map((row) => [row.name, row.size])).toEqual([
    ["Frequent Buyers", 60],
    ["Cluster 2", 40],
  ]);
  expect(heat.rows[0]?.cells).toEqual([
    { value: 40, z: -0.8 },
    { value: 52.5, z: 0.4 },
  ]);
  expect(heat.everybody).toEqual([104, 31]);
});

test("what is missing stays missing", () => {
  expect(profileHeat(profile).rows[1]?.cells[1]).toEqual({ value: null, z: null });
});

test("a column has the digits that everybody's mean needs, where its clusters' means are whole", () => {
  const heat = profileHeat(profile);
  const places = (everybody: number) => columnPlaces({ ...heat, rows: heat.rows.slice(1), everybody: [everybody] }, 0);
  expect([places(104), places(1.5)]).toEqual([0, 0]);
  const few = heat.rows.slice(1).map((row) => ({ ...row, cells: [{ value: 3, z: 1 }] }));
  expect(columnPlaces({ ...heat, rows: few, everybody: [1.5] }, 0)).toBe(1);
});
