import { expect, test } from "vitest";
import { drawSeries } from "../../../server/figures/series-drawing.ts";
import { periodPlaces, type SeriesPoint, seriesOf } from "../../../server/figures/series-points.ts";
import { pointWords } from "../../../server/figures/series-words.ts";
import { seriesPoint } from "./series-point.ts";

const names = [
  "segment",
  "metric",
  "period",
  "delivered",
  "events",
  "rate",
  "expected",
  "low",
  "high",
  "evidence",
  "mature",
  "flag",
];
const relation = {
  columns: names.map((name) => ({ name })),
  rows: [
    ["VIP", "click_rate", "2026-08-01", 100, 5, 0.05, 0.05, 0.04, 0.06, 1, true, null],
    ["New", "click_rate", "2026-08-01", 10, 1, "0.1", 0.1, 0.05, 0.2, 1, true, null],
    ["VIP", "click_rate", "2026-08-02", 100, 2, 0.02, 0.05, 0.04, 0.06, 9000, false, "confirmed"],
  ],
};

function point(period: string, value: number | null): SeriesPoint {
  return seriesPoint({ period, value, expected: null, delivered: null, events: null });
}

test("a monitor's relation becomes one series a segment and metric", () => {
  const series = seriesOf(relation);
  expect(series.map((one) => [one.segment, one.points.length])).toEqual([
    ["VIP", 2],
    ["New", 1],
  ]);
  expect(series[0]?.points[1]).toMatchObject({ value: 0.02, mature: false, flag: "confirmed", delivered: 100 });
  expect(series[1]?.points[0]?.value).toBe(0.1);
});

test("days stand by the calendar, other periods one after the other", () => {
  expect(periodPlaces([point("2026-08-01", 1), point("2026-08-02", 1), point("2026-08-05", 1)])).toEqual([0, 0.25, 1]);
  expect(periodPlaces([point("send-1", 1), point("send-2", 1), point("send-9", 1)])).toEqual([0, 0.5, 1]);
});

test("the line breaks where there is no data and where periods are missing", () => {
  const frame = { width: 100, height: 50, edge: 0 };
  const days = ["01", "02", "03", "04", "08", "09"].map((day) => point(`2026-08-${day}`, 1));
  expect(drawSeries(days, frame).line.match(/M/g)).toHaveLength(2);
  const holed = days.map((one, place) => (place === 1 ? point(one.period, null) : one));
  expect(drawSeries(holed, frame).line.match(/M/g)).toHaveLength(3);
});

test("values keep their order from bottom to top, within the frame", () => {
  const drawing = drawSeries([point("a", 1), point("b", 3), point("c", 2)], { width: 100, height: 50, edge: 4 });
  const ys = drawing.places.map((place) => place.y ?? -1);
  expect(ys[1]).toBeLessThan(ys[2] ?? 0);
  expect(ys[2]).toBeLessThan(ys[0] ?? 0);
  for (const y of ys) expect(y).toBeGreaterThanOrEqual(4);
  for (const y of ys) expect(y).toBeLessThanOrEqual(46);
});

test("no data is not zero", () => {
  expect(pointWords(point("2026-08-22", null), "share")).toContain("no data");
  expect(pointWords(point("2026-08-22", 0), "share")).toContain("0\u00a0%");
});
