import { expect, test } from "vitest";
import { alertsOf } from "../../../server/figures/alerts.ts";
import { newestRate, periodKind } from "../../../server/figures/series-period.ts";
import type { SeriesPoint } from "../../../server/figures/series-points.ts";
import { type SeriesTile, surroundings, tilesOf } from "../../../server/figures/series-tiles.ts";
import { filterWall, NO_FILTER, wallOf, wallWords, worstFirst } from "../../../server/figures/series-wall.ts";
import { weeksOf } from "../../../server/figures/series-weeks.ts";
import { weekdayPattern } from "../../../server/figures/weekday-pattern.ts";

const METRICS = ["open_rate", "click_rate"];

function days(count: number, of: (day: number) => Partial<SeriesPoint>): SeriesPoint[] {
  return Array.from({ length: count }, (_, day) => ({
    ...{ value: 0.1, expected: 0.1, low: 0.05, high: 0.15, delivered: 100, events: 10, evidence: 1 },
    ...{ mature: true, flag: null, period: new Date(Date.UTC(2026, 5, 1 + day)).toISOString().slice(0, 10) },
    ...of(day),
  }));
}

const series = ["Calm", "Falls", "New", "Watched"].flatMap((segment) =>
  METRICS.map((metric) => ({
    segment,
    metric,
    points: days(30, () => (segment === "New" ? { expected: null } : {})),
  })),
);

function alert(segment: string, tier: string) {
  const names = ["segment", "metric", "tier", "direction", "detected_at", "change_at", "relative_change"];
  const rows = [[segment, "click_rate", tier, "down", "2026-06-20", "2026-06-15", -0.2]];
  return alertsOf({ columns: names.map((name) => ({ name, type: "VARCHAR" })), rows });
}

const known = { ...surroundings([...alert("Falls", "confirmed"), ...alert("Watched", "watch")]), baseline: 42 };
const all = wallOf(tilesOf(series, known, "recent"), METRICS);

test("a wall has a row a segment, the worst first, and the metrics in the monitor's order", () => {
  expect(all.rows.map(({ segment }) => segment)).toEqual(["Falls", "Watched", "Calm", "New"]);
  expect(all.rows[0]?.tiles.map((tile) => tile?.metric)).toEqual(METRICS);
  expect(all.rows[3]?.tiles[0]?.status).toBe("learning, 12 days more");
  expect(wallWords(all, all)).toBe("4 segments, 2 metrics: 1 drifts, 1 is watched.");
});

test("opens that are measured otherwise and what was decided on are told beside what drifts", () => {
  const told = (other: Partial<SeriesTile>) => {
    const rows = all.rows.map((row) => ({
      ...row,
      tiles: row.tiles.map((tile) => (tile?.tone === "alert" ? { ...tile, ...other } : tile)),
    }));
    return { ...all, rows };
  };
  const measured = told({ metric: "machine_open_rate" });
  expect(wallWords(measured, measured)).toBe(
    "4 segments, 2 metrics: none drifts, opens of 1 are measured otherwise, 1 is watched.",
  );
  expect(filterWall(measured, { ...NO_FILTER, standing: "measured" }).rows).toHaveLength(1);
  const decided = told({ decided: "snoozed until 7 Nov 2026" });
  expect(wallWords(decided, decided)).toBe(
    "4 segments, 2 metrics: none drifts, 1 is watched, 1 is acknowledged or snoozed.",
  );
  expect(filterWall(decided, { ...NO_FILTER, standing: "drifts" }).rows).toEqual([]);
  expect(filterWall(decided, { ...NO_FILTER, standing: "decided" }).rows).toHaveLength(1);
});

test("opens that are measured otherwise and what was decided on are less bad than what people do otherwise", () => {
  const tiles = all.rows.flatMap(({ tiles }) => tiles.flatMap((tile) => tile ?? []));
  const fallen = tiles.find(({ tone }) => tone === "alert");
  if (fallen === undefined) throw new Error("nothing fell");
  const other = (segment: string, with_: Partial<SeriesTile>) => ({ ...fallen, segment, moved: -0.9, ...with_ });
  const more = [other("Measured", { metric: "machine_open_rate" }), other("Known", { decided: "known cause" })];
  const metrics = [...METRICS, "machine_open_rate"];
  expect(wallOf([...more, ...tiles], metrics).rows.map(({ segment }) => segment)).toEqual([
    ...["Falls", "Watched", "Measured", "Known", "Calm", "New"],
  ]);
  expect(worstFirst([...more, fallen]).map(({ segment }) => segment)).toEqual(["Falls", "Measured", "Known"]);
  const stale = { ...surroundings([]), paused: new Map([["Calm", "stale since 25 Sep"]]) };
  const paused = wallOf(tilesOf(series, stale, "recent"), METRICS);
  expect(paused.rows[0]?.tiles[0]?.status).toBe("paused: stale since 25 Sep");
  expect(wallWords(paused, paused)).toBe("4 segments, 2 metrics: none drifts, 1 is paused.");
});

test("a filter keeps segments by name, by how any of their series stands, and columns by metric", () => {
  const named = filterWall(all, { ...NO_FILTER, text: " fal" });
  expect(wallWords(named, all)).toBe("1 of 4 segments, 2 metrics: 1 drifts.");
  const watched = filterWall(all, { ...NO_FILTER, standing: "watch" });
  expect(watched.rows.map(({ segment }) => segment)).toEqual(["Watched"]);
  const opens = filterWall(all, { ...NO_FILTER, metric: "open_rate", standing: "drifts" });
  expect(opens.rows).toEqual([]);
  expect(wallWords(filterWall(all, { ...NO_FILTER, metric: "open_rate" }), all)).toBe(
    "4 segments, open rate: none drifts.",
  );
});

test("a rate of now is that of the newest seven mature days, each by what was delivered", () => {
  const points = days(10, (day) =>
    day === 9 ? { mature: false, events: 90 } : day === 8 ? { delivered: 300, events: 90 } : {},
  );
  expect(newestRate(points, "day")).toBeCloseTo((6 * 10 + 90) / (6 * 100 + 300), 12);
  expect(periodKind([{ points }])).toBe("day");
  expect(periodKind([{ points: points.filter((_, day) => day % 7 === 0) }])).toBe("week");
  expect(periodKind([{ points: days(3, (day) => ({ period: `mail-${day}` })) }])).toBe("send");
});

test("weeks begin on Monday, the newest is first, and a week's rate is of all its sends", () => {
  const points = days(10, (day) =>
    day === 0 ? { delivered: 900, events: 9, value: 0.01 } : day === 9 ? { flag: "alert" } : {},
  );
  const weeks = weeksOf({ points }, "day");
  expect(weeks.map(({ week, delivered, state }) => [week, delivered, state])).toEqual([
    ["2026-06-08", 300, "alert"],
    ["2026-06-01", 1500, "steady"],
  ]);
  expect(weeks[1]?.rate).toBeCloseTo(69 / 1500, 12);
});

test("weekdays are told against the week's mean, beside those of all series by their events", () => {
  const own = (height: number) => days(28, (day) => (day % 7 === 0 ? { events: height, value: height / 100 } : {}));
  const one = { segment: "A", metric: "click_rate", points: own(24) };
  const other = { segment: "B", metric: "click_rate", points: own(10) };
  const pattern = weekdayPattern([one, other], one, () => null);
  // Monday 24, six other days 10: a mean of 12.
  expect(pattern?.[0]?.own).toBeCloseTo(1, 12);
  expect(pattern?.[1]?.own).toBeCloseTo(-1 / 6, 12);
  const [a, b] = [4 * (24 + 60), 4 * 70];
  expect(pattern?.[0]?.pooled).toBeCloseTo(a / (a + b), 12);
  expect(weekdayPattern([one], { ...one, points: one.points.slice(0, 5) }, () => null)).toBeNull();
});
