import { describe, expect, it } from "vitest";
import { watchAll } from "../../../server/monitor/detector/detect.ts";
import { standingOf } from "../../../server/monitor/detector/standing.ts";
import { eValue, todaysList } from "../../../server/monitor/e-bh.ts";
import type { DetectOptions } from "../../../server/monitor/model.ts";
import { dayOf, simulate } from "../../bench/monitor/simulate.ts";
import { type WorldName, worldOf } from "../../bench/monitor/worlds.ts";

const DAILY: DetectOptions = { metric: "open_rate", period: "day", baseline: 42, minRelativeChange: 0.05 };

interface Drawn {
  readonly eValue: number;
  readonly isChanged: boolean;
}

/** The 50 segments of a made-up world as they stand at the end of its 180 days. */
function standing(world: WorldName, seed: number): Drawn[] {
  const { counts, truths } = simulate(worldOf(world, seed));
  const changed = new Set(truths.map(({ segment }) => segment));
  const { watched, learnt } = watchAll(counts, DAILY);
  return watched.map((each) => {
    const found = standingOf(each, learnt);
    return { eValue: found === null ? 0 : eValue(found), isChanged: changed.has(each.one.segment) };
  });
}

const SEEDS = Array.from({ length: 12 }, (_, i) => 6_400_001 + i);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe("today's list", () => {
  it("is by hand: k·e₍ₖ₎ ≥ K/share, with k as large as it can be", () => {
    const list = (...values: number[]) =>
      todaysList(
        values.map((eValue) => ({ eValue })),
        0.5,
      ).map(({ eValue }) => eValue);
    // K/share = 8: 1 · 3 and 2 · 3 fall short, 3 · 3 does not.
    expect(list(3, 0.5, 3, 3)).toEqual([3, 3, 3]);
    expect(list(9, 0.5, 3.9, 0.1)).toEqual([9]);
    expect(list(3, 3, 0.5, 0.1)).toEqual([]);
    expect(todaysList([], 0.1)).toEqual([]);
  });

  it.each(["calm", "correlated", "low"] as const)(
    "has e-values of a mean of at most 1 where nothing changed: %s",
    (world) => {
      const drawn = SEEDS.map((seed) => standing(world, seed));
      expect(mean(drawn.flat().map((one) => one.eValue))).toBeLessThanOrEqual(1);
      expect(drawn.filter((one) => todaysList(one, 0.1).length > 0).length / drawn.length).toBeLessThanOrEqual(0.1);
    },
  );

  it("holds those whose alerts were confirmed long ago, and no more than its share of others", () => {
    const lists = SEEDS.map((seed) => todaysList(standing("drop-20", seed), 0.1));
    const falseShares = lists.map(
      (list) => list.filter(({ isChanged }) => !isChanged).length / Math.max(1, list.length),
    );
    expect(mean(falseShares)).toBeLessThanOrEqual(0.1);
    // Ten of each world's segments have changed.
    expect(mean(lists.map((list) => list.filter(({ isChanged }) => isChanged).length))).toBeGreaterThan(9);
  });
});

describe("how a series stands", () => {
  const { counts, truths } = simulate({ ...worldOf("drop-30", 7), segments: 1, changed: 1 });
  const at = truths[0]?.at ?? Number.NaN;
  const stood = (days: number, rebaselines: DetectOptions["rebaselines"] = []) => {
    const { watched, learnt } = watchAll(counts.slice(0, days), { ...DAILY, rebaselines });
    return watched.map((each) => standingOf(each, learnt))[0] ?? null;
  };

  it("is by every period since its baseline, and is not known while that is learnt", () => {
    expect(stood(42)).toBeNull();
    expect(stood(43)).toMatchObject({ candidates: 1 });
    expect(stood(180)).toMatchObject({ candidates: 138 });
    expect(stood(180)?.evidence).toBeGreaterThan(stood(at + 10)?.evidence ?? Number.NaN);
  });

  it("is against the level that was said to be new, from when that is learnt", () => {
    const anew = [{ segment: null, period: dayOf(at) }];
    expect(stood(at + 14, anew)).toBeNull();
    expect(stood(at + 16, anew)).toMatchObject({ candidates: 2 });
    expect(eValue(stood(at + 40, anew) ?? { evidence: Number.NaN, candidates: 1 })).toBeLessThan(20);
  });
});
