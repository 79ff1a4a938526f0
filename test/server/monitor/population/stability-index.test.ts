import { describe, expect, it } from "vitest";
import { chiSquareBelow, chiSquareQuantile } from "../../../../server/monitor/population/chi-square.ts";
import { stability } from "../../../../server/monitor/population/stability-index.ts";
import { draws } from "../../../bench/monitor/draws.ts";

describe("χ²", () => {
  it("has the quantiles of the tables", () => {
    expect(chiSquareQuantile(0.95, 1)).toBeCloseTo(3.841459, 5);
    expect(chiSquareQuantile(0.95, 9)).toBeCloseTo(16.918978, 5);
    expect(chiSquareQuantile(0.99, 9)).toBeCloseTo(21.665994, 5);
    expect(chiSquareQuantile(0.99, 100)).toBeCloseTo(135.806723, 4);
  });

  it("exceeds 10 with 9 degrees a third of the time", () => {
    expect(1 - chiSquareBelow(10, 9)).toBeCloseTo(0.350485, 5);
  });
});

describe("the stability index", () => {
  it("equals the formula worked by hand, with half a person in each bin", () => {
    // p = 100.5/201 = ½, ½; q = 150.5/201, 50.5/201.
    const [high, low] = [150.5 / 201, 50.5 / 201];
    const byHand = (high - 0.5) * Math.log(high / 0.5) + (low - 0.5) * Math.log(low / 0.5);
    expect(stability([100, 100], [150, 50]).psi).toBeCloseTo(byHand, 12);
    expect(stability([100, 100], [150, 50]).shifted).toBe("shifted");
  });

  it("is steady for the same make-up, however empty a bin", () => {
    expect(stability([50, 0, 30], [50, 0, 30])).toMatchObject({ psi: 0, shifted: "steady" });
  });

  it("passes 0.1 by chance in small segments, and its limit does not", () => {
    const random = draws(8);
    const draw = (people: number) => {
      const bins = new Array<number>(10).fill(0);
      for (let i = 0; i < people; i++) {
        const bin = Math.floor(10 * random.uniform());
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
      return bins;
    };
    const reference = draw(100_000);
    const runs = Array.from({ length: 600 }, () => stability(reference, draw(100)));
    const rule = runs.filter(({ psi }) => psi > 0.1).length / runs.length;
    const flagged = runs.filter(({ shifted }) => shifted === "shifted").length / runs.length;
    expect(rule).toBeGreaterThan(0.25);
    expect(flagged).toBeLessThan(0.03);
  });

  it("refuses bins that differ, and sides without people", () => {
    expect(() => stability([1, 2], [1])).toThrow(RangeError);
    expect(() => stability([0, 0], [1, 1])).toThrow(RangeError);
  });
});
