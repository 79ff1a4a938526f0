import { describe, expect, it } from "vitest";
import { gapsOf } from "../../../../server/monitor/population/gaps.ts";

const days = (from: string, count: number, step = 1) =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(`${from}T00:00:00Z`) + i * step * 86_400_000).toISOString().slice(0, 10),
  );
const said = (periods: Record<string, string[]>, period: "day" | "week" | "send" = "day") =>
  gapsOf(new Map(Object.entries(periods)), { period, due: "each" }).map(({ code, period, message }) => [
    code,
    period,
    message,
  ]);

describe("periods without data", () => {
  it("are told as one run where several days in a row are missing, over a weekend on which nothing is due too", () => {
    // 2026-01-05 is a Monday; nothing is sent on Saturdays and Sundays.
    const weekdays = days("2026-01-05", 28).filter((_, i) => i % 7 < 5);
    const lost = ["2026-01-15", "2026-01-16", "2026-01-19", "2026-01-28"];
    expect(said({ a: weekdays.filter((day) => !lost.includes(day)) })).toEqual([
      ["cohort-missing", "2026-01-15", "a has no data for 3 days, 15–19 Jan."],
      ["cohort-missing", "2026-01-28", "a has no data for 28 Jan."],
    ]);
  });

  it("are none where a letter goes out once a week", () => {
    expect(said({ a: days("2026-01-06", 20, 7) })).toEqual([]);
  });

  it("are weeks where periods are weeks, and none where they are sends", () => {
    const weeks = days("2026-01-05", 10, 7);
    expect(said({ a: weeks.filter((_, i) => i !== 4 && i !== 5) }, "week")).toEqual([
      ["cohort-missing", "2026-02-02", "a has no data for 2 weeks, 2–9 Feb."],
    ]);
    expect(said({ a: ["1", "2", "9"], b: ["4", "5"] }, "send")).toEqual([]);
  });
});

it("of all segments together, only those on which nobody has data are missing", () => {
  const all = days("2026-01-05", 28);
  const periods = new Map([
    ["a", all.filter((day) => day !== "2026-01-14" && day !== "2026-01-20")],
    ["b", all.filter((day) => day !== "2026-01-14")],
  ]);
  expect(gapsOf(periods, { period: "day", due: "all" })).toEqual([
    { segment: null, period: "2026-01-14", code: "cohort-missing", message: "No segment has data for 14 Jan." },
  ]);
});

describe("a segment that is not there all the time", () => {
  it("appears where others were there for a week before, and vanishes where they go on for a week", () => {
    expect(said({ a: days("2026-01-01", 30), b: days("2026-01-08", 16), c: days("2026-01-07", 18) })).toEqual([
      ["segment-appears", "2026-01-08", "b appears 7 days after the first of others."],
      ["segment-vanishes", "2026-01-23", "b has nothing in the last 7 days in which others have something."],
    ]);
  });

  it("of one day is neither", () => {
    expect(said({ a: ["2026-01-01"] })).toEqual([]);
    expect(said({})).toEqual([]);
  });
});
