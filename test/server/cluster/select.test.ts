import fc from "fast-check";
import { expect, test } from "vitest";
import { quantilesOf } from "../../../server/cluster/select.ts";

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

/** Type 7 as it is defined: linear between order statistics, R's and NumPy's default. */
function quantile(ascending: Float64Array, share: number): number {
  const at = (ascending.length - 1) * share;
  const below = ascending[Math.floor(at)] ?? Number.NaN;
  const above = ascending[Math.ceil(at)] ?? Number.NaN;
  return below === above ? below : below + (above - below) * (at - Math.floor(at));
}
