import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { changePoint } from "../../../../server/monitor/detector/change-point.ts";
import { judgeSplits, type Splits } from "../../../../server/monitor/detector/splits.ts";
import { runningSums } from "../../../../server/monitor/detector/sums.ts";
import { sharedData } from "../../../shared-data.ts";
import { all } from "../candidates.ts";

function splitsOf(y: readonly number[], first: number): Splits {
  const stretch = { y, w: y.map(() => 1), floor: y.map(() => 0), slot: y.map(() => 0) };
  return judgeSplits(runningSums(stretch, new Float64Array(7).fill(Infinity), 1), all(first, y.length - 1));
}

describe("the change point", () => {
  it("is the step itself, alone in its set, where nothing else moves", () => {
    const y = Array.from({ length: 60 }, (_, i) => (i >= 47 ? 1 : 0) + 0.01 * (i % 2));
    const found = changePoint(splitsOf(y, 42));
    expect(found).toMatchObject({ at: 47, from: 47, to: 47 });
    expect(found?.step).toBeCloseTo(1, 2);
  });

  it("keeps every candidate whose twice log-likelihood is within 8 of the best", () => {
    const splits = {
      at: Int32Array.from([10, 11, 12, 13]),
      count: 4,
      nu: 20,
      // 20 ln((1 + 1)/(1 + T²/20)) for T² = 20, 8, 7, 2: 0, 7.13, 7.86, 11.96.
      t2: Float64Array.from([7, 20, 8, 2]),
      m: new Float64Array(4),
      step: new Float64Array(4),
      variance: new Float64Array(4),
    };
    expect(changePoint(splits)).toMatchObject({ at: 11, from: 10, to: 12 });
    expect(changePoint({ ...splits, count: 0 })).toBeNull();
  });

  const nile = sharedData("change_points/nile.json");
  it.skipIf(nile === null)(
    "of the Nile at Aswan lies after 1898: 1899 is the first changed year, where five annotators see it",
    () => {
      const file = JSON.parse(readFileSync(nile ?? "", "utf8"));
      const flow: number[] = file.series[0].raw;
      expect(flow).toHaveLength(100);
      const found = changePoint(splitsOf(flow, 2));
      expect(found?.at).toBe(28);
      expect(1871 + (found?.at ?? 0) - 1).toBe(1898);
      expect(found?.step).toBeCloseTo(-247.78, 1);
    },
  );
});
