import { expect, test } from "vitest";
import { centreDistances, centres } from "../../../server/cluster/centres.ts";
import { measured } from "../../../server/cluster/known-values.ts";
import { numberBySize } from "../../../server/cluster/number-by-size.ts";
import { profile } from "../../../server/cluster/profile.ts";

const spend = { name: "spend", given: measured(Float64Array.of(10, 20, 30, 100, Number.NaN)) };

test("a profile gives each cluster's numbers in the column's own units, and how far it is from everybody", () => {
  // All known: 10 20 30 100, mean 40, sd √(5000/3). Cluster 1: 10 20 30. Cluster 2: 100 and a gap.
  const rows = profile([spend], Int32Array.of(1, 1, 1, 2, 2));
  const sd = Math.sqrt(5000 / 3);
  expect(rows).toEqual([
    {
      cluster: 1,
      size: 3,
      share: 0.6,
      column: "spend",
      mean: 20,
      median: 20,
      sd: 10,
      population_mean: 40,
      z: expect.closeTo(-20 / sd, 12),
    },
    {
      cluster: 2,
      size: 2,
      share: 0.4,
      column: "spend",
      mean: 100,
      median: 100,
      sd: Number.NaN,
      population_mean: 40,
      z: expect.closeTo(60 / sd, 12),
    },
  ]);
});

test("rows in no cluster count nowhere, and a constant column is nobody's mark", () => {
  const flag = { name: "flag", given: measured(new Float64Array(5).fill(0.1)) };
  const rows = profile([spend, flag], Int32Array.of(1, 1, 1, 0, 0));
  expect(rows).toMatchObject([
    { cluster: 1, share: 1, column: "spend", population_mean: 20, z: 0 },
    { cluster: 1, share: 1, column: "flag", mean: 0.1, sd: 0, z: 0 },
  ]);
});

test("clusters are numbered by size, equal ones by their first row", () => {
  const { labels, renumber } = numberBySize(Int32Array.of(7, 2, 2, 5, 5, 5, 0, 0));
  expect([...labels]).toEqual([4, 2, 2, 1, 1, 1, 3, 3]);
  expect(renumber[7]).toBe(4);
});

test("each row's distance is to the mean of its cluster", () => {
  const points = Float64Array.of(0, 0, 6, 8, 5, 5);
  const shape = { rows: 3, columns: 2 };
  const labels = Int32Array.of(1, 1, 2);
  const middle = centres(points, shape, labels, 2);
  expect([...middle]).toEqual([3, 4, 5, 5]);
  expect([...centreDistances(points, shape, labels, middle)]).toEqual([5, 5, 0]);
});
