import { describe, expect, it } from "vitest";
import { inflation, lagOne } from "../../../../server/monitor/detector/autocorrelation.ts";
import { draws } from "../../../bench/monitor/draws.ts";

function walk(seed: number, phi: number, length: number): number[] {
  const random = draws(seed);
  let value = random.normal();
  const values = Array.from({ length }, () => {
    value = phi * value + Math.sqrt(1 - phi * phi) * random.normal();
    return value;
  });
  const mean = values.reduce((a, b) => a + b, 0) / length;
  return values.map((one) => one - mean);
}

const pooled = (phi: number) => Array.from({ length: 400 }, (_, i) => ({ residuals: walk(i + 1, phi, 42), share: 1 }));

describe("lag-1 correlation", () => {
  it("is found in 400 short series from which their means were taken", () => {
    // A fifth and more is added.
    expect(lagOne(pooled(0.3)) / 1.2).toBeGreaterThan(0.27);
    expect(lagOne(pooled(0.3)) / 1.2).toBeLessThan(0.33);
    expect(lagOne(pooled(0))).toBeLessThan(0.03);
  });

  it("is larger for what carries over where the rest is sampling", () => {
    const half = pooled(0.3).map(({ residuals }) => ({ residuals, share: 0.5 }));
    expect(lagOne(half)).toBeCloseTo(2 * lagOne(pooled(0.3)), 9);
  });

  it("is half a standard error where residuals alternate, and nothing for series that are too short", () => {
    expect(lagOne([{ residuals: [1, -1, 1, -1, 1, -1, 1, -1, 1], share: 1 }])).toBeCloseTo(0.5 / 3, 12);
    expect(lagOne([{ residuals: [1, -1], share: 1 }])).toBe(0);
    expect(lagOne([])).toBe(0);
  });

  it("inflates by (1 + φ)/(1 − φ)", () => {
    expect(inflation(0)).toBe(1);
    expect(inflation(1 / 3)).toBeCloseTo(2, 12);
  });
});
