import { describe, expect, it } from "vitest";
import { type Grid, plainDetector } from "../../../../server/monitor/detector/e-detector.ts";
import { runningSums } from "../../../../server/monitor/detector/sums.ts";
import { draws } from "../../../bench/monitor/draws.ts";

const BASELINE = 42;
const FREE = new Float64Array(7).fill(Infinity);

/** Periods until the evidence of normal noise first reaches c, at most `most`. */
function runLength(seed: number, c: number, most: number, grid: Grid): number {
  const random = draws(seed);
  const y = Array.from({ length: BASELINE + most }, () => random.normal());
  const sums = runningSums({ y, w: y.map(() => 1), floor: y.map(() => 0), slot: y.map(() => 0) }, FREE, 1);
  const staged = { stage: { from: 0, sums }, readings: { tally: null } };
  const span = { first: BASELINE, from: BASELINE, until: y.length, stop: c, grid };
  return Math.min(most, plainDetector(staged, span, new Float64Array(y.length)) - BASELINE + 1);
}

describe.each(["full", "thinned"] as const)("the evidence of noise, %s", (grid) => {
  it.each([
    [50, 600],
    [200, 900],
  ])("takes %i periods or more on average to reach as much", (c, most) => {
    const runs = 150;
    let total = 0;
    for (let run = 0; run < runs; run++) total += runLength(9_000_001 + run, c, most, grid);
    // Runs are cut off, which only shortens the mean.
    expect(total / runs).toBeGreaterThanOrEqual(c);
  });
});
