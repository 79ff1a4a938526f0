import { describe, expect, it } from "vitest";
import { marginOf, peopleToSee, trialsToSee } from "../../../../server/segments/guards/rates.ts";

describe("How well a rate is known", () => {
  // Newcombe (1998), Statistics in Medicine 17, 857–872, table I: 95 % intervals by Wilson's score.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i: from %f to %f", (events, n, low, high) => {
    expect(marginOf(events / n, n)).toBeCloseTo((high - low) / 2, 4);
  });
});

describe("How many it takes to see a change", () => {
  // A fall and a rise by a fifth, worked out by hand from the formula: 1,447 and 1,683 for 20 %.
  it("is what the formula gives, of a rise and a fall the more", () => {
    expect(trialsToSee(0.2)).toBe(1683);
    expect(peopleToSee({ rate: 0.2, sends: 4 })).toBe(421);
  });

  it("is found by trying: with as many, about 80 of 100 changes are seen", () => {
    const n = trialsToSee(0.2);
    let seed = 7;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    const events = (rate: number) => Array.from({ length: n }, random).filter((chance) => chance < rate).length;
    const seen = Array.from({ length: 400 }, () => {
      const [before, after] = [events(0.2), events(0.24)];
      const pooled = (before + after) / (2 * n);
      return Math.abs(after - before) / n / Math.sqrt((2 * pooled * (1 - pooled)) / n) > 1.96;
    }).filter((each) => each).length;
    expect(seen / 400).toBeGreaterThan(0.74);
    expect(seen / 400).toBeLessThan(0.86);
  });

  it("is less for rates that are high", () => {
    expect(trialsToSee(0.5)).toBeLessThan(trialsToSee(0.2));
    expect(trialsToSee(0.9)).toBeGreaterThan(0);
  });
});
