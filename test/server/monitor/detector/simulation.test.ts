import { describe, expect, it } from "vitest";
import {
  episodesARun,
  falseShare,
  foundAtAll,
  medianDelay,
  medianError,
  setHolds,
  within,
} from "../../../bench/monitor/measures.ts";
import { scorer } from "../../../bench/monitor/scorer.ts";

/** Seeds that played no part in making the detector; the goals at full size are checked by the benchmark. */
const scores = scorer(700_001, ["segbook-alert"]);

describe("fifty segments over half a year", () => {
  // The means over hundreds of runs are below 0.7 and 0.25; six runs of them may lie this far above by chance.
  it("without drift raise hardly an alert", () => {
    expect(episodesARun(scores("calm", "segbook-alert", 6))).toBeLessThanOrEqual(1.5);
    expect(episodesARun(scores("calm", "segbook-confirmed", 6))).toBeLessThanOrEqual(0.67);
  });

  it.each(["flops", "correlated", "cut", "common"] as const)(
    "raise hardly more where days are not calm: %s",
    (world) => {
      expect(episodesARun(scores(world, "segbook-alert", 4))).toBeLessThanOrEqual(2);
    },
  );

  it("show a fall by 30 % within days", () => {
    const found = scores("drop-30", "segbook-alert", 6);
    expect(within(14)(found)).toBeGreaterThanOrEqual(0.88);
    expect(medianDelay(found)).toBeLessThanOrEqual(6);
    expect(falseShare(found)).toBeLessThanOrEqual(0.15);
  });

  it("show a fall by 20 % within weeks, and date it to the day", () => {
    const found = scores("drop-20", "segbook-alert", 6);
    expect(within(14)(found)).toBeGreaterThanOrEqual(0.6);
    expect(within(28)(found)).toBeGreaterThanOrEqual(0.87);
    expect(medianDelay(found)).toBeLessThanOrEqual(12);
    expect(medianError(found)).toBeLessThanOrEqual(1);
    expect(setHolds(found)).toBeGreaterThanOrEqual(0.88);
  });

  it("show a fall by 10 % in the end", () => {
    const found = scores("drop-10", "segbook-alert", 6);
    expect(within(28)(found)).toBeGreaterThanOrEqual(0.25);
    expect(foundAtAll(found)).toBeGreaterThanOrEqual(0.65);
  });
});
