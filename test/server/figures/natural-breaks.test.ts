import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { naturalBreaks, type Weighted } from "../../../server/figures/natural-breaks.ts";

const once = (values: readonly number[]): Weighted[] => values.map((value) => ({ value, count: 1 }));

describe("Natural breaks", () => {
  it("are those of the worked example on Wikipedia's page on Jenks", () => {
    // 4, 5, 9, 10 in two classes: {4, 5} and {9, 10} have 0.5 + 0.5 of 26 in all, a fit of 0.96.
    const found = naturalBreaks(once([4, 5, 9, 10]), 2);
    expect(found?.from).toEqual([4, 9]);
    expect(found?.fit).toBeCloseTo(0.9615, 4);
  });

  it("are those that Ckmeans.1d.dp's paper gives, whatever the order of the values", () => {
    // H. Wang and M. Song, The R Journal 3/2 (2011): -1, 2, -1, 2, 4, 5, 6, -1, 2, -1 in three clusters.
    const found = naturalBreaks(once([-1, 2, -1, 2, 4, 5, 6, -1, 2, -1]), 3);
    expect(found?.from).toEqual([-1, 2, 4]);
    // Within: 0, 0, and of 4, 5, 6 2; in all 93 − 10 · 1.7² = 64.1. R says 96.9 %.
    expect(found?.fit).toBeCloseTo(1 - 2 / (93 - 10 * 1.7 ** 2), 10);
  });

  it("have the least squared deviations of all ways to part the values", () => {
    const weighted = fc.record({ value: fc.integer({ min: -40, max: 40 }), count: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(
        fc.array(weighted, { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 6 }),
        (values, classes) => {
          const different = [...new Set(values.map(({ value }) => value))].sort((a, b) => a - b);
          const found = naturalBreaks(values, classes);
          if (different.length < classes) {
            expect(found).toBeNull();
            return;
          }
          const total = within(values);
          const best = Math.min(...partitions(different, classes).map((from) => deviations(values, from)));
          expect(deviations(values, found?.from ?? [])).toBeCloseTo(best, 6);
          expect(found?.fit).toBeCloseTo(total === 0 ? 1 : 1 - best / total, 8);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("count each value as often as it comes", () => {
    const values = [1, 1, 1, 1, 1, 1, 5, 9, 10];
    const counted = [...new Set(values)].map((value) => ({
      value,
      count: values.filter((one) => one === value).length,
    }));
    expect(naturalBreaks(counted, 3)).toEqual(naturalBreaks(once(values), 3));
  });

  it("are not there for fewer values than classes", () => {
    expect(naturalBreaks([], 2)).toBeNull();
    expect(naturalBreaks(once([3, 3, 3]), 2)).toBeNull();
    expect(naturalBreaks(once([3]), 1)).toEqual({ from: [3], fit: 1 });
  });
});

/** Every way to begin `classes` classes, the first with the least value. */
function partitions(different: readonly number[], classes: number): number[][] {
  const [first = 0, ...rest] = different;
  if (classes === 1) return [[first]];
  return rest.flatMap((_, index) => {
    const later = rest.slice(index);
    return later.length < classes - 1 ? [] : partitions(later, classes - 1).map((from) => [first, ...from]);
  });
}

function deviations(values: readonly Weighted[], from: readonly number[]): number {
  return from.reduce((sum, start, place) => {
    const end = from[place + 1] ?? Number.POSITIVE_INFINITY;
    return sum + within(values.filter(({ value }) => value >= start && value < end));
  }, 0);
}

function within(values: readonly Weighted[]): number {
  const all = values.flatMap(({ value, count }) => Array.from({ length: count }, () => value));
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
