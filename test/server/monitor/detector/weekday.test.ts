import { describe, expect, it } from "vitest";
import { learn } from "../../../../server/monitor/detector/baseline.ts";
import type { Readings } from "../../../../server/monitor/detector/readings.ts";
import {
  type Cells,
  deviationVariance,
  pooledOffsets,
  slotSums,
  slotWeights,
} from "../../../../server/monitor/detector/weekday.ts";
import { draws } from "../../../bench/monitor/draws.ts";

const EFFECTS = [0.03, -0.02, 0, 0.01, -0.03, 0.02, -0.01];

function readings(length: number, y: (i: number) => number, w: (i: number) => number = () => 1): Readings {
  return {
    y: Float64Array.from({ length }, (_, i) => y(i)),
    w: Float64Array.from({ length }, (_, i) => w(i)),
    floor: new Float64Array(length),
    tally: null,
    slot: Uint8Array.from({ length }, (_, i) => i % 7),
  };
}

function cells(of: Readings, variance: number, a = of.y): Cells {
  return { weight: slotWeights(of, of.y.length), sum: slotSums(of, a, of.y.length), variance };
}

describe("weekdays", () => {
  it("are found exactly where two segments share them, whatever their levels and weights", () => {
    const first = readings(
      21,
      (i) => 0.5 + (EFFECTS[i % 7] ?? 0),
      (i) => 1 + (i % 3),
    );
    const second = readings(14, (i) => 0.2 + (EFFECTS[i % 7] ?? 0));
    const offsets = pooledOffsets([first, second].map((one) => cells(one, 1)));
    EFFECTS.forEach((effect, slot) => {
      expect(offsets[slot]).toBeCloseTo(effect, 10);
    });
  });

  it("of a segment weigh by its precision", () => {
    // Both have a level of 0 and weekdays 0 and 1 only, in turns: +a, −a. Precisions 3 and 1, so a = (3·0.1 + 1·0.5)/4.
    const turn = (a: number) => ({
      ...readings(14, (i) => (i % 2 === 0 ? a : -a)),
      slot: Uint8Array.from({ length: 14 }, (_, i) => i % 2),
    });
    const offsets = pooledOffsets([cells(turn(0.1), 1 / 3), cells(turn(0.5), 1)]);
    expect(offsets[0]).toBeCloseTo(0.2, 10);
    expect(offsets[1]).toBeCloseTo(-0.2, 10);
    expect(offsets[2]).toBe(0);
  });

  it("are shrunken the more, the less segments differ", () => {
    const random = draws(11);
    const make = (own: number) =>
      Array.from({ length: 40 }, () => {
        const ours = EFFECTS.map((effect) => effect + own * random.normal());
        return readings(42, (i) => 0.5 + (ours[i % 7] ?? 0) + 0.05 * random.normal());
      });
    const alike = learn(make(0), 42, "pooled").segments[0]?.kappa[0] ?? 0;
    const different = learn(make(0.05), 42, "pooled").segments[0]?.kappa[0] ?? 0;
    expect(alike).toBeGreaterThan(20);
    // s²/τ² = 1 where both spreads are 0.05.
    expect(different).toBeGreaterThan(0.6);
    expect(different).toBeLessThan(1.6);
  });

  it("of one segment alone are as sure as its own weeks made them", () => {
    const random = draws(12);
    const alone = readings(42, (i) => 0.5 + (EFFECTS[i % 7] ?? 0) + 0.05 * random.normal());
    const variance = deviationVariance([cells(alone, 0.0025, new Float64Array(42))]);
    // No segment to differ from: only the error of a mean of six days is left.
    expect(variance[0]).toBeCloseTo(0.0025 / 6, 12);
  });

  it("are not told apart in weeks and sends", () => {
    const flat = learn([readings(42, (i) => (i % 7 === 0 ? 0.1 : 0))], 42, null);
    expect([...flat.offsets]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});
