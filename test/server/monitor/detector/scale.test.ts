import { describe, expect, it } from "vitest";
import { ARCSINE, anscombe, LOG, precision } from "../../../../server/monitor/detector/scale.ts";

describe("the scale of rates", () => {
  it("takes 3 of 12 to asin √(3.375/12.75)", () => {
    expect(Math.sin(anscombe(3, 12)) ** 2).toBeCloseTo(3.375 / 12.75, 12);
    expect(Math.sin(anscombe(0, 12)) ** 2).toBeCloseTo(0.375 / 12.75, 12);
  });

  it("has the precision of a binomial, 4n, and less where receivers are alike", () => {
    expect(precision(250, 0)).toBe(1000);
    // 4 · 101/(1 + 100 · 0.01) = 404/2
    expect(precision(101, 0.01)).toBeCloseTo(202, 12);
  });

  it("comes back to the rate it left", () => {
    for (const rate of [0, 0.001, 0.25, 0.5, 1]) expect(ARCSINE.back(ARCSINE.forward(rate))).toBeCloseTo(rate, 12);
    for (const size of [1, 40, 5000]) expect(LOG.back(LOG.forward(size))).toBeCloseTo(size, 9);
  });
});
