import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detect } from "../../../../server/monitor/detector/detect.ts";
import type { Count, DetectOptions } from "../../../../server/monitor/model.ts";
import { draws } from "../../../bench/monitor/draws.ts";
import { dayOf } from "../../../bench/monitor/simulate.ts";

const DAILY: DetectOptions = { metric: "click_rate", period: "day", baseline: 42, minRelativeChange: 0.05 };

interface Made {
  readonly segment: string;
  readonly length: number;
  readonly n?: number;
  readonly rate: (i: number) => number;
  readonly seed?: number;
  readonly rho?: number;
}

/** Cohorts whose rate is as given, with a little beta-binomial noise and a weekday effect. */
function made({ segment, length, n = 6000, rate, seed = 1, rho = 0.0005 }: Made): Count[] {
  const random = draws(seed);
  return Array.from({ length }, (_, i) => {
    const mean = rate(i) * (1 + 0.1 * Math.cos((2 * Math.PI * i) / 7));
    return { segment, period: dayOf(i), n, x: random.binomial(n, random.beta(mean, rho)), mature: true };
  });
}

const steady = (segment: string, seed: number, length = 120) => made({ segment, length, rate: () => 0.08, seed });
const fallen = (segment: string, seed: number, by = 0.75, at = 70, length = 120) =>
  made({ segment, length, rate: (i) => (i >= at ? 0.08 * by : 0.08), seed });

describe("detect", () => {
  const calm = [steady("Browsers", 2), steady("Frequent", 3), steady("Lapsed", 4)].flat();
  const found = detect([...calm, ...fallen("VIP", 5)], DAILY);

  it("opens one alert where a rate falls, raises it in place, and dates the fall", () => {
    expect(found.alerts).toHaveLength(1);
    const [alert] = found.alerts;
    expect(alert).toMatchObject({
      segment: "VIP",
      metric: "click_rate",
      tier: "confirmed",
      direction: "down",
      verdict: "rate",
    });
    expect(Math.abs(Date.parse(alert?.change_at ?? "") - Date.parse(dayOf(70)))).toBeLessThanOrEqual(86_400_000);
    expect((alert?.detected_at ?? "") >= dayOf(70)).toBe(true);
    expect((alert?.detected_at ?? "") <= dayOf(80)).toBe(true);
    expect((alert?.confirmed_at ?? "") >= (alert?.detected_at ?? "")).toBe(true);
    expect((alert?.change_from ?? "") <= (alert?.change_at ?? "")).toBe(true);
    expect((alert?.change_to ?? "") >= (alert?.change_at ?? "")).toBe(true);
  });

  it("says by how much, with an interval that holds the truth, and the rates can be recomputed", () => {
    const [alert] = found.alerts;
    expect(alert?.relative_change).toBeCloseTo((alert?.rate_after ?? 0) / (alert?.rate_before ?? 1) - 1, 12);
    expect(alert?.low).toBeLessThan(-0.25);
    expect(alert?.high).toBeGreaterThan(-0.25);
    const after = fallen("VIP", 5).filter(({ period }) => period >= (alert?.change_at ?? ""));
    const [x, n] = [after.reduce((sum, one) => sum + one.x, 0), after.reduce((sum, one) => sum + one.n, 0)];
    expect(alert?.rate_after).toBeCloseTo(x / n, 12);
  });

  it("explains it in one sentence with numbers", () => {
    const sentence =
      /^VIP: click rate fell from [78]\.\d % to [56]\.\d % \(−2\d %, −[23]\d to −[12]\d\) since (about )?1[123] Mar( \(\d+–1\d Mar\))?; about [67]\d0 clicks fewer a week\.$/;
    expect(found.alerts[0]?.explanation).toMatch(sentence);
  });

  it("gives every cohort a point: learning, then judged, then flagged from the change on", () => {
    const points = found.series.filter((point) => point.segment === "VIP");
    expect(points).toHaveLength(120);
    expect(points.slice(0, 42).every((point) => point.flag === "learning" && point.evidence === null)).toBe(true);
    const [alert] = found.alerts;
    expect(
      points.filter((point) => point.period >= (alert?.change_at ?? "")).every((point) => point.flag === "confirmed"),
    ).toBe(true);
    expect(points[50]?.evidence).toBeGreaterThan(0);
    expect(points[50]?.rate).toBeCloseTo((points[50]?.events ?? 0) / (points[50]?.delivered ?? 1), 12);
    const inside = points
      .slice(0, 70)
      .filter(({ rate, low, high }) => (rate ?? 0) >= (low ?? 1) && (rate ?? 1) <= (high ?? 0));
    expect(inside.length).toBeGreaterThan(60);
  });

  it("reaches a tier on the day when the evidence passes its threshold", () => {
    const [alert] = found.alerts;
    const points = found.series.filter((point) => point.segment === "VIP");
    const first = (threshold: number) => points.find((point) => (point.evidence ?? 0) >= threshold)?.period;
    expect(alert?.detected_at).toBe(first(2500));
    expect(alert?.confirmed_at).toBe(first(9000));
  });

  it("gives the same state for the same cohorts in any order", () => {
    const counts = [...calm.filter(({ segment }) => segment === "Lapsed"), ...fallen("VIP", 5)];
    const straight = detect(counts, DAILY);
    fc.assert(
      fc.property(fc.shuffledSubarray(counts, { minLength: counts.length }), (shuffled) => {
        expect(detect(shuffled, DAILY)).toEqual(straight);
      }),
      { numRuns: 5, seed: 9 },
    );
  });

  it("takes a day without sends, and one that was never given, as no data and not as zero", () => {
    const gone = new Set([10, 11, 60, 61, 62].map(dayOf));
    const counts = fallen("VIP", 5);
    const without = counts.filter(({ period }) => !gone.has(period));
    const empty = counts.map((count) => (gone.has(count.period) ? { ...count, n: 0, x: 0 } : count));
    expect(detect(empty, DAILY).alerts).toEqual(detect(without, DAILY).alerts);
    expect(detect(empty, DAILY).series.find(({ period }) => period === dayOf(60))).toMatchObject({
      rate: null,
      evidence: null,
      flag: null,
    });
    expect(detect(without, DAILY).alerts).toHaveLength(1);
  });

  it("lets young cohorts wait: they are shown and judge nothing", () => {
    const counts = fallen("VIP", 5, 0.2, 118).map((count) => ({ ...count, mature: count.period < dayOf(118) }));
    const { alerts, series } = detect(counts, DAILY);
    expect(alerts).toEqual([]);
    expect(series.at(-1)).toMatchObject({ mature: false, evidence: null, flag: null });
    expect(series.at(-1)?.expected).not.toBeNull();
  });

  it("keeps a change that is too small for notice at watch, however sure it is", () => {
    const counts = made({
      segment: "VIP",
      length: 160,
      n: 60_000,
      rho: 0.00002,
      rate: (i) => (i >= 70 ? 0.2 * 0.97 : 0.2),
      seed: 3,
    });
    const { alerts } = detect(counts, DAILY);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({ tier: "watch", confirmed_at: null });
    expect(alerts[0]?.evidence).toBeGreaterThan(9000);
    expect(alerts[0]?.explanation).toContain("below the 5 % that gives notice");
    expect(detect(counts, { ...DAILY, minRelativeChange: 0.01 }).alerts[0]?.tier).toBe("confirmed");
  });

  it("takes an alert back to watch where later days leave too small a change, and says when the watch began", () => {
    const rate = (i: number) => (i >= 70 ? 0.2 * 0.95 : 0.2);
    const alerted = new Set<string>();
    let takenBack = 0;
    for (let seed = 1; seed <= 24; seed++) {
      const counts = made({ segment: "VIP", length: 160, rate, seed });
      for (let length = 80; length <= 160; length += 8) {
        const { alerts, series } = detect(counts.slice(0, length), DAILY);
        for (const { tier, change_from, detected_at, relative_change } of alerts) {
          if (tier === "alert") alerted.add(`${seed}`);
          if (tier === "confirmed" || Math.abs(relative_change ?? 1) >= 0.05) continue;
          expect(tier).toBe("watch");
          const opened = series.find(({ period, evidence }) => period >= change_from && (evidence ?? 0) >= 1000);
          expect(detected_at).toBe(opened?.period);
          if (alerted.has(`${seed}`)) takenBack += 1;
        }
      }
    }
    expect(takenBack).toBeGreaterThan(0);
  });

  it("starts anew from the changed level once it is confirmed, so that a recovery is an alert of its own", () => {
    const rate = (i: number) => (i >= 70 && i < 110 ? 0.055 : 0.08);
    const { alerts } = detect(made({ segment: "VIP", length: 170, rate, seed: 6 }), DAILY);
    expect(alerts.map(({ direction }) => direction)).toEqual(["down", "up"]);
    expect(Math.abs(Date.parse(alerts[1]?.change_at ?? "") - Date.parse(dayOf(110)))).toBeLessThanOrEqual(
      2 * 86_400_000,
    );
    expect(alerts[0]?.rate_after).toBeLessThan(0.06);
    expect(alerts[1]?.rate_after).toBeGreaterThan(0.075);
  });

  it("flags a flop of one day as a spike and alerts on nothing", () => {
    const { alerts, series } = detect(
      made({ segment: "VIP", length: 120, rate: (i) => (i === 80 ? 0.03 : 0.08), seed: 7 }),
      DAILY,
    );
    expect(alerts).toEqual([]);
    expect(series[80]?.flag).toBe("spike");
  });

  it("shows a segment that is too short, and judges it not yet", () => {
    const { alerts, series } = detect(steady("New", 8, 30), DAILY);
    expect(alerts).toEqual([]);
    expect(series).toHaveLength(30);
    expect(series.every(({ expected, flag }) => expected === null && flag === "learning")).toBe(true);
  });

  it("says that a rate rose from nothing without dividing by it", () => {
    const counts = made({ segment: "VIP", length: 120, rate: () => 0.001 }).map((count, i) => ({
      ...count,
      x: i < 70 ? 0 : 20 + (i % 3),
    }));
    const [alert] = detect(counts, { ...DAILY, metric: "unsubscribe_rate" }).alerts;
    expect(alert).toMatchObject({
      direction: "up",
      rate_before: 0,
      relative_change: null,
      low: null,
      high: null,
      change_at: dayOf(70),
    });
    expect(alert?.explanation).toMatch(/^VIP: unsubscribe rate rose from 0\.0 % to 0\.4 % since about 12 Mar/);
  });

  it("makes one incident of what moves together, with the segments inside", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    const counts = names.flatMap((segment, j) =>
      made({ segment, length: 100, rate: (i) => (i === 60 && j < 7 ? 0.04 : 0.08), seed: 20 + j }),
    );
    const { incidents, alerts } = detect(counts, DAILY);
    expect(alerts).toEqual([]);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({
      opened_at: dayOf(60),
      direction: "down",
      metric: "click_rate",
      segments: names.slice(0, 7),
    });
    expect(incidents[0]?.explanation).toMatch(/^7 of 10 segments: click rate fell together on 2 Mar;/);
  });

  it("judges weeks and sends without weekdays", () => {
    const byWeek = fallen("VIP", 5).map((count, i) => ({ ...count, period: dayOf(7 * i) }));
    const [week] = detect(byWeek, { ...DAILY, period: "week" }).alerts;
    expect(week?.explanation).toContain("since about the week of ");
    const bySend = fallen("VIP", 5).map((count, i) => ({ ...count, period: String(i) }));
    const [send] = detect(bySend, { ...DAILY, period: "send" }).alerts;
    expect(Math.abs(Number(send?.change_at) - 70)).toBeLessThanOrEqual(1);
    expect(send?.explanation).toContain("since about send ");
  });

  it("refuses two cohorts of one period, and more events than chances", () => {
    const count = { segment: "VIP", period: "2025-01-01", n: 10, x: 5, mature: true };
    expect(() => detect([count, count], DAILY)).toThrow(RangeError);
    expect(() => detect([{ ...count, x: 11 }], DAILY)).toThrow(RangeError);
  });
});

describe("sizes", () => {
  const SIZE: DetectOptions = { ...DAILY, metric: "size" };
  const members = (size: (i: number) => number) => {
    const random = draws(30);
    return Array.from({ length: 120 }, (_, i) => ({
      segment: "VIP",
      period: dayOf(i),
      n: 1,
      x: Math.round(size(i) * (1 + 0.01 * random.normal())),
      mature: true,
    }));
  };

  it("go through the same detector as logarithms", () => {
    const [alert] = detect(
      members((i) => (i >= 80 ? 1100 : 1000)),
      SIZE,
    ).alerts;
    expect(alert).toMatchObject({ tier: "confirmed", direction: "up" });
    expect(Math.abs(Date.parse(alert?.change_at ?? "") - Date.parse(dayOf(80)))).toBeLessThanOrEqual(86_400_000);
    expect(alert?.relative_change).toBeCloseTo(0.1, 1);
    expect(alert?.explanation).toMatch(/^VIP: size rose from 1,0\d\d|^VIP: size rose from 99\d/);
  });

  it("alert by the plain rule on the day they are a fifth off, also before the baseline is learnt", () => {
    const [alert] = detect(
      members((i) => (i >= 20 ? 700 : 1000)),
      SIZE,
    ).alerts;
    expect(alert).toMatchObject({
      tier: "alert",
      direction: "down",
      detected_at: dayOf(20),
      change_at: dayOf(20),
      low: null,
    });
    expect(alert?.explanation).toMatch(/^VIP: size fell from [19]/);
  });

  it("are not told twice where both rules see the same change", () => {
    const { alerts } = detect(
      members((i) => (i >= 80 ? 700 : 1000)),
      SIZE,
    );
    expect(alerts.map(({ tier }) => tier)).toEqual(["confirmed"]);
  });
});
