import { describe, expect, it } from "vitest";
import { bayesFactor, evidence } from "../../../../server/monitor/detector/evidence.ts";
import { judgeSplits } from "../../../../server/monitor/detector/splits.ts";
import { runningSums } from "../../../../server/monitor/detector/sums.ts";
import { draws } from "../../../bench/monitor/draws.ts";
import { all } from "../candidates.ts";

/** Integrates over [from, to] by the trapezium rule. */
function integrate(f: (x: number) => number, from: number, to: number, steps: number): number {
  const width = (to - from) / steps;
  let sum = (f(from) + f(to)) / 2;
  for (let i = 1; i < steps; i++) sum += f(from + i * width);
  return sum * width;
}

/**
 * The Bayes factor from its definition: the step is N(0, gσ²) given σ, level and σ have the right-Haar prior dμ dσ/σ. What
 * is left of the data is T, and u = s/σ: integrate both likelihoods over u and the step.
 */
function byIntegration(t: number, m: number, nu: number): number {
  const density = (z: number) => Math.exp((-z * z) / 2);
  const scale = (u: number) => u ** nu * Math.exp((-nu * u * u) / 2);
  const none = integrate((u) => density(t * u) * scale(u), 1e-6, 4, 4000);
  const over = (g: number) =>
    integrate(
      (u) => {
        const steps = integrate((z) => density(t * u - z * Math.sqrt(g * m)) * density(z), -9, 9, 600);
        return (steps / Math.sqrt(2 * Math.PI)) * scale(u);
      },
      1e-6,
      4,
      1000,
    );
  return (0.8 * over(0.4) + 0.2 * over(4)) / none;
}

describe("the Bayes factor of a step", () => {
  it.each([
    [0, 1, 40],
    [1.5, 0.9, 41],
    [3, 4.2, 50],
    [-4, 6, 12],
    [6, 12, 80],
  ])("is what its priors give at T = %f, m = %f, ν = %f", (t, m, nu) => {
    expect(bayesFactor(t * t, m, nu) / byIntegration(t, m, nu)).toBeCloseTo(1, 4);
  });

  it.each([
    [0.9, 41],
    [8, 60],
  ])("has a mean of 1 where nothing changed, m = %f, ν = %f", (m, nu) => {
    const kernel = (t: number) => (1 + (t * t) / nu) ** (-(nu + 1) / 2);
    const whole = integrate(kernel, -80, 80, 40_000);
    const mean = integrate((t) => bayesFactor(t * t, m, nu) * kernel(t), -80, 80, 40_000) / whole;
    expect(mean).toBeCloseTo(1, 3);
  });

  it("stays finite for a change without any noise", () => {
    expect(Number.isFinite(bayesFactor(1e12, 100, 3000))).toBe(true);
  });
});

describe("the evidence", () => {
  it("has a mean of the number of candidates where nothing changed", () => {
    const random = draws(77);
    const none = new Float64Array(7).fill(Infinity);
    const length = 50;
    let total = 0;
    const runs = 4000;
    for (let run = 0; run < runs; run++) {
      const y = Array.from({ length }, () => random.normal());
      const stretch = { y, w: y.map(() => 1), floor: y.map(() => 0), slot: y.map(() => 0) };
      total += evidence(judgeSplits(runningSums(stretch, none, 1), all(42, length - 1)));
    }
    expect(total / runs).toBeGreaterThan(6.5);
    expect(total / runs).toBeLessThan(9.5);
  });

  it("grows with every day that a change lasts", () => {
    const none = new Float64Array(7).fill(Infinity);
    const y = Array.from({ length: 70 }, (_, i) => Math.sin(12.9898 * i) + (i >= 50 ? 2 : 0));
    const stretch = { y, w: y.map(() => 1), floor: y.map(() => 0), slot: y.map(() => 0) };
    const sums = runningSums(stretch, none, 1);
    const at = [49, 54, 59, 64, 69].map((last) => evidence(judgeSplits(sums, all(42, last))));
    expect([...at].sort((a, b) => a - b)).toEqual(at);
  });
});
