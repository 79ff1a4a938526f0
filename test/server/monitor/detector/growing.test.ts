import { describe, expect, it } from "vitest";
import { detect } from "../../../../server/monitor/detector/detect.ts";
import type { Count } from "../../../../server/monitor/model.ts";
import { draws } from "../../../bench/monitor/draws.ts";
import { dayOf } from "../../../bench/monitor/simulate.ts";

const DAILY = { metric: "click_rate", period: "day", baseline: 42, minRelativeChange: 0.05 } as const;
const LENGTH = 200;
/** From when on a rate has fallen, where it falls. */
const FALL = 140;
const SEEDS = Array.from({ length: 40 }, (_, i) => 5_300_001 + i);

/** Sends a day of people who signed up lately: from 1 to 400, by as many each day or by as large a part. */
const GROWTH: Readonly<Record<string, (i: number) => number>> = {
  evenly: (i) => Math.round(1 + (399 * i) / (LENGTH - 1)),
  "ever faster": (i) => Math.round(400 ** (i / (LENGTH - 1))),
};

interface Growing {
  readonly size: (i: number) => number;
  readonly rate: (i: number) => number;
  readonly rho: number;
  readonly seed: number;
}

function growing({ size, rate, rho, seed }: Growing): Count[] {
  const random = draws(seed);
  return Array.from({ length: LENGTH }, (_, i) => {
    const n = size(i);
    return { segment: "New", period: dayOf(i), n, x: random.binomial(n, random.beta(rate(i), rho)), mature: true };
  });
}

const told = (counts: readonly Count[]) => detect(counts, DAILY).alerts.filter(({ tier }) => tier !== "watch");

describe.each(Object.entries(GROWTH))("a segment that grows from 1 to 400 sends a day, %s", (_, size) => {
  it.each([
    [0.06, 0.001],
    [0.06, 0.005],
    [0.004, 0.0005],
    [0.3, 0.005],
  ])("raises hardly an alert in forty while its rate stays at %f, ρ %f", (rate, rho) => {
    // At most K·D/c = 40 · 158/2,500 = 2.5 are promised of any forty series; hundreds of them gave one in a hundred.
    const alerts = SEEDS.flatMap((seed) => told(growing({ size, rate: () => rate, rho, seed })));
    expect(alerts.length).toBeLessThanOrEqual(2);
  });
});

describe("a growing segment whose rate falls by 30 %", () => {
  it("is found, and the fall is dated", () => {
    const found = SEEDS.slice(0, 20).map((seed) => {
      const rate = (i: number) => (i >= FALL ? 0.7 * 0.06 : 0.06);
      const size = GROWTH.evenly ?? (() => 1);
      return told(growing({ size, rate, rho: 0.001, seed })).find(({ direction }) => direction === "down");
    });
    const dated = found.filter(
      (alert) =>
        alert !== undefined &&
        alert.detected_at >= dayOf(FALL) &&
        alert.change_from <= dayOf(FALL) &&
        alert.change_to >= dayOf(FALL),
    );
    expect(dated.length).toBeGreaterThanOrEqual(16);
    for (const alert of dated) expect(alert?.relative_change).toBeLessThan(-0.15);
  });
});
