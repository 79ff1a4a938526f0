import { describe, expect, it } from "vitest";
import { evidence } from "../../../server/monitor/evidence.ts";
import { judgeSplits, type Splits } from "../../../server/monitor/splits.ts";
import { runningSums } from "../../../server/monitor/sums.ts";
import { draws } from "../../bench/monitor/draws.ts";

const BASELINE = 42;
const FREE = new Float64Array(7).fill(Infinity);

/** Periods until the evidence of normal noise first reaches c, at most `most`. */
function runLength(seed: number, c: number, most: number, grid: "full" | "thinned"): number {
  const random = draws(seed);
  const y = Array.from({ length: BASELINE + most }, () => random.normal());
  const sums = runningSums({ y, w: y.map(() => 1), floor: y.map(() => 0), slot: y.map(() => 0) }, FREE, 1);
  let splits: Splits | null = null;
  for (let t = BASELINE; t < y.length; t++) {
    splits = judgeSplits(sums, { first: BASELINE, last: t, end: t, grid }, splits);
    if (evidence(splits) >= c) return t - BASELINE + 1;
  }
  return most;
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
