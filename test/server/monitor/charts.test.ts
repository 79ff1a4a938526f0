import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { laneyChart, pChart } from "../../../server/monitor/charts.ts";
import { draws } from "../../bench/monitor/draws.ts";
import { sharedData } from "../../shared-data.ts";

const file = sharedData("spc_reference/orangejuice.txt");

/** The first 30 samples: cans that leaked, of 50. */
function trials(): { n: Float64Array; x: Float64Array } {
  const rows = readFileSync(file ?? "", "utf8")
    .trim()
    .split("\n")
    .slice(1, 31)
    .map((line) => line.trim().split(/\s+/).map(Number));
  return { x: Float64Array.from(rows, (row) => row[1] ?? 0), n: Float64Array.from(rows, (row) => row[2] ?? 0) };
}

describe.skipIf(file === null)("the p-chart of orange juice", () => {
  it("has the textbook's centre and limits, and samples 15 and 23 out", () => {
    const chart = pChart(trials(), 30);
    expect(chart.centre).toBeCloseTo(0.2313, 4);
    expect(chart.limits[0]?.low).toBeCloseTo(0.0524, 4);
    expect(chart.limits[0]?.high).toBeCloseTo(0.4102, 4);
    expect(chart.out.flatMap((out, i) => (out ? [i + 1] : []))).toEqual([15, 23]);
  });

  it("has the textbook's again without those two", () => {
    const { n, x } = trials();
    const kept = (values: Float64Array) => values.filter((_, i) => i !== 14 && i !== 22);
    const chart = pChart({ n: kept(n), x: kept(x) }, 28);
    expect(chart.centre).toBeCloseTo(0.215, 4);
    expect(chart.limits[0]?.low).toBeCloseTo(0.0407, 4);
    expect(chart.limits[0]?.high).toBeCloseTo(0.3893, 4);
  });
});

describe("Laney's chart", () => {
  it("has σ_z by hand: moving ranges of z over d₂ of two", () => {
    // p̄ = .5, so z of 60, 50, 45 and 45 of 100 is 2, 0, −1 and −1: ranges 2, 1 and 0.
    const charted = { n: [100, 100, 100, 100], x: [60, 50, 45, 45] };
    const chart = laneyChart(charted, 4);
    expect(chart.centre).toBe(0.5);
    expect(chart.spread).toBeCloseTo((2 + 1 + 0) / 3 / 1.128379, 6);
    expect(chart.limits[0]?.high).toBeCloseTo(0.5 + 3 * chart.spread * 0.05, 12);
  });

  it("is a p-chart where cohorts vary as a binomial, and as much wider as they vary more", () => {
    const spreadAt = (rho: number) => {
      const random = draws(31);
      const n = Array.from({ length: 4000 }, () => 1000);
      const x = n.map((size) => random.binomial(size, random.beta(0.3, rho)));
      return laneyChart({ n, x }, n.length).spread;
    };
    expect(spreadAt(0)).toBeCloseTo(1, 1);
    // Var x is np(1 − p)(1 + (n − 1)ρ).
    expect(spreadAt(0.008) / Math.sqrt(1 + 999 * 0.008)).toBeCloseTo(1, 1);
  });

  it.skipIf(file === null)("finds little more than a binomial in the orange juice", () => {
    const { n, x } = trials();
    // By hand in integers: z is (x/50 − 347/1500)/√(p̄(1 − p̄)/50), so Σ|Δz| is Σ|Δx| over that root, 50 of each.
    const moved = Array.from(x)
      .slice(1)
      .reduce((sum, now, i) => sum + Math.abs(now - (x[i] ?? 0)), 0);
    const share = x.reduce((a, b) => a + b, 0) / n.reduce((a, b) => a + b, 0);
    const sigma = moved / Math.sqrt(50 * share * (1 - share)) / 29 / 1.128379;
    expect(laneyChart(trials(), 30).spread).toBeCloseTo(sigma, 6);
    expect(laneyChart(trials(), 30).spread).toBeGreaterThan(1);
    expect(laneyChart(trials(), 30).out.filter((out) => out).length).toBeLessThanOrEqual(2);
  });
});
