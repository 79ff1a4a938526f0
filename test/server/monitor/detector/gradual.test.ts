import { describe, expect, it } from "vitest";
import { detect } from "../../../../server/monitor/detector/detect.ts";
import type { Count } from "../../../../server/monitor/model.ts";
import { draws } from "../../../bench/monitor/draws.ts";
import { dayOf } from "../../../bench/monitor/simulate.ts";

const DAILY = { metric: "open_rate", period: "day", baseline: 42, minRelativeChange: 0.05 } as const;

/** Twenty segments that fall by three in ten from day 60 on, within so many days. */
function falling(days: number): Count[] {
  const random = draws(3);
  return Array.from({ length: 20 }, (_, j) =>
    Array.from({ length: 150 }, (_, i) => {
      const share = Math.min(1, Math.max(0, (i - 59) / days));
      const x = random.binomial(3000, random.beta(0.35 * (1 - 0.3 * share), 0.002));
      return { segment: `s${j}`, period: dayOf(i), n: 3000, x, mature: true };
    }),
  ).flat();
}

/** The share of segments with an alert that is called gradual. */
function gradual(days: number): number {
  const { alerts } = detect(falling(days), DAILY);
  const found = alerts.filter(({ tier, verdict }) => tier !== "watch" && verdict === "gradual");
  for (const { explanation } of found) expect(explanation).toContain("; it came little by little; ");
  return new Set(found.map(({ segment }) => segment)).size / 20;
}

describe("a change that comes little by little", () => {
  it("is called gradual where it takes weeks, and not where it comes at once", () => {
    expect(gradual(42)).toBeGreaterThanOrEqual(0.5);
    expect(gradual(1)).toBeLessThanOrEqual(0.1);
  });
});
