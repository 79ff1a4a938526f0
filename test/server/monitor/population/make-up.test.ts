import { describe, expect, it } from "vitest";
import { chiSquareQuantile } from "../../../../server/monitor/population/chi-square.ts";
import { type Binned, makeUp } from "../../../../server/monitor/population/make-up.ts";
import { draws } from "../../../bench/monitor/draws.ts";

const week = (i: number) => new Date(Date.parse("2026-01-05") + i * 7 * 86_400_000).toISOString().slice(0, 10);

describe("a segment's make-up", () => {
  it("is that of its first period, with PSI and limit worked by hand", () => {
    const at = (period: string, counts: number[]): Binned => ({ segment: "VIP", feature: "orders", period, counts });
    const found = makeUp([at(week(1), [150, 50]), at(week(0), [100, 100])]);
    const [high, low] = [150.5 / 201, 50.5 / 201];
    const psi = (high - 0.5) * Math.log(high / 0.5) + (low - 0.5) * Math.log(low / 0.5);
    expect(found).toMatchObject([
      { period: week(0), psi: 0, n_reference: 200, n: 200, flag: null },
      { period: week(1), n_reference: 200, n: 200, flag: "shifted" },
    ]);
    expect(found[1]?.psi).toBeCloseTo(psi, 12);
    // χ² with one degree: 6.6349 at 99 %; 0.02 of it is 0.1327 with 100 people a side.
    expect(makeUp([at(week(0), [50, 50]), at(week(1), [40, 60])])[1]?.threshold).toBeCloseTo(0.02 * 6.634897, 6);
  });

  it("says nothing of a segment that nobody was in", () => {
    expect(makeUp([{ segment: "VIP", feature: "orders", period: week(0), counts: [0, 0] }])).toEqual([]);
  });

  it("is χ² over (1/n + 1/m) where nothing changes, and flagged by chance in few of a hundred weeks", () => {
    const random = draws(11);
    const features = 8;
    const [scaled, flags] = [[] as number[], [] as boolean[]];
    for (let run = 0; run < 250; run++) {
      const people = 60 + Math.floor(300 * random.uniform());
      const draw = (feature: string, i: number, n: number): Binned => {
        const counts = new Array<number>(10).fill(0);
        for (let one = 0; one < n; one++) {
          const bin = Math.floor(10 * random.uniform());
          counts[bin] = (counts[bin] ?? 0) + 1;
        }
        return { segment: "VIP", feature, period: week(i), counts };
      };
      const binned = Array.from({ length: features }, (_, j) => [draw(`f${j}`, 0, 400), draw(`f${j}`, 1, people)]);
      const later = makeUp(binned.flat()).filter(({ period }) => period === week(1));
      for (const { psi } of later) scaled.push(psi / (1 / 400 + 1 / people));
      flags.push(later.some(({ flag }) => flag === "shifted"));
    }
    const mean = scaled.reduce((a, b) => a + b, 0) / scaled.length;
    expect(Math.abs(mean - 9)).toBeLessThan(0.4);
    const above = scaled.filter((one) => one > chiSquareQuantile(0.95, 9)).length / scaled.length;
    expect(Math.abs(above - 0.05)).toBeLessThan(0.02);
    expect(flags.filter((one) => one).length / flags.length).toBeLessThan(0.03);
  });
});
