import { expect, test } from "vitest";
import { alertParts, alertTitle, headline } from "../../../server/figures/alert-words.ts";
import { alertsOf } from "../../../server/figures/alerts.ts";
import { surroundings, tilesOf } from "../../../server/figures/series-tiles.ts";
import { seriesPoint } from "./series-point.ts";

const names = [
  "segment",
  "metric",
  "tier",
  "direction",
  "detected_at",
  "change_at",
  "change_from",
  "change_to",
  "rate_before",
  "rate_after",
  "relative_change",
  "explanation",
];
const columns = names.map((name) => ({ name, type: "VARCHAR" }));
const row = (segment: string, tier: string, detected: string, metric = "click_rate") => [
  segment,
  metric,
  tier,
  "down",
  detected,
  "2026-08-22",
  "2026-08-20",
  "2026-08-25",
  0.052,
  0.039,
  -0.25,
  "It fell.",
];

test("the surest drifts come first, then the latest", () => {
  const rows = [
    row("A", "watch", "2026-09-09"),
    row("B", "confirmed", "2026-08-01"),
    row("C", "confirmed", "2026-09-01"),
  ];
  expect(alertsOf({ columns, rows }).map((alert) => alert.segment)).toEqual(["C", "B", "A"]);
});

test("the headline counts segments that drift, not rows, and says so in a sentence", () => {
  const rows = [row("A", "confirmed", "2026-08-01"), row("A", "alert", "2026-08-02", "open_rate")];
  expect(headline(alertsOf({ columns, rows }))).toBe("One segment drifts");
  expect(headline(alertsOf({ columns, rows: [...rows, row("B", "alert", "2026-08-02")] }))).toBe("Two segments drift");
  expect(headline(alertsOf({ columns, rows: [row("A", "watch", "2026-08-02")] }))).toBe(
    "No segment drifts; some are watched",
  );
  expect(headline([])).toBe("Every segment is steady");
});

test("the headline does not count opens by machines as a drift of people", () => {
  const jump = row("B", "confirmed", "2026-08-01", "machine_open_rate");
  expect(headline(alertsOf({ columns, rows: [jump, row("A", "confirmed", "2026-08-01")] }))).toBe("One segment drifts");
  expect(headline(alertsOf({ columns, rows: [jump] }))).toBe("No segment drifts; opens are measured otherwise");
});

test("an alert says what moved, from what to what", () => {
  const [alert] = alertsOf({ columns, rows: [row("A", "alert", "2026-08-02")] });
  if (alert === undefined) throw new Error("no alert");
  expect(alertTitle(alert).replaceAll("\u00a0", " ")).toMatch(/^click rate fell from 5\.2.?% to 3\.9.?%$/);
});

test("series with an alert stand first and carry its change; one without a baseline is learning", () => {
  const series = [
    { segment: "B", metric: "click_rate", points: [seriesPoint()] },
    { segment: "N", metric: "click_rate", points: [seriesPoint({ expected: null })] },
    { segment: "A", metric: "click_rate", points: [seriesPoint()] },
  ];
  const tiles = tilesOf(
    series,
    surroundings(alertsOf({ columns, rows: [row("A", "confirmed", "2026-08-02")] })),
    "all",
  );
  expect(tiles.map(({ segment, tone }) => [segment, tone])).toEqual([
    ["A", "alert"],
    ["B", "steady"],
    ["N", "learning"],
  ]);
  expect(tiles[0]?.change).toMatchObject({ at: "2026-08-22", direction: "down" });
});

test("a told sentence is split into what moved and how surely, and an untold one is shown whole", () => {
  const [alert] = alertsOf({ columns, rows: [row("A", "alert", "2026-08-02")] });
  if (alert === undefined) throw new Error("no alert");
  const told =
    "VIP: click rate fell from 4.1 % to 3.2 % (−22 %, −27 to −16) since about 12 Nov (9–14 Nov); about 310 clicks fewer a week.";
  expect(alertParts({ ...alert, explanation: told })).toEqual({
    title: "VIP: click rate fell from 4.1\u00a0% to 3.2\u00a0%",
    detail: "−22\u00a0% (−27 to −16) since about 12 Nov (9–14 Nov); about 310 clicks fewer a week.",
  });
  const open = "VIP: size rose from 10 to 20 since 12 Nov.";
  expect(alertParts({ ...alert, explanation: open }).detail).toBe(open);
});

test("a tile shows its last periods, and enough to see a change; all of them when asked", () => {
  const day = (place: number) => new Date(Date.UTC(2025, 9, 1 + place)).toISOString().slice(0, 10);
  const points = Array.from({ length: 396 }, (_, place) => seriesPoint({ period: day(place) }));
  const series = [{ segment: "A", metric: "click_rate", points }];
  const [alert] = alertsOf({ columns, rows: [row("A", "alert", "2026-08-02")] });
  const long = alert === undefined ? [] : [{ ...alert, changeAt: day(250) }];
  expect(tilesOf(series, surroundings([]), "recent")[0]?.points).toHaveLength(120);
  expect(tilesOf(series, surroundings(long), "recent")[0]?.points).toHaveLength(396 - 250 + 30);
  expect(tilesOf(series, surroundings([]), "all")[0]?.points).toHaveLength(396);
});
