import { describe, expect, it } from "vitest";
import { comparePeriods, dayWords, periodRange, weekdayOf } from "../../../server/monitor/period.ts";

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

  it("are told with their year where it is not plain which", () => {
    expect(periodRange("2026-11-09", "2026-11-14", "day")).toBe("9–14 Nov");
    expect(periodRange("2025-12-28", "2026-01-03", "day")).toBe("28 Dec 2025–3 Jan 2026");
    expect([dayWords("2026-10-25", "2026-03-11"), dayWords("2027-10-25", "2026-03-11")]).toEqual([
      "25 Oct",
      "25 Oct 2027",
    ]);
  });

  it("know their weekday", () => {
    // 1 January 2025 was a Wednesday, 29 February 2024 a Thursday.
    expect([weekdayOf("2025-01-01"), weekdayOf("2024-02-29")]).toEqual([3, 4]);
  });
});
