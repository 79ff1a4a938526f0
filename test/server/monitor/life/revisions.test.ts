import { expect, it } from "vitest";
import { revisions } from "../../../../server/monitor/life/revisions.ts";

const series = (segment: string, cohorts: readonly (readonly [string, number, number])[]) => {
  return { segment, metric: "click_rate", cohorts };
};

it("cohorts that were judged and count otherwise now, or are gone, are told with both counts", () => {
  const before = [
    series("a", [
      ["2026-01-01", 100, 5],
      ["2026-01-02", 100, 5],
      ["2026-01-03", 100, 5],
    ]),
    series("b", [["2026-01-02", 100, 5]]),
  ];
  const now = [
    series("a", [
      ["2026-01-01", 100, 6],
      ["2026-01-02", 100, 5],
      ["2026-01-04", 100, 9],
    ]),
    series("b", [["2026-01-02", 101, 5]]),
  ];
  expect(revisions(before, now).map(({ message }) => message)).toEqual([
    "a, click rate, 1 Jan: was judged with 5 of 100, and is now 6 of 100.",
    "a, click rate, 3 Jan: was judged with 5 of 100, and is not there any more.",
    "b, click rate, 2 Jan: was judged with 5 of 100, and is now 5 of 101.",
  ]);
  expect(revisions(before, before)).toEqual([]);
});

it("what is older than what is held now, and a series that has ended, are no revisions", () => {
  const before = [series("a", [["2026-01-01", 100, 5]]), series("b", [["2026-01-01", 100, 5]])];
  expect(revisions(before, [series("a", [["2026-01-02", 1, 1]])])).toEqual([]);
});
