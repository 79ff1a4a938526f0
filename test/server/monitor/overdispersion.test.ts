import { describe, expect, it } from "vitest";
import { overdispersion } from "../../../server/monitor/overdispersion.ts";
import { generator } from "./simulation.ts";

describe("overdispersion by moments", () => {
  it("equals the formula worked by hand", () => {
    // Q = (2 − 5)²/2.5 + (8 − 5)²/2.5 = 7.2; B − d = 1; Σ(n − 1)(B − d)/B = 18/2 = 9; (7.2 − 1)/9.
    expect(overdispersion({ n: [10, 10], x: [2, 8], p: [0.5, 0.5], fitted: 1 })).toBeCloseTo(6.2 / 9, 12);
  });

  it("is 0 where counts vary less than a binomial's, and where nothing can be learnt", () => {
    expect(overdispersion({ n: [10, 10], x: [5, 5], p: [0.5, 0.5], fitted: 1 })).toBe(0);
    expect(overdispersion({ n: [10], x: [5], p: [0.5], fitted: 1 })).toBe(0);
    expect(overdispersion({ n: [10, 10], x: [0, 0], p: [0, 0], fitted: 1 })).toBe(0);
  });

  it("finds the correlation that beta-binomial counts were drawn with", () => {
    const random = generator(3);
    const n = Array.from({ length: 4000 }, () => 500 + Math.floor(500 * random.uniform()));
    const x = n.map((size) => random.binomial(size, random.beta(0.3, 0.01)));
    const p = n.map(() => 0.3);
    expect(overdispersion({ n, x, p, fitted: 0 })).toBeGreaterThan(0.0093);
    expect(overdispersion({ n, x, p, fitted: 0 })).toBeLessThan(0.0107);
  });
});
