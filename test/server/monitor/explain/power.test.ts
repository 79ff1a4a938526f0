import { describe, expect, it } from "vitest";
import { watchAll } from "../../../../server/monitor/detector/detect.ts";
import { type Sight, sightOf } from "../../../../server/monitor/explain/sight.ts";
import type { Count } from "../../../../server/monitor/model.ts";
import { type Alike, alike, foundOf, KNOWN, told } from "../../../bench/monitor/sight.ts";
import { dayOf } from "../../../bench/monitor/simulate.ts";

const DAILY = { metric: "open_rate", period: "day", baseline: KNOWN, minRelativeChange: 0.05 } as const;

function sightsOf(counts: readonly Count[], options: Parameters<typeof watchAll>[1] = DAILY): Sight[] {
  const { watched, learnt } = watchAll(counts, options);
  return watched.map((one) => sightOf(one, learnt, options));
}

/** Ten of the segments. */
function few(given: Alike): Count[] {
  return alike(given).slice(0, 10 * KNOWN);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

describe("the smallest fall that is seen within four weeks", () => {
  it.each([
    { n: 400, rate: 0.3, rho: 0.01 },
    { n: 3000, rate: 0.03, rho: 0.001 },
  ])("is found by the detector in about four of five cases: $n a day at $rate", (given) => {
    const fall = told({ ...given, seed: 5 });
    const share = (of: number) => foundOf({ ...given, seed: 6, fall: of });
    // A few points of the rate's change around it hold what is truly found in four of five cases.
    expect(share(0.85 * fall)).toBeLessThan(0.8);
    expect(share(1.15 * fall)).toBeGreaterThan(0.8);
  });

  it("is smaller with more sends and with a longer level, and larger with more overdispersion", () => {
    const of = (given: Partial<Alike>) =>
      median(
        sightsOf(alike({ n: 1000, rate: 0.3, rho: 0.005, seed: 9, fall: null, ...given })).map(
          ({ smallest_change }) => -(smallest_change ?? -1),
        ),
      );
    const usual = of({});
    expect(of({ n: 200 })).toBeGreaterThan(usual);
    expect(of({ rho: 0.02 })).toBeGreaterThan(usual);
    expect(of({ fall: 0 })).toBeLessThan(usual);
  });

  it("is a rise where that is the worse, which few events a day show a little later", () => {
    const given = { n: 2000, rate: 0.01, rho: 0.0005, seed: 5 };
    const options = { ...DAILY, metric: "unsubscribe_rate" };
    const rise = told(given, "unsubscribe_rate");
    const [sight] = sightsOf(alike({ ...given, fall: null }), options);
    expect(sight?.smallest_change).toBeGreaterThan(0);
    expect(sight?.words).toMatch(/at this size a rise of less than \d+ % takes over four weeks\.$/);
    expect(foundOf({ ...given, seed: 6, fall: -1.25 * rise }, "unsubscribe_rate")).toBeGreaterThan(0.8);
  });

  it("is said in words, and where none is seen or it is learning", () => {
    const [sight] = sightsOf(few({ n: 1000, rate: 0.3, rho: 0.005, seed: 9, fall: null }));
    expect(sight).toMatchObject({ segment: "s0", metric: "open_rate", periods: KNOWN, delivered: 1000 });
    expect(sight?.rate).toBeCloseTo(0.3, 1);
    expect(sight?.words).toBe(
      `s0, open rate: at this size a fall of less than ${Math.round(100 * -(sight?.smallest_change ?? 0))} % takes over four weeks.`,
    );
    const [tiny] = sightsOf(few({ n: 3, rate: 0.02, rho: 0, seed: 9, fall: null }));
    expect(tiny).toMatchObject({ smallest_change: null });
    expect(tiny?.words).toMatch(/at this size no fall, however large, is sure to be seen within four weeks\.$/);
    const learning = few({ n: 1000, rate: 0.3, rho: 0, seed: 9, fall: null }).filter(
      ({ period }) => period < dayOf(30),
    );
    expect(sightsOf(learning)[0]).toMatchObject({
      smallest_change: null,
      words: "s0, open rate: learning, for 12 more days.",
    });
    const [large] = sightsOf(few({ n: 200_000, rate: 0.3, rho: 0, seed: 9, fall: null }));
    expect(large?.words).toMatch(/a fall of 5 % is seen within four weeks; a smaller one gives no notice\.$/);
  });
});
