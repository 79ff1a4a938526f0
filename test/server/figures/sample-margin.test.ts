import { describe, expect, it } from "vitest";
import { guessOf } from "../../../server/figures/sample-margin.ts";

/** Logarithms of the factorials up to n. */
function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 2; k <= n; k += 1) logs[k] = (logs[k - 1] ?? 0) + Math.log(k);
  return logs;
}

/** How often the stretch holds the truth, summed over the hypergeometric distribution of what a sample finds. */
function coverage(truth: number, { drawn, all }: { drawn: number; all: number }): number {
  const f = logFactorials(all);
  const choose = (n: number, k: number) => (f[n] ?? 0) - (f[k] ?? 0) - (f[n - k] ?? 0);
  let sum = 0;
  for (let found = Math.max(0, drawn + truth - all); found <= Math.min(drawn, truth); found += 1) {
    const { low, high } = guessOf(found, { drawn, all });
    const chance = Math.exp(choose(truth, found) + choose(all - truth, drawn - found) - choose(all, drawn));
    if (low <= truth && truth <= high) sum += chance;
  }
  return sum;
}

describe("the margin of a size that a sample tells", () => {
  it("holds the truth about 95 times in 100, by the exact distribution of what samples find", () => {
    for (const all of [2_000, 5_000]) {
      for (const drawn of [200, 1_000]) {
        for (const share of [0.02, 0.1, 0.37, 0.5, 0.9, 0.995]) {
          const held = coverage(Math.round(share * all), { drawn, all });
          expect(held, `${share} of ${all} by ${drawn}`).toBeGreaterThan(0.92);
        }
      }
    }
    const whole = [0.1, 0.37, 0.5, 0.9].map((share) =>
      coverage(Math.round(share * 5_000), { drawn: 1_000, all: 5_000 }),
    );
    expect(whole.reduce((sum, each) => sum + each, 0) / whole.length).toBeLessThan(0.965);
  });

  it("says nothing certain of what was not found, and everything where all were asked", () => {
    const none = guessOf(0, { drawn: 1_000, all: 1_000_000 });
    expect(none.count).toBe(0);
    // The rule of three: none of n leaves up to about 3 in n, by Wilson's interval 3.84.
    expect(none.high).toBeGreaterThan(3_000);
    expect(none.high).toBeLessThan(4_000);
    expect(guessOf(7, { drawn: 50, all: 50 })).toEqual({ count: 7, low: 7, high: 7 });
    expect(guessOf(0, { drawn: 0, all: 50 })).toEqual({ count: 0, low: 0, high: 50 });
  });
});
