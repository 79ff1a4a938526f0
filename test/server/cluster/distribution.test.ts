import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distribution } from "../../../server/cluster/distribution.ts";
import { measured } from "../../../server/cluster/known-values.ts";

describe("a column's distribution", () => {
  test("counts every known value once, in bars that touch", () => {
    const value = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const { bars } = distribution(measured(Float64Array.from(values)));
        const known = values.filter((one) => !Number.isNaN(one));
        expect(bars.reduce((sum, { rows }) => sum + rows, 0)).toBe(known.length);
        if (known.length === 0) return;
        expect(bars[0]?.low).toBe(Math.min(...known) + 0);
        expect(bars.at(-1)?.high).toBe(Math.max(...known) + 0);
        for (const [at, { high }] of bars.slice(0, -1).entries()) expect(bars[at + 1]?.low).toBe(high);
      }),
    );
  });

  test("its skewness is that of R's e1071, type 3", () => {
    // Worked by hand: 1 2 3 10: mean 4, Σ(x − 4)³ = −27 − 8 − 1 + 216 = 180, s = √(50/3), so 180 / 4 / s³.
    expect(measured(Float64Array.of(1, 2, 3, 10)).skewness()).toBeCloseTo(45 / (50 / 3) ** 1.5, 12);
    expect(measured(Float64Array.of(5, 5)).skewness()).toBe(0);
  });
});
