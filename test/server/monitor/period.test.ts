import { describe, expect, it } from "vitest";
import { comparePeriods, weekdayOf } from "../../../server/monitor/period.ts";

describe("periods", () => {
  it("are ordered by date, by number, and else by their characters", () => {
    expect(["2026-02-01", "2025-12-31", "2026-01-15"].sort(comparePeriods)).toEqual([
      "2025-12-31",
      "2026-01-15",
      "2026-02-01",
    ]);
    expect(["10", "9", "-1"].sort(comparePeriods)).toEqual(["-1", "9", "10"]);
    expect(["b2", "b10", "a3"].sort(comparePeriods)).toEqual(["a3", "b10", "b2"]);
  });

  it("know their weekday", () => {
    // 1 January 2025 was a Wednesday, 29 February 2024 a Thursday.
    expect([weekdayOf("2025-01-01"), weekdayOf("2024-02-29")]).toEqual([3, 4]);
  });
});
