import { expect, test } from "vitest";
import { axesWords, mapAxes } from "../../../server/figures/cluster-map.ts";

const columns = [
  { name: "component", type: "INTEGER" },
  { name: "share", type: "DOUBLE" },
  { name: "column", type: "VARCHAR" },
  { name: "loading", type: "DOUBLE" },
];

test("the directions of a map say what grows along them, the heaviest first, and leave out what hardly counts", () => {
  const rows = [
    [1, 0.54, "recency_days", -0.6],
    [1, 0.54, "visits_90d", 0.75],
    [1, 0.54, "orders", 0.28],
    [2, 0.2, "orders", 0.5],
    [2, 0.2, "visits_90d", 0.1],
    [2, 0.2, "recency_days", 0.86],
  ];
  expect(axesWords(mapAxes({ columns, rows }))).toEqual([
    "Across, 54\u00a0% of the variance: more visits 90d and less recency days to the right.",
    "Upwards, 20\u00a0% of the variance: more recency days and more orders above.",
  ]);
});

test("a direction that every column has a little of says so", () => {
  const rows = Array.from({ length: 16 }, (_, at) => [1, 0.3, `c${at}`, 0.25]);
  expect(axesWords(mapAxes({ columns, rows }))).toEqual([
    "Across, 30\u00a0% of the variance: a little of every column to the right.",
  ]);
});
