import { describe, expect, it } from "vitest";
import { eDetector } from "../../../server/cells/monitor/kernels.ts";
import { runningSums } from "../../../server/monitor/detector/sums.ts";
import { eValue, type Standing, standingOf, todaysList } from "../../../server/monitor/e-bh.ts";
import { draws } from "../../bench/monitor/draws.ts";

const BASELINE = 30;
const HORIZON = 60;
const FREE = new Float64Array(7).fill(Infinity);
const detector = eDetector();

interface Drawn extends Standing {
  readonly isChanged: boolean;
}

/** Twenty series of noise, of which some are stepped up from the tenth judged period on, as they stand after `elapsed`. */
function listOf(seed: number, changed: number, elapsed: number): Drawn[] {
  const random = draws(seed);
  return Array.from({ length: 20 }, (_, j) => {
    const isChanged = j < changed;
    const length = BASELINE + elapsed;
    const y = Array.from({ length }, (_, i) => random.normal() + (isChanged && i >= BASELINE + 10 ? 2 : 0));
    const ones = y.map(() => 1);
    const none = y.map(() => 0);
    const stage = { from: 0, sums: runningSums({ y, w: ones, floor: none, slot: none }, FREE, 1) };
    const into = new Float64Array(length);
    const span = { first: BASELINE, from: BASELINE, until: length, stop: Infinity, grid: "full" } as const;
    detector({ stage, readings: { tally: null } }, span, into);
    return { isChanged, elapsed, evidence: into.at(-1) ?? 0 };
  });
}

const SEEDS = Array.from({ length: 250 }, (_, i) => 6_400_001 + i);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe("today's list", () => {
  it("is by hand: k·e₍ₖ₎ ≥ K/share, with k as large as it can be", () => {
    const standing = (e: number) => ({ evidence: 100 * e - 90, elapsed: 10, e });
    expect(eValue(standing(7), 100)).toBeCloseTo(7, 12);
    const list = (...values: number[]) =>
      todaysList(values.map(standing), { horizon: 100, share: 0.5 }).map(({ e }) => e);
    // K/share = 8: 1 · 3 and 2 · 3 fall short, 3 · 3 does not.
    expect(list(3, 0.5, 3, 3)).toEqual([3, 3, 3]);
    expect(list(9, 0.5, 3.9, 0.1)).toEqual([9]);
    expect(list(3, 3, 0.5, 0.1)).toEqual([]);
    expect(todaysList([], { horizon: 100, share: 0.1 })).toEqual([]);
  });

  it("says nothing of a series beyond the horizon", () => {
    expect(eValue({ evidence: 1e9, elapsed: 101 }, 100)).toBe(0);
  });

  it.each([20, 60])("has e-values of a mean of about 1 or less where nothing changed, after %i periods", (elapsed) => {
    const values = SEEDS.flatMap((seed) => listOf(seed, 0, elapsed).map((one) => eValue(one, HORIZON)));
    expect(mean(values)).toBeLessThan(1.1);
  });

  it.each([0.1, 0.5])("has no more than a share of %f false ones where nothing changed", (share) => {
    const wrong = SEEDS.map((seed) =>
      todaysList(listOf(seed, 0, 40), { horizon: HORIZON, share }).length > 0 ? 1 : 0,
    );
    expect(mean(wrong)).toBeLessThanOrEqual(share);
  });

  it.each([0.1, 0.5])("has no more than a share of %f false ones among true ones, and finds those", (share) => {
    const lists = SEEDS.slice(0, 100).map((seed) => todaysList(listOf(seed, 5, 40), { horizon: HORIZON, share }));
    const falseShare = mean(
      lists.map((list) => list.filter(({ isChanged }) => !isChanged).length / Math.max(1, list.length)),
    );
    expect(falseShare).toBeLessThanOrEqual(share);
    expect(mean(lists.map((list) => list.filter(({ isChanged }) => isChanged).length))).toBeGreaterThan(4);
  });
});

describe("how a series stands", () => {
  const judged = (evidence: number | null) => ({ evidence, mature: true });

  it("is its latest evidence, and how many periods that took", () => {
    expect(standingOf([null, null, 1, 2, 3].map(judged))).toEqual({ evidence: 3, elapsed: 3 });
    expect(standingOf([null, 9, null, 2].map(judged))).toEqual({ evidence: 2, elapsed: 1 });
    expect(standingOf([null, 4].map(judged).concat({ evidence: null, mature: false }))).toEqual({
      evidence: 4,
      elapsed: 1,
    });
  });

  it("is not known while it is learning", () => {
    expect(standingOf([null, null].map(judged))).toBeNull();
    expect(standingOf([])).toBeNull();
  });
});
