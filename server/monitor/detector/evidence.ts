import type { Splits } from "./splits.ts";

/**
 * Prior variances of the step, in units of the noise, and the share of the first: L is their weighted mean. Beside a plain
 * mean over 0.1, 1 and 10, falls that take weeks to show are found in more cases, at no fewer false alarms in pure noise.
 */
export const NARROW = 0.4;
export const WIDE = 4;
export const SHARE = 0.8;

/** No L is larger: keeps sums finite. */
export const LARGEST = 1e250;

/**
 * L, the right-Haar Bayes factor of a step against none, an e-process (Pérez-Ortiz, Lardy, de Heide, Grünwald 2024):
 * weighted mean over g of (1 + gm)^(−½) · [(1 + T²/ν)/(1 + T²/(ν(1 + gm)))]^((ν+1)/2). ν is a whole number.
 */
export function bayesFactor(t2: number, m: number, nu: number): number {
  const ratio = t2 / nu;
  const narrow = 1 + NARROW * m;
  const wide = 1 + WIDE * m;
  // Both powers by squaring, side by side: a fraction of the time of exp and log, and this is where all the time goes.
  let a = (1 + ratio) / (1 + ratio / narrow);
  let b = (1 + ratio) / (1 + ratio / wide);
  let byNarrow = nu & 1 ? 1 : Math.sqrt(a);
  let byWide = nu & 1 ? 1 : Math.sqrt(b);
  for (let rest = (nu + 1) >> 1; rest > 0; rest >>= 1) {
    if (rest & 1) {
      byNarrow *= a;
      byWide *= b;
    }
    a *= a;
    b *= b;
  }
  const first = Math.min(LARGEST, byNarrow) / Math.sqrt(narrow);
  return SHARE * first + (1 - SHARE) * (Math.min(LARGEST, byWide) / Math.sqrt(wide));
}

/** M = Σ_k L_k, the e-detector of Shiryaev and Roberts (Shin, Ramdas, Rinaldo 2024): crosses c by chance once in c periods or more. */
export function evidence(splits: Splits): number {
  let sum = 0;
  for (let i = 0; i < splits.count; i++) {
    sum += bayesFactor(splits.t2[i] ?? 0, splits.m[i] ?? 0, splits.nu);
  }
  return sum;
}
