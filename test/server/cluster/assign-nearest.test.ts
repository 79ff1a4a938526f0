import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignNearest } from "../../../server/cluster/assign-nearest.ts";
import { centreGaps, inUnitsOf, type KeptClusters } from "../../../server/cluster/kept-clusters.ts";
import { scale } from "../../../server/cluster/scale.ts";

const KEPT: KeptClusters = {
  columns: [
    { name: "spend", transform: "log1p", low: 2, spread: 0.5, fill: 30 },
    { name: "orders", transform: "none", low: 4, spread: 2, fill: 4 },
    { name: "always", transform: "none", low: 7, spread: 0, fill: 7 },
  ],
  clusters: [
    { number: 5, name: "Cluster 5", size: 3, centre: [1, 1, 0], sd: null },
    { number: 2, name: "Regulars", size: 9, centre: [-1, -1, 0], sd: null },
  ],
};

const columns = (spend: number[], orders: number[]) => [
  { name: "spend", values: Float64Array.from(spend) },
  { name: "orders", values: Float64Array.from(orders) },
  { name: "always", values: Float64Array.from(spend, () => 7) },
];

describe("People are put to the nearest of kept centres", () => {
  test("with the yardsticks that were kept, the smaller number first among equals", () => {
    // log1p(e^2.5 − 1) = 2.5 → 1; orders 6 → 1: on the centre of 5. Then that of 2, and half way.
    const found = assignNearest(
      columns([Math.exp(2.5) - 1, Math.exp(1.5) - 1, Math.exp(2) - 1], [6, 2, 4]),
      KEPT,
      "stop",
    );
    if (!found.ok) throw new Error(found.message);
    expect([...found.value.labels]).toEqual([5, 2, 2]);
    for (const [row, distance] of [0, 0, Math.SQRT2].entries())
      expect(found.value.distances[row]).toBeCloseTo(distance, 12);
  });

  test("a missing value counts as the kept median, is dropped, or stops it", () => {
    const gap = columns([Number.NaN, 5], [6, 2]);
    const filled = assignNearest(gap, KEPT, "median");
    expect(filled.ok && filled.value.scaled.points[0]).toBeCloseTo((Math.log1p(30) - 2) / 0.5, 12);
    expect(filled.ok && filled.value.scaled.findings.map(({ message }) => message)).toEqual([
      "spend is missing in 1 of 2 rows, which count as the lock's median 30.",
    ]);
    const dropped = assignNearest(gap, KEPT, "drop");
    expect(dropped.ok && [...dropped.value.scaled.kept]).toEqual([1]);
    expect(assignNearest(gap, KEPT, "stop")).toMatchObject({ ok: false, code: "missing-values" });
  });

  test("a rank can't be kept, and a value without a logarithm is told", () => {
    const ranked = { ...KEPT, columns: KEPT.columns.map((column) => ({ ...column, transform: "rank" as const })) };
    expect(assignNearest(columns([1], [1]), ranked, "stop")).toMatchObject({ ok: false, code: "nearest-of-ranks" });
    expect(assignNearest(columns([-3], [1]), KEPT, "stop")).toMatchObject({ code: "transform-out-of-range" });
  });

  test("whoever else is there, the same row comes to the same cluster and distance", () => {
    const values = fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, (spend) => {
        const orders = spend.map((value) => value % 11);
        const together = assignNearest(columns(spend, orders), KEPT, "stop");
        spend.forEach((value, row) => {
          const alone = assignNearest(columns([value], [orders[row] ?? 0]), KEPT, "stop");
          if (!together.ok || !alone.ok) throw new Error("not assigned");
          expect(alone.value.labels[0]).toBe(together.value.labels[row]);
          expect(alone.value.distances[0]).toBe(together.value.distances[row]);
        });
      }),
      { numRuns: 40 },
    );
  });

  test("the yardsticks of a scaling give its very points again", () => {
    const given = [
      { name: "spend", values: Float64Array.of(1, 2, 3, 400, 5, 6), transform: "sqrt" as const },
      { name: "orders", values: Float64Array.of(3, 1, 4, 1, 5, 9), transform: "auto" as const },
    ];
    const scaled = scale(given, { scale: "robust", missing: "stop" });
    if (!scaled.ok) throw new Error(scaled.message);
    const kept = given.map(({ name }, c) => {
      const yardstick = scaled.value.yardsticks[c];
      if (yardstick === undefined) throw new Error("no yardstick");
      return { name, transform: scaled.value.transforms[c] ?? ("none" as const), ...yardstick };
    });
    const again = assignNearest(given, { columns: kept, clusters: KEPT.clusters }, "stop");
    expect(again.ok && again.value.scaled.points).toEqual(scaled.value.points);
  });
});

describe("Centres of two times are compared in the units of the earlier one", () => {
  const later: KeptClusters = {
    columns: [
      { name: "orders", transform: "none", low: 0, spread: 10, fill: 1 },
      { name: "spend", transform: "none", low: 0, spread: 1, fill: 1 },
    ],
    clusters: [{ number: 1, name: "Cluster 1", size: 2, centre: [0.8, 3], sd: [0.1, 1] }],
  };

  test("a column that is transformed otherwise, or had one value, is not compared", () => {
    const [cluster] = inUnitsOf(KEPT, later);
    // 0.8 · 10 = 8 orders, which are (8 − 4) / 2.
    expect(cluster?.centre[1]).toBeCloseTo(2, 12);
    expect(cluster?.sd?.[1]).toBeCloseTo(0.5, 12);
    expect([cluster?.centre[0], cluster?.centre[2]]).toEqual([Number.NaN, Number.NaN]);
    expect(centreGaps(KEPT, later)).toEqual([[1], [3]]);
  });
});
