import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedData } from "../../shared-data.ts";
import { pChart } from "./rivals.ts";

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

describe.skipIf(file === null)("the p-chart that the detector is compared with", () => {
  it("has the textbook's centre and limits for orange juice, and samples 15 and 23 out", () => {
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
