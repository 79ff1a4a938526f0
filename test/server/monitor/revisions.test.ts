import { expect, it } from "vitest";
import { revisions } from "../../../server/monitor/revisions.ts";

const count = (segment: string, period: string, x: number, more: { n?: number; mature?: boolean } = {}) => {
  return { segment, period, n: 100, x, mature: true, ...more };
};

it("cohorts that were judged and count otherwise now are told, in order, with both counts", () => {
  const before = [
    count("b", "2026-01-02", 5),
    count("a", "2026-01-03", 5),
    count("a", "2026-01-01", 5),
    count("a", "2026-01-04", 5, { mature: false }),
  ];
  const now = [
    count("a", "2026-01-01", 6),
    count("a", "2026-01-03", 5),
    count("a", "2026-01-04", 9),
    count("a", "2026-01-05", 7),
    count("b", "2026-01-02", 5, { n: 101 }),
  ];
  const found = revisions(before, now, "click_rate");
  expect(found.map(({ segment, period, code }) => [segment, period, code])).toEqual([
    ["a", "2026-01-01", "cohort-revised"],
    ["b", "2026-01-02", "cohort-revised"],
  ]);
  expect(found[0]?.message).toContain("was judged with 5 of 100, and is now 6 of 100");
});

it("a cohort that is gone, or not old enough any more, is told too; what is the same is not", () => {
  const before = [count("a", "2026-01-01", 5), count("a", "2026-01-02", 5)];
  expect(revisions(before, before, "click_rate")).toEqual([]);
  expect(revisions(before, [count("a", "2026-01-02", 5, { mature: false })], "click_rate")).toMatchObject([
    { period: "2026-01-01", message: expect.stringContaining("is not there any more") },
    { period: "2026-01-02", message: expect.stringContaining("not old enough any more") },
  ]);
});
