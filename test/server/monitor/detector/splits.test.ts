import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeSplits } from "../../../../server/monitor/detector/splits.ts";
import { runningSums, type Stretch } from "../../../../server/monitor/detector/sums.ts";
import { all } from "../candidates.ts";
import { solve } from "../solve.ts";

interface Case {
  readonly stretch: Stretch;
  readonly kappa: Float64Array;
  readonly first: number;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    length: fc.integer({ min: 12, max: 40 }),
    kappa: fc.array(fc.oneof(fc.double({ min: 0.2, max: 50, noNaN: true }), fc.constant(Infinity)), {
      minLength: 7,
      maxLength: 7,
    }),
    first: fc.integer({ min: 3, max: 8 }),
    seed: fc.array(
      fc.record({
        y: fc.double({ min: -1, max: 1, noNaN: true }),
        w: fc.double({ min: 0.2, max: 3, noNaN: true }),
        slot: fc.integer({ min: 0, max: 6 }),
      }),
      { minLength: 40, maxLength: 40 },
    ),
  })
  .map(({ length, kappa, first, seed }) => {
    const rows = seed.slice(0, length);
    const stretch = {
      y: rows.map(({ y }, i) => y + 0.01 * Math.sin(i)),
      w: rows.map(({ w }) => w),
      floor: rows.map(() => 0),
      slot: rows.map(({ slot }) => slot),
    };
    return { stretch, kappa: Float64Array.from(kappa), first };
  });

/**
 * The slow twin: fits level, ridged weekdays and step by their normal equations, and compares what is left over.
 * minimise Σ w(y − μ − b_d − δs)² + Σ κ b².
 */
function byNormalEquations({ stretch, kappa }: Case, k: number, last: number): { t2: number; rss: number } {
  const days = Array.from({ length: 7 }, (_, d) => d).filter((d) => kappa[d] !== Infinity);
  const leftOver = (stepped: "stepped" | "flat") => {
    const columns = (i: number) => [
      1,
      ...days.map((d) => (stretch.slot[i] === d ? 1 : 0)),
      ...(stepped === "stepped" ? [i >= k ? 1 : 0] : []),
    ];
    const width = columns(0).length;
    const matrix = Array.from({ length: width }, () => new Array<number>(width).fill(0));
    const right = new Array<number>(width).fill(0);
    const add = (row: number, column: number, value: number) => {
      const line = matrix[row] ?? [];
      line[column] = (line[column] ?? 0) + value;
    };
    for (let i = 0; i <= last; i++) {
      const row = columns(i);
      const w = stretch.w[i] ?? 0;
      row.forEach((a, p) => {
        row.forEach((b, q) => {
          add(p, q, w * a * b);
        });
        right[p] = (right[p] ?? 0) + w * a * (stretch.y[i] ?? 0);
      });
    }
    days.forEach((d, index) => {
      add(index + 1, index + 1, kappa[d] ?? 0);
    });
    const fitted = solve(matrix, right);
    let rss = 0;
    for (let i = 0; i <= last; i++) {
      const guess = columns(i).reduce((sum, a, p) => sum + a * (fitted[p] ?? 0), 0);
      rss += (stretch.w[i] ?? 0) * ((stretch.y[i] ?? 0) - guess) ** 2;
    }
    days.forEach((d, index) => {
      rss += (kappa[d] ?? 0) * (fitted[index + 1] ?? 0) ** 2;
    });
    return rss;
  };
  const without = leftOver("flat");
  const withStep = leftOver("stepped");
  return { t2: ((last - 1) * (without - withStep)) / withStep, rss: without };
}

describe("splits from running sums", () => {
  it("judge each candidate as fitting it anew would", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const last = one.stretch.y.length - 1;
        const splits = judgeSplits(runningSums(one.stretch, one.kappa, 1), all(one.first, last));
        expect(splits.count).toBe(last - one.first + 1);
        for (let index = 0; index < splits.count; index++) {
          const slow = byNormalEquations(one, one.first + index, last);
          expect(splits.t2[index] ?? Number.NaN).toBeCloseTo(slow.t2, 6);
        }
      }),
      { numRuns: 60, seed: 20 },
    );
  });

  it("divide T² and m by the inflation, and leave the step as it is", () => {
    const y = [0, 1, 0, 1, 0, 1, 3, 4, 3, 4];
    const stretch = { y, w: y.map(() => 1), floor: y.map(() => 0), slot: y.map(() => 0) };
    const none = new Float64Array(7).fill(Infinity);
    const plain = judgeSplits(runningSums(stretch, none, 1), all(6, 6 + 3));
    const wary = judgeSplits(runningSums(stretch, none, 2), all(6, 6 + 3));
    // By hand for k = 6: means 0.5 and 3.5, m = 6·4/10, num = 3m; RSS₀ = 9·2.4 + 10/4, so T² = 8 · 21.6/2.5.
    expect(plain.step[0]).toBeCloseTo(3, 12);
    expect(plain.m[0]).toBeCloseTo(2.4, 12);
    expect(plain.t2[0]).toBeCloseTo((8 * 21.6) / 2.5, 10);
    expect(plain.variance[0]).toBeCloseTo(2.5 / 8 / 2.4, 12);
    // Two levels at twice the cost leave 10 − 4 degrees; half of T².
    expect(wary.t2[0]).toBeCloseTo((3 * 21.6) / 2.5, 10);
    expect(wary.m[0]).toBeCloseTo(1.2, 12);
    expect(wary.step[0]).toBeCloseTo(3, 12);
  });

  it("never take a rate to vary less than a binomial", () => {
    const y = [...new Array<number>(20).fill(0.1), 0.12];
    const flat = { y, w: y.map(() => 1), slot: y.map(() => 0) };
    const none = new Float64Array(7).fill(Infinity);
    const unbounded = judgeSplits(runningSums({ ...flat, floor: y.map(() => 0) }, none, 1), all(20, 20));
    const bounded = judgeSplits(runningSums({ ...flat, floor: y.map(() => 0.0004) }, none, 1), all(20, 20));
    expect(unbounded.t2[0]).toBeGreaterThan(1e6);
    // 0.02² · (20/21)/0.0004
    expect(bounded.t2[0]).toBeCloseTo(20 / 21, 9);
  });
});
