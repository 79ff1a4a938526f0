import type { Splits } from "./splits.ts";

/**
 * Prior variances of the step, in units of the noise, over which L is a mean: of 0.1, 1 and 10 the first and last were no
 * help with falls that last weeks or days, and cost as much evidence as the middle one had.
 */
const PRIORS = [0.3, 3];

/** No L is larger: keeps sums finite. */
const LARGEST = 1e250;

/**
 * L, the right-Haar Bayes factor of a step against none, an e-process (Pérez-Ortiz, Lardy, de Heide, Grünwald 2024):
 * mean over g of (1 + gm)^(−½) · [(1 + T²/ν)/(1 + T²/(ν(1 + gm)))]^((ν+1)/2). ν is a whole number.
 */
export function bayesFactor(t2: number, m: number, nu: number): number {
  const ratio = t2 / nu;
  let sum = 0;
  for (let i = 0; i < PRIORS.length; i++) {
    const spread = 1 + (PRIORS[i] ?? 0) * m;
    sum += Math.min(LARGEST, rootPower((1 + ratio) / (1 + ratio / spread), nu + 1)) / Math.sqrt(spread);
  }
  return sum / PRIORS.length;
}

/** (√base)^exponent by squaring: a quarter of the time of exp and log, and this is where all the time goes. */
function rootPower(base: number, exponent: number): number {
  let result = exponent & 1 ? Math.sqrt(base) : 1;
  let square = base;
  for (let rest = exponent >> 1; rest > 0; rest >>= 1) {
    if (rest & 1) result *= square;
    square *= square;
  }
  return result;
}

/** M = Σ_k L_k, the e-detector of Shiryaev and Roberts (Shin, Ramdas, Rinaldo 2024): crosses c by chance once in c periods or more. */
export function evidence(splits: Splits): number {
  let sum = 0;
  for (let i = 0; i < splits.count; i++) {
    sum += (splits.stands[i] ?? 1) * bayesFactor(splits.t2[i] ?? 0, splits.m[i] ?? 0, splits.nu);
  }
  return sum;
}
