import { describe, expect, it } from "vitest";
import { suddenChanges } from "../../../server/monitor/sudden.ts";

describe("the plain rule for sizes", () => {
  it("fires where a size is a fifth from what it was a week earlier, and names the largest step", () => {
    const sizes = Array.from({ length: 30 }, (_, i) => (i < 12 ? 100 : i < 14 ? 95 : 80));
    expect(suddenChanges(sizes, 7)).toEqual([{ detected: 14, at: 14, from: 8 }]);
  });

  it("does not fire below a fifth, and once a stretch", () => {
    expect(
      suddenChanges(
        Array.from({ length: 30 }, (_, i) => (i < 12 ? 100 : 81)),
        7,
      ),
    ).toEqual([]);
    expect(
      suddenChanges(
        Array.from({ length: 60 }, (_, i) => 100 * 1.05 ** i),
        7,
      ),
    ).toHaveLength(1);
  });

  it("tells a segment that fills from nothing, and says nothing of one that stays empty", () => {
    expect(suddenChanges([0, 0, 5], 1)).toEqual([{ detected: 2, at: 2, from: 2 }]);
    expect(suddenChanges([0, 0, 0], 1)).toEqual([]);
  });
});
