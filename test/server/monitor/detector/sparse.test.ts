import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ARCSINE, anscombe, precision } from "../../../../server/monitor/detector/scale.ts";
import { readRate } from "../../../../server/monitor/detector/sparse.ts";

/** Binomial chances of 0 to n, by Pascal's rule: one trial after the other. */
function binomial(n: number, p: number): number[] {
  let chances = [1];
  for (let trial = 0; trial < n; trial++) {
    chances = [...chances, 0].map((chance, x) => chance * (1 - p) + (chances[x - 1] ?? 0) * p);
  }
  return chances;
}

function meanOf(f: (x: number) => number, n: number, p: number): number {
  return binomial(n, p).reduce((sum, chance, x) => sum + chance * f(x), 0);
}

const sparse = fc.tuple(fc.integer({ min: 1, max: 150 }), fc.double({ min: 0.0005, max: 0.06, noNaN: true }));

describe("the reading of a small cohort", () => {
  it("has the mean asin √p at every size, where Anscombe's has 21 % for no event of one", () => {
    expect(Math.sin(anscombe(0, 1)) ** 2).toBeCloseTo(0.214, 3);
    fc.assert(
      fc.property(sparse, ([n, p]) => {
        expect(meanOf((x) => readRate(x, n, p, 0).y, n, p)).toBeCloseTo(ARCSINE.forward(p), 9);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("follows the rate to first order, however many there are, where the rate is not quite p", () => {
    fc.assert(
      fc.property(sparse, ([n, p]) => {
        const at = (rate: number) => meanOf((x) => readRate(x, n, p, 0).y, n, rate);
        const step = p * 1e-4;
        const slope = (ARCSINE.forward(p + step) - ARCSINE.forward(p - step)) / (2 * step);
        expect((at(p + step) - at(p - step)) / (2 * step) / slope).toBeCloseTo(1, 5);
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  it("has the variance it says, more where receivers are alike", () => {
    fc.assert(
      fc.property(sparse, ([n, p]) => {
        const centre = ARCSINE.forward(p);
        const variance = meanOf((x) => (readRate(x, n, p, 0).y - centre) ** 2, n, p);
        expect(variance * readRate(0, n, p, 0).precision).toBeCloseTo(1, 6);
        expect(readRate(0, n, p, 0).least / variance).toBeCloseTo(1, 6);
        expect(variance * (1 + (n - 1) * 0.01) * readRate(0, n, p, 0.01).precision).toBeCloseTo(1, 6);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it("treats what happens and what does not alike", () => {
    for (const [x, n, p] of [
      [0, 1, 0.06],
      [1, 12, 0.3],
      [3, 40, 0.02],
    ] as const) {
      expect(readRate(x, n, p, 0.01).y + readRate(n - x, n, 1 - p, 0.01).y).toBeCloseTo(Math.PI / 2, 9);
      expect(readRate(x, n, p, 0.01).precision / readRate(n - x, n, 1 - p, 0.01).precision).toBeCloseTo(1, 9);
    }
  });

  it("is Anscombe's for one that is not small", () => {
    expect(readRate(14, 200, 0.06, 0.01)).toEqual({
      y: anscombe(14, 200),
      precision: precision(200, 0.01),
      least: 1 / 800,
    });
    // Where the two meet, they are hardly apart: 1/(8√10) = 0.04 deviations.
    const apart = readRate(10, 199, 0.05, 0).y - anscombe(10, 199);
    expect(Math.abs(apart) * Math.sqrt(4 * 199)).toBeLessThan(0.06);
  });
});
