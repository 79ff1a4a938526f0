import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detect } from "../../../../server/monitor/detector/detect.ts";
import { follow } from "../../../../server/monitor/detector/follow.ts";
import type { Count, DetectOptions } from "../../../../server/monitor/model.ts";
import { dayOf, simulate } from "../../../bench/monitor/simulate.ts";
import { CALM } from "../../../bench/monitor/worlds.ts";

const OPTIONS: DetectOptions = { metric: "open_rate", period: "day", baseline: 42, minRelativeChange: 0.05 };
const DAYS = 110;

/** Six segments, of which three fall by 40 % and one comes later than the others. */
const { counts: all } = simulate({ ...CALM, seed: 12, segments: 6, changed: 3, change: -0.4, watched: DAYS - 42 });
const counts = all.filter(({ segment, period }) => segment !== "s05" || period >= dayOf(40));
const straight = detect(counts, OPTIONS);

describe("following", () => {
  it("a day at a time gives what judging all at once gives, alerts and evidence to the last bit", () => {
    const follower = follow(OPTIONS);
    for (let day = 0; day < DAYS; day++) {
      expect(follower.take(counts.filter(({ period }) => period === dayOf(day)))).toEqual([]);
    }
    expect(follower.detection()).toEqual(straight);
    expect(straight.alerts.some(({ tier }) => tier === "confirmed")).toBe(true);
  });

  it("gives the same a day at a time where cohorts have few events", () => {
    const rare = { rates: [0.005, 0.04], rho: [0.0002, 0.002] } as const;
    const { counts: few } = simulate({
      ...CALM,
      ...rare,
      seed: 13,
      segments: 3,
      changed: 1,
      change: -0.6,
      watched: 60,
    });
    const follower = follow(OPTIONS);
    for (let day = 0; day < 102; day++) follower.take(few.filter(({ period }) => period === dayOf(day)));
    expect(follower.detection()).toEqual(detect(few, OPTIONS));
  });

  it("gives the same state in any order of arrival, in any portions", () => {
    const order = fc.shuffledSubarray(counts, { minLength: counts.length });
    fc.assert(
      fc.property(order, fc.integer({ min: 40, max: 300 }), (shuffled, portion) => {
        const follower = follow(OPTIONS);
        for (let i = 0; i < shuffled.length; i += portion) follower.take(shuffled.slice(i, i + portion));
        expect(follower.detection()).toEqual(straight);
      }),
      { numRuns: 6 },
    );
  });

  it("refuses each revision of what was judged, whenever it comes, and gives the same state and the same refusals", () => {
    const order = fc.shuffledSubarray(counts, { minLength: counts.length });
    const revised = fc.uniqueArray(fc.nat({ max: counts.length - 1 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(order, revised, fc.integer({ min: 60, max: 400 }), (shuffled, which, portion) => {
        const follower = follow(OPTIONS);
        const revisions = which.flatMap((index) => {
          const count = counts[index];
          return count === undefined ? [] : [{ ...count, x: count.x === 0 ? 1 : count.x - 1 }];
        });
        const of = ({ segment, period }: Count) => `${segment} ${period}`;
        const refused: string[] = [];
        const seen = new Set<string>();
        for (let i = 0; i < shuffled.length; i += portion) {
          const taken = shuffled.slice(i, i + portion);
          expect(follower.take(taken)).toEqual([]);
          for (const count of taken) seen.add(of(count));
          // As soon as its cohort was judged, and again and again after it.
          refused.push(
            ...follower.take(revisions.filter((count) => seen.has(of(count)))).map(({ code, ...at }) => {
              return `${code} ${at.segment} ${at.period}`;
            }),
          );
        }
        expect([...new Set(refused)].sort()).toEqual(revisions.map((count) => `cohort-revised ${of(count)}`).sort());
        expect(follower.detection()).toEqual(straight);
      }),
      { numRuns: 5 },
    );
  });

  it("lets young cohorts wait, and judges them once they are of age", () => {
    const follower = follow(OPTIONS);
    for (let day = 0; day < DAYS; day++) {
      const young = (count: Count): Count => ({ ...count, x: Math.floor(count.x / 2), mature: false });
      follower.take(counts.filter(({ period }) => period === dayOf(day)).map(young));
      follower.take(counts.filter(({ period }) => period === dayOf(day - 2)));
    }
    follower.take(counts.filter(({ period }) => period >= dayOf(DAYS - 2)));
    expect(follower.detection()).toEqual(straight);
  });

  it("refuses a revision of a cohort that was judged, says so, and stays as it was", () => {
    const follower = follow(OPTIONS);
    follower.take(counts);
    const [first] = counts;
    if (first === undefined) throw new Error("no counts");
    const refusals = follower.take([{ ...first, x: first.x + 1 }, { ...first, mature: false }, first]);
    expect(refusals.map(({ code, segment, period }) => [code, segment, period])).toEqual([
      ["cohort-revised", "s00", dayOf(0)],
      ["cohort-revised", "s00", dayOf(0)],
    ]);
    expect(refusals[0]?.message).toBe(
      `s00, 1 Jan: was judged with ${first.x} of ${first.n}, and is now ${first.x + 1} of ${first.n}. The first figure stays.`,
    );
    expect(follower.detection()).toEqual(straight);
  });

  it("refuses what can't be counted, and judges the rest", () => {
    const follower = follow(OPTIONS);
    const wrong = { segment: "s00", period: dayOf(DAYS), n: 10, x: 11, mature: true };
    const refusals = follower.take([...counts, wrong, { ...wrong, x: -1 }, { ...wrong, n: Number.NaN }]);
    expect(refusals.map(({ code }) => code)).toEqual(["cohort-more-events", "cohort-not-counts", "cohort-not-counts"]);
    expect(follower.detection()).toEqual(straight);
  });
});
