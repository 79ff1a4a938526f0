/** Cohorts and the rates that are expected of them; arrays of one length. */
export interface Dispersion {
  readonly n: ArrayLike<number>;
  readonly x: ArrayLike<number>;
  readonly p: ArrayLike<number>;
  /** Parameters that were fitted to get p. */
  readonly fitted: number;
}

/**
 * ρ, the correlation of two receivers of one cohort, by moments: 0 where x varies as a binomial does.
 * max(0, (Q − (B − d))/(Σ(nᵢ − 1)(B − d)/B)) with Q = Σ(x − np)²/(np(1 − p)).
 */
export function overdispersion({ n, x, p, fitted }: Dispersion): number {
  let pearson = 0;
  let pairs = 0;
  let periods = 0;
  for (let i = 0; i < n.length; i++) {
    const size = n[i] ?? 0;
    const rate = p[i] ?? 0;
    const variance = size * rate * (1 - rate);
    if (variance <= 0) continue;
    pearson += ((x[i] ?? 0) - size * rate) ** 2 / variance;
    pairs += size - 1;
    periods += 1;
  }
  const free = periods - fitted;
  if (free <= 0 || pairs <= 0) return 0;
  return Math.min(1, Math.max(0, (pearson - free) / ((pairs * free) / periods)));
}
