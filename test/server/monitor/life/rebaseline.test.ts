import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startsAnew } from "../../../../server/monitor/detector/anew.ts";
import { detect } from "../../../../server/monitor/detector/detect.ts";
import { follow } from "../../../../server/monitor/detector/follow.ts";
import type { Count, DetectOptions } from "../../../../server/monitor/model.ts";
import { draws } from "../../../bench/monitor/draws.ts";
import { dayOf, simulate } from "../../../bench/monitor/simulate.ts";
import { CALM } from "../../../bench/monitor/worlds.ts";

const DAILY: DetectOptions = { metric: "click_rate", period: "day", baseline: 42, minRelativeChange: 0.05 };
const LENGTH = 140;
const FALL = 70;

/** Cohorts of 6,000 whose rate falls from .08 to .06 at once, and from then on stays, or falls again. */
function fallen(segment: string, seed: number, again: number | null = null): Count[] {
  const random = draws(seed);
  return Array.from({ length: LENGTH }, (_, i) => {
    const rate =
      (i < FALL ? 0.08 : again !== null && i >= again ? 0.045 : 0.06) * (1 + 0.1 * Math.cos((6.2832 * i) / 7));
    return { segment, period: dayOf(i), n: 6000, x: random.binomial(6000, random.beta(rate, 0.0005)), mature: true };
  });
}

const anew = (at: number, segment: string | null = null) => ({
  ...DAILY,
  rebaselines: [{ segment, period: dayOf(at) }],
});

describe("evidence that starts anew", () => {
  const counts = fallen("VIP", 5);

  it("knows nothing of a change that the new start is at", () => {
    expect(detect(counts, DAILY).alerts.map(({ tier }) => tier)).toEqual(["confirmed"]);
    expect(detect(counts, anew(FALL)).alerts).toEqual([]);
  });

  it("is learning for a while, and expects the new level from then on, where before it expects the old one", () => {
    const { series } = detect(counts, anew(FALL));
    const of = (i: number) => series[i];
    expect([FALL - 1, FALL, FALL + 13, FALL + 14].map((i) => of(i)?.flag)).toEqual([
      null,
      "learning",
      "learning",
      null,
    ]);
    expect([FALL, FALL + 13].map((i) => of(i)?.evidence)).toEqual([null, null]);
    expect(of(FALL + 14)?.evidence).toBeLessThan(100);
    expect(of(FALL - 7)?.expected).toBeCloseTo(0.088, 2);
    expect(of(FALL)?.expected).toBeCloseTo(0.066, 2);
  });

  it("finds what changes after it, from the new level", () => {
    const { alerts } = detect(fallen("VIP", 6, 110), anew(FALL));
    expect(alerts.map(({ tier, direction }) => [tier, direction])).toEqual([["confirmed", "down"]]);
    expect(alerts[0]?.rate_before).toBeCloseTo(0.06, 2);
    expect(alerts[0]?.relative_change).toBeCloseTo(-0.25, 1);
    expect(alerts[0]?.detected_at.localeCompare(dayOf(110))).toBe(1);
  });

  it("ends what was open where it starts: the alert stays and is not estimated from what came after", () => {
    const { series, alerts } = detect(counts, anew(100));
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.last).toBe(dayOf(99));
    expect(alerts[0]?.verdict).toBe("rate");
    expect(series.slice(100, 114).every(({ flag }) => flag === "learning")).toBe(true);
  });

  it("is of one segment where one is named, and of all where none is", () => {
    const two = [...counts, ...fallen("New", 7)];
    expect(detect(two, anew(FALL, "New")).alerts.map(({ segment }) => segment)).toEqual(["VIP"]);
    expect(detect(two, anew(FALL)).alerts).toEqual([]);
  });

  it("is learning, with no band, while there is too little after it", () => {
    const { series } = detect(counts, anew(LENGTH - 5));
    const last = series.at(-1);
    expect([last?.flag, last?.evidence, last?.expected]).toEqual(["learning", null, null]);
  });

  it("starts at the first period that is not before, and nowhere where all are after it or before it", () => {
    const one = { segment: "VIP", periods: [dayOf(3), dayOf(5), dayOf(9)] };
    const at = (...days: number[]) =>
      startsAnew(
        one,
        days.map((day) => ({ segment: null, period: dayOf(day) })),
      );
    expect([at(4), at(5), at(9, 4, 5), at(10), at(3), at(0)]).toEqual([[1], [1], [1, 2], [], [], []]);
  });

  it("leaves a size's step alone that lies across it", () => {
    const size = { metric: "size", period: "day", baseline: 42, minRelativeChange: 0.05 } as const;
    const members = Array.from({ length: 30 }, (_, i) => {
      return { segment: "VIP", period: dayOf(i), n: 1, x: i >= 20 ? 700 : 1000, mature: true };
    });
    expect(detect(members, size).alerts).toHaveLength(1);
    expect(detect(members, { ...size, rebaselines: [{ segment: null, period: dayOf(20) }] }).alerts).toEqual([]);
  });

  it("is the same followed in any order, in any portions, wherever it starts", () => {
    const { counts: many } = simulate({ ...CALM, seed: 12, segments: 4, changed: 3, change: -0.4, watched: 68 });
    const rebaseline = fc.record({
      segment: fc.constantFrom(null, "s00", "s01", "s03"),
      period: fc.integer({ min: 0, max: 112 }).map(dayOf),
    });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(many, { minLength: many.length }),
        fc.integer({ min: 20, max: 250 }),
        fc.array(rebaseline, { maxLength: 4 }),
        (shuffled, portion, rebaselines) => {
          const options = { ...DAILY, rebaselines };
          const follower = follow(options);
          for (let i = 0; i < shuffled.length; i += portion) follower.take(shuffled.slice(i, i + portion));
          expect(follower.detection()).toEqual(detect(many, options));
        },
      ),
      { numRuns: 6 },
    );
  });

  it("is the same followed a day at a time", () => {
    const options = { ...DAILY, rebaselines: [60, 75, 76, 101].map((day) => ({ segment: null, period: dayOf(day) })) };
    const follower = follow(options);
    for (let day = 0; day < LENGTH; day++) follower.take(counts.filter(({ period }) => period === dayOf(day)));
    expect(follower.detection()).toEqual(detect(counts, options));
  });
});
