import { describe, expect, it } from "vitest";
import { likelyOverdispersions, overdispersion } from "../../../../server/monitor/detector/overdispersion.ts";
import { draws } from "../../../bench/monitor/draws.ts";

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
    const random = draws(3);
    const n = Array.from({ length: 4000 }, () => 500 + Math.floor(500 * random.uniform()));
    const x = n.map((size) => random.binomial(size, random.beta(0.3, 0.01)));
    const p = n.map(() => 0.3);
    expect(overdispersion({ n, x, p, fitted: 0 })).toBeGreaterThan(0.0093);
    expect(overdispersion({ n, x, p, fitted: 0 })).toBeLessThan(0.0107);
  });
});

describe("overdispersion as it is used", () => {
  const drawn = (size: (i: number) => number, rho: number, seed: number) => {
    const random = draws(seed);
    const n = Array.from({ length: 42 }, (_, i) => size(i));
    const x = n.map((chances) => random.binomial(chances, random.beta(0.06, rho)));
    return { n, x, p: n.map(() => 0.06), fitted: 1 };
  };

  it("is a large segment's own estimate", () => {
    const large = [0.002, 0.02].map((rho, j) => drawn(() => 2000, rho, j + 1));
    const [low = 0, high = 0] = likelyOverdispersions(large);
    expect(low / overdispersion(large[0] ?? drawn(() => 1, 0, 1))).toBeCloseTo(1, 2);
    expect(high / overdispersion(large[1] ?? drawn(() => 1, 0, 1))).toBeCloseTo(1, 2);
  });

  it("is near the usual for one of a few sends a day, whatever chance made of them, and nearer to that of the others", () => {
    const small = Array.from({ length: 30 }, (_, j) => drawn((i) => 1 + (i % 4), 0.001, 10 + j));
    expect(Math.max(...small.map(overdispersion))).toBeGreaterThan(0.15);
    for (const one of small) {
      const [alone = 0] = likelyOverdispersions([one]);
      expect(alone).toBeGreaterThan(0);
      expect(alone).toBeLessThan(0.012);
    }
    const others = Array.from({ length: 10 }, (_, j) => drawn(() => 2000, 0.0001, 50 + j));
    expect(likelyOverdispersions([...others, drawn((i) => 1 + (i % 4), 0.001, 9)]).at(-1)).toBeLessThan(0.003);
  });

  it("is what is usual where nothing is known", () => {
    expect(likelyOverdispersions([{ n: [], x: [], p: [], fitted: 0 }])).toEqual([0.006]);
  });
});
