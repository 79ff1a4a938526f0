import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quantilesOf } from "../../../server/cluster/select.ts";
import { uniform } from "./seeded.ts";

test("quantiles without sorting are those of the sorted values, with ties and gaps", () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    fc.constant(Number.NaN),
  );
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), shares, (values, asked) => {
      const ascending = asked.toSorted((a, b) => a - b);
      const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
      const found = quantilesOf(Float64Array.from(values), ascending);
      expect(found.map((one) => one + 0)).toEqual(ascending.map((share) => quantile(sorted, share) + 0));
    }),
    { numRuns: 500 },
  );
});

describe("of many values quantiles are those of the sorted ones", () => {
  const rows = 40_000;
  const draw = uniform(3);
  const kinds: Record<string, () => number> = {
    "around 0": () => draw() - 0.5,
    "of long tails": () => Math.exp(40 * draw() - 20),
    "mostly 0, below it and missing": () => [0, 0, 0, -0, -draw(), Number.NaN][Math.floor(6 * draw())] ?? 0,
    "near each other, below 0": () => -1e6 - draw() / 1e6,
    "that differ in their last bits": () => 1 + Math.floor(6 * draw()) * Number.EPSILON,
    "whole numbers": () => Math.floor(20 * draw()),
    "of which some are infinite": () => (draw() < 0.4 ? Infinity : draw() < 0.5 ? -Infinity : draw()),
  };
  test.each(Object.entries(kinds))("%s", (_, value) => {
    const values = Float64Array.from({ length: rows }, value);
    const sorted = values.filter((one) => !Number.isNaN(one)).sort();
    const shares = [0, 0.1, 0.25, 0.5, 0.500_01, 0.75, 1];
    expect(quantilesOf(values, shares).map((one) => one + 0)).toEqual(
      shares.map((share) => quantile(sorted, share) + 0),
    );
  });

  test("none where all are missing", () => {
    expect(quantilesOf(new Float64Array(rows).fill(Number.NaN), [0.5])).toEqual([Number.NaN]);
  });
});

/** Type 7 as it is defined: linear between order statistics, R's and NumPy's default. */
function quantile(ascending: Float64Array, share: number): number {
  const at = (ascending.length - 1) * share;
  const below = ascending[Math.floor(at)] ?? Number.NaN;
  const above = ascending[Math.ceil(at)] ?? Number.NaN;
  return below === above ? below : below + (above - below) * (at - Math.floor(at));
}
