import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eDetector } from "../../../../server/cells/monitor/kernels.ts";
import { detect } from "../../../../server/monitor/detector/detect.ts";
import { type Grid, plainDetector, type Staged } from "../../../../server/monitor/detector/e-detector.ts";
import { evidence } from "../../../../server/monitor/detector/evidence.ts";
import { judgeInformed } from "../../../../server/monitor/detector/informed.ts";
import { runningSums } from "../../../../server/monitor/detector/sums.ts";
import { tallyOf } from "../../../../server/monitor/detector/tally.ts";
import { simulate } from "../../../bench/monitor/simulate.ts";
import { CALM } from "../../../bench/monitor/worlds.ts";

const kernel = eDetector();

/** Periods before the era of `stage`, which nothing is judged by. */
const BEFORE = 3;

const staged: fc.Arbitrary<Staged> = fc
  .record({
    rows: fc.array(
      fc.record({
        y: fc.integer({ min: -1000, max: 1000 }),
        w: fc.double({ min: 0.2, max: 3, noNaN: true }),
        slot: fc.integer({ min: 0, max: 6 }),
        events: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 8, maxLength: 90 },
    ),
    kappa: fc.array(fc.oneof(fc.double({ min: 0.2, max: 50, noNaN: true }), fc.constant(Infinity)), {
      minLength: 7,
      maxLength: 7,
    }),
    inflation: fc.double({ min: 1, max: 3, noNaN: true }),
    floor: fc.constantFrom(0, 0.01),
    isCounted: fc.boolean(),
  })
  .map(({ rows, kappa, inflation, floor, isCounted }) => {
    const stretch = {
      y: rows.map(({ y }, i) => y / 1000 + 0.01 * Math.sin(i)),
      w: rows.map(({ w }) => w),
      floor: rows.map(() => floor),
      slot: rows.map(({ slot }) => slot),
    };
    const events = [...new Array<number>(BEFORE).fill(1), ...rows.map((row) => row.events)];
    const tally = isCounted
      ? tallyOf(
          events.map(() => 9),
          events,
        )
      : null;
    return {
      stage: { from: BEFORE, sums: runningSums(stretch, Float64Array.from(kappa), inflation) },
      readings: { tally },
    };
  });

const spanOf = ({ stage }: Staged, grid: Grid, first = 6) => {
  const until = BEFORE + stage.sums.length;
  return { first, from: first, until, stop: Infinity, grid };
};

describe("the e-detector", () => {
  it("is the sum of the Bayes factors of all splits, period by period", () => {
    fc.assert(
      fc.property(staged, (one) => {
        const span = spanOf(one, "full");
        const found = new Float64Array(span.until);
        plainDetector(one, span, found);
        const { readings, stage } = one;
        for (let t = span.from; t < span.until; t++) {
          const slow = evidence(judgeInformed(stage, readings, { first: span.first, last: t, end: t }));
          const relative = slow === 0 ? (found[t] ?? 1) : (found[t] ?? 0) / slow - 1;
          expect(Math.abs(relative)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("gives the same bytes by its kernel and by the plain twin", () => {
    fc.assert(
      fc.property(staged, fc.constantFrom("full" as const, "thinned" as const), (one, grid) => {
        const span = spanOf(one, grid);
        const [ours, twins] = [new Float64Array(span.until), new Float64Array(span.until)];
        expect(kernel(one, span, ours)).toBe(plainDetector(one, span, twins));
        expect(ours).toEqual(twins);
      }),
      { numRuns: 100 },
    );
  });

  it("stops where it reached what was asked for, and goes on from there as if it had not", () => {
    fc.assert(
      fc.property(staged, fc.double({ min: 0, max: 40, noNaN: true }), (one, stop) => {
        const span = spanOf(one, "full");
        const whole = new Float64Array(span.until);
        plainDetector(one, span, whole);
        for (const detector of [kernel, plainDetector]) {
          const parts = new Float64Array(span.until);
          const reached = detector(one, { ...span, stop }, parts);
          expect(reached).toBe(
            Math.min(...[...whole.keys()].filter((t) => t >= span.from && (whole[t] ?? 0) >= stop), span.until),
          );
          for (let t = reached + 1; t < span.until; t++) detector(one, { ...span, from: t, until: t + 1 }, parts);
          expect(parts).toEqual(whole);
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each(["full", "thinned"] as const)("tells the same of whole series by its kernel, %s", (grid) => {
    const { counts } = simulate({ ...CALM, seed: 31, segments: 6, changed: 3, change: -0.4, watched: 300 });
    const options = { metric: "open_rate", period: "day", baseline: 42, minRelativeChange: 0.05, grid } as const;
    expect(detect(counts, { ...options, eDetector: kernel })).toEqual(detect(counts, options));
  });
});
