import { expect, test } from "vitest";
import { comparisonLimits } from "../../../server/figures/comparison-limits.ts";
import { csvText } from "../../../server/figures/csv-text.ts";
import { drawEvidence, passedTiers } from "../../../server/figures/evidence-drawing.ts";
import { flowsOf } from "../../../server/figures/flows.ts";
import type { SeriesPoint } from "../../../server/figures/series-points.ts";
import { waterfallsOf } from "../../../server/figures/waterfall.ts";
import { seriesPoint } from "./series-point.ts";

const columnsOf = (names: string) => names.split(" ").map((name) => ({ name, type: "VARCHAR" }));

function points(evidence: readonly (number | null)[]): SeriesPoint[] {
  return evidence.map((each, day) =>
    seriesPoint({
      ...{ delivered: 400, events: 40, evidence: each, flag: each === null ? "learning" : null },
      period: `2026-06-${String(day + 1).padStart(2, "0")}`,
    }),
  );
}

test("a waterfall goes from the rate before to the rate after, part by part, what adds most first", () => {
  const columns = columnsOf(
    "segment metric change_at column part share_before share_after rate_before rate_after mix rate",
  );
  const row = (part: string, ...figures: number[]) => ["A", "click_rate", "2026-06-01", "domain", part, ...figures];
  // Two halves become one and three quarters; the first falls from 0.1 to 0.06, the second stays at 0.2.
  const rows = [
    row("a", 0.5, 0.25, 0.1, 0.06, -0.25 * 0.08, -0.04 * 0.375),
    row("b", 0.5, 0.75, 0.2, 0.2, 0.25 * 0.2, 0),
  ];
  const about = { segment: "A", metric: "click_rate", changeAt: "2026-06-01" };
  const [found] = waterfallsOf({ columns, rows }, about);
  expect(found?.before).toBeCloseTo(0.15, 12);
  expect(found?.after).toBeCloseTo(0.165, 12);
  expect(found?.steps.map(({ part }) => part)).toEqual(["b", "a"]);
  expect(found?.steps.at(-1)?.to).toBeCloseTo(0.165, 12);
  expect(waterfallsOf({ columns, rows }, { ...about, changeAt: "2026-07-01" })).toEqual([]);
});

test("evidence stands by powers of ten, and each tier says when it was passed since the change", () => {
  const course = points([null, 1, 10, 100, 1000, 3000, 20_000]);
  const { places } = drawEvidence(course, { width: 100, height: 50, edge: 0 });
  const ys = places.map(({ y }) => y ?? Number.NaN);
  expect((ys[1] ?? 0) - (ys[2] ?? 0)).toBeCloseTo((ys[2] ?? 0) - (ys[3] ?? 0), 9);
  expect(places[0]?.y).toBeNull();
  expect(passedTiers(course, "2026-06-03")).toEqual([
    { tier: "watch", period: "2026-06-05" },
    { tier: "alert", period: "2026-06-06" },
    { tier: "confirmed", period: "2026-06-07" },
  ]);
});

test("a p-chart's limits are three standard errors from the baseline's share, none where nothing was sent", () => {
  const course = points([null, null, null, null, 1, 1]);
  const holed = course.map((point, day) => (day === 4 ? { ...point, delivered: 0, events: 0, value: null } : point));
  const found = comparisonLimits(holed, "p");
  expect(found?.limits[5]?.high).toBeCloseTo(0.1 + 3 * Math.sqrt((0.1 * 0.9) / 400), 12);
  expect(found?.limits[4]).toBeNull();
  expect(found?.outside).toBe(0);
  expect(comparisonLimits(course.slice(0, 2), "p")).toBeNull();
});

test("flows of a segment are the newest of each way, beside what is usual", () => {
  const rows = [
    ["2026-06-01", "A", "B", 10, 100, null],
    ["2026-06-02", "A", "B", 30, 100, null],
    ["2026-06-03", "A", "B", 40, 100, "alert"],
    ["2026-06-03", null, "A", 5, 50, null],
    ["2026-06-03", "B", "C", 90, 100, null],
  ];
  const found = flowsOf({ columns: columnsOf("period from_segment to_segment moved of flag"), rows }, "A");
  expect(found.map(({ way, other, moved, usual, flag }) => [way, other, moved, usual, flag])).toEqual([
    ["out", "B", 40, 0.2, "alert"],
    ["in", "", 5, null, null],
  ]);
});

test("a table is saved without anything that a spreadsheet would compute", () => {
  expect(
    csvText(
      ["week", "state"],
      [
        ["2026-06-01", "=1+1"],
        ["2026-06-08", null],
      ],
    ),
  ).toBe("week,state\n2026-06-01,'=1+1\n2026-06-08,\n");
});
