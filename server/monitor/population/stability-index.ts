import { chiSquareQuantile } from "./chi-square.ts";

export interface Stability {
  /** Population stability index: Σ (q − p) ln(q/p) over the bins. */
  readonly psi: number;
  /** What it takes to be more than chance, and at least 0.1. */
  readonly limit: number;
  readonly shifted: "shifted" | "steady";
}

/**
 * PSI of `current` against a frozen `reference`, both counts a bin. Half a person is added to each bin, so an empty one has
 * a logarithm. Under no change PSI/(1/n + 1/m) is χ² with bins − 1 degrees (Yurdakul 2018): chance reaches 0.1 in small
 * segments, and passes the limit in 1 − `level` of them.
 */
export function stability(reference: readonly number[], current: readonly number[], level = 0.99): Stability {
  if (reference.length !== current.length) throw new RangeError("the bins differ");
  const bins = reference.filter((count, i) => count > 0 || (current[i] ?? 0) > 0).length;
  const n = reference.reduce((a, b) => a + b, 0);
  const m = current.reduce((a, b) => a + b, 0);
  if (n === 0 || m === 0) throw new RangeError("a side has no people");
  let psi = 0;
  for (const [i, count] of reference.entries()) {
    const other = current[i] ?? 0;
    if (count === 0 && other === 0) continue;
    const p = (count + 0.5) / (n + bins / 2);
    const q = (other + 0.5) / (m + bins / 2);
    psi += (q - p) * Math.log(q / p);
  }
  const chance = bins > 1 ? (1 / n + 1 / m) * chiSquareQuantile(level, bins - 1) : 0;
  const limit = Math.max(0.1, chance);
  return { psi, limit, shifted: psi > limit ? "shifted" : "steady" };
}
