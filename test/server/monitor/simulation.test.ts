import { describe, expect, it } from "vitest";
import { detector, falseEpisodes, findDrops } from "./score.ts";

/** Seeds that played no part in making the detector; the goals at full size are checked by the benchmark. */
const SEEDS = Array.from({ length: 6 }, (_, i) => 700_001 + i);

describe("fifty segments over half a year", () => {
  // The means over hundreds of runs are below 0.7 and 0.25; six runs of them may lie this far above by chance.
  it("without drift raise hardly an alert", () => {
    expect(falseEpisodes(detector("alert"), {}, SEEDS)).toBeLessThanOrEqual(1.5);
    expect(falseEpisodes(detector("confirmed"), {}, SEEDS)).toBeLessThanOrEqual(0.67);
  });

  it("raise hardly more with flops, correlated days, a cut volume or common noise", () => {
    for (const world of [{ flops: 0.01 }, { phi: 0.3 }, { volume: 1 / 3 }, { common: 0.5 }]) {
      expect(falseEpisodes(detector("alert"), world, SEEDS.slice(0, 4))).toBeLessThanOrEqual(2);
    }
  });

  it("show a fall by 30 % within days", () => {
    const found = findDrops(detector("alert"), 0.3, SEEDS);
    expect(found.within14).toBeGreaterThanOrEqual(0.88);
    expect(found.medianDay).toBeLessThanOrEqual(6);
    expect(found.falseShare).toBeLessThanOrEqual(0.15);
  });

  it("show a fall by 20 % within weeks, and date it to the day", () => {
    const found = findDrops(detector("alert"), 0.2, SEEDS);
    expect(found.within14).toBeGreaterThanOrEqual(0.6);
    expect(found.within28).toBeGreaterThanOrEqual(0.87);
    expect(found.medianDay).toBeLessThanOrEqual(12);
    expect(found.medianError).toBeLessThanOrEqual(1);
    expect(found.held).toBeGreaterThanOrEqual(0.88);
  });

  it("show a fall by 10 % in the end", () => {
    const found = findDrops(detector("alert"), 0.1, SEEDS);
    expect(found.within28).toBeGreaterThanOrEqual(0.25);
    expect(found.ever).toBeGreaterThanOrEqual(0.65);
  });
});
