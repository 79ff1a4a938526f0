import { describe, expect, it } from "vitest";
import { detect, watchAll } from "../../../server/monitor/detect.ts";
import type { Count } from "../../../server/monitor/model.ts";
import { type Sight, sightOf } from "../../../server/monitor/sight.ts";
import { draws } from "../../bench/monitor/draws.ts";
import { dayOf } from "../../bench/monitor/simulate.ts";

const DAILY = { metric: "open_rate", period: "day", baseline: 42, minRelativeChange: 0.05 } as const;
const SEGMENTS = 80;
const KNOWN = 42;

interface Made {
  readonly n: number;
  readonly rate: number;
  readonly rho: number;
  readonly seed: number;
  /** Of the rate, from day 42 on, for four weeks; null for a baseline alone. */
  readonly fall: number | null;
}

/** Beta-binomial cohorts of many segments alike. */
function made({ n, rate, rho, seed, fall }: Made): Count[] {
  const random = draws(seed);
  return Array.from({ length: SEGMENTS }, (_, j) =>
    Array.from({ length: fall === null ? KNOWN : KNOWN + 28 }, (_, i) => {
      const mean = rate * (i >= KNOWN ? 1 - (fall ?? 0) : 1) * (1 + 0.1 * Math.cos((2 * Math.PI * i) / 7));
      return { segment: `s${j}`, period: dayOf(i), n, x: random.binomial(n, random.beta(mean, rho)), mature: true };
    }),
  ).flat();
}

function sightsOf(counts: readonly Count[], options: Parameters<typeof watchAll>[1] = DAILY): Sight[] {
  const { watched, learnt } = watchAll(counts, options);
  return watched.map((one) => sightOf(one, learnt, options));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

describe("the smallest fall that is seen within four weeks", () => {
  it.each([
    { n: 400, rate: 0.3, rho: 0.01 },
    { n: 3000, rate: 0.03, rho: 0.001 },
  ])("is found by the detector in about four of five cases: $n a day at $rate", (given) => {
    const falls = sightsOf(made({ ...given, seed: 5, fall: null })).map(
      ({ smallest_change }) => -(smallest_change ?? -1),
    );
    const fall = median(falls);
    const share = (of: number) => {
      const { alerts } = detect(made({ ...given, seed: 6, fall: of }), DAILY);
      const found = alerts.filter(({ tier, detected_at }) => tier !== "watch" && detected_at >= dayOf(KNOWN));
      return new Set(found.map(({ segment }) => segment)).size / SEGMENTS;
    };
    // A few points of the rate's change around it hold what is truly found in four of five cases.
    expect(share(0.85 * fall)).toBeLessThan(0.8);
    expect(share(1.15 * fall)).toBeGreaterThan(0.8);
  });

  it("is smaller with more sends and with a longer level, and larger with more overdispersion", () => {
    const of = (given: Partial<Made>) =>
      median(
        sightsOf(made({ n: 1000, rate: 0.3, rho: 0.005, seed: 9, fall: null, ...given })).map(
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
    const sights = sightsOf(made({ ...given, fall: null }), options);
    const rise = median(sights.map(({ smallest_change }) => smallest_change ?? 10));
    expect(rise).toBeGreaterThan(0);
    expect(sights[0]?.words).toMatch(/at this size a rise of less than \d+ % takes over four weeks\.$/);
    const { alerts } = detect(made({ ...given, seed: 6, fall: -1.25 * rise }), options);
    const found = alerts.filter(({ tier, detected_at }) => tier !== "watch" && detected_at >= dayOf(KNOWN));
    expect(new Set(found.map(({ segment }) => segment)).size / SEGMENTS).toBeGreaterThan(0.8);
  });

  it("is said in words, and where none is seen or it is learning", () => {
    const [sight] = sightsOf(made({ n: 1000, rate: 0.3, rho: 0.005, seed: 9, fall: null }));
    expect(sight).toMatchObject({ segment: "s0", metric: "open_rate", periods: KNOWN, delivered: 1000 });
    expect(sight?.rate).toBeCloseTo(0.3, 1);
    expect(sight?.words).toBe(
      `s0, open rate: at this size a fall of less than ${Math.round(100 * -(sight?.smallest_change ?? 0))} % takes over four weeks.`,
    );
    const [few] = sightsOf(made({ n: 3, rate: 0.02, rho: 0, seed: 9, fall: null }));
    expect(few).toMatchObject({ smallest_change: null });
    expect(few?.words).toMatch(/at this size no fall, however large, is sure to be seen within four weeks\.$/);
    const learning = made({ n: 1000, rate: 0.3, rho: 0, seed: 9, fall: null }).filter(
      ({ period }) => period < dayOf(30),
    );
    expect(sightsOf(learning)[0]).toMatchObject({
      smallest_change: null,
      words: "s0, open rate: learning, for 12 more days.",
    });
    const [large] = sightsOf(made({ n: 200_000, rate: 0.3, rho: 0, seed: 9, fall: null }));
    expect(large?.words).toMatch(/a fall of 5 % is seen within four weeks; a smaller one gives no notice\.$/);
  });
});
