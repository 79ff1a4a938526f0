import { describe, expect, it } from "vitest";
import { suddenChanges } from "../../../../server/monitor/population/sudden.ts";

/** A size a period. */
const everyPeriod = (sizes: readonly number[], apart: number) =>
  suddenChanges(sizes, { apart, at: sizes.map((_, i) => i), anew: [] });

describe("the plain rule for sizes", () => {
  it("fires where a size is a fifth from what it was a week earlier, and names the largest step", () => {
    const sizes = Array.from({ length: 30 }, (_, i) => (i < 12 ? 100 : i < 14 ? 95 : 80));
    expect(everyPeriod(sizes, 7)).toEqual([{ detected: 14, at: 14, from: 8 }]);
  });

  it("does not fire below a fifth, and once a stretch", () => {
    expect(
      everyPeriod(
        Array.from({ length: 30 }, (_, i) => (i < 12 ? 100 : 81)),
        7,
      ),
    ).toEqual([]);
    expect(
      everyPeriod(
        Array.from({ length: 60 }, (_, i) => 100 * 1.05 ** i),
        7,
      ),
    ).toHaveLength(1);
  });

  it("tells a segment that fills from nothing, and says nothing of one that stays empty", () => {
    expect(everyPeriod([0, 0, 5], 1)).toEqual([{ detected: 2, at: 2, from: 2 }]);
    expect(everyPeriod([0, 0, 0], 1)).toEqual([]);
  });

  it("goes by the days and not by how many sizes there are", () => {
    // A refresh a week: 15 % less and then 15 % less again are each less than a fifth within seven days.
    const weekly = [0, 7, 14, 21, 28];
    expect(suddenChanges([100, 100, 85, 72, 72], { apart: 7, at: weekly, anew: [] })).toEqual([]);
    expect(suddenChanges([100, 100, 100, 75, 75], { apart: 7, at: weekly, anew: [] })).toEqual([
      { detected: 3, at: 3, from: 3 },
    ]);
    // Nothing is known of what was exactly seven days before: the last that is known before it.
    expect(suddenChanges([100, 70], { apart: 7, at: [0, 9], anew: [] })).toHaveLength(1);
    expect(suddenChanges([100, 70], { apart: 7, at: [0, 3], anew: [] })).toEqual([]);
    expect(suddenChanges([100, 70], { apart: 7, at: [0, 9], anew: [1] })).toEqual([]);
  });
});
