/** Cohorts and the rates that are expected of them; arrays of one length. */
export interface Dispersion {
  readonly n: ArrayLike<number>;
  readonly x: ArrayLike<number>;
  readonly p: ArrayLike<number>;
  /** Parameters that were fitted to get p. */
  readonly fitted: number;
}

/**
 * ρ, the correlation of two receivers of one cohort, by moments (Williams 1982): 0 where x varies as a binomial does.
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

/** ρ of mailings as simulated and seen, 0.002 to 0.02: its middle, and how far segments lie from one another. */
const USUAL = 0.006;
const APART = 0.01;

/**
 * ρ of each segment as it is used: its own estimate, drawn towards that of all by how little it knows (normal-normal
 * shrinkage, Efron and Morris 1975). Baselines of large cohorts keep their own. One of a few sends a day can't tell, and a ρ made of chance would
 * weigh its later cohorts of hundreds like single sends, or as if they had no noise of their own.
 */
export function likelyOverdispersions(segments: readonly Dispersion[]): number[] {
  const own = segments.map((one) => ({ rho: overdispersion(one), variance: errorVariance(one) }));
  let weight = 1 / APART ** 2;
  let sum = USUAL * weight;
  for (const { rho, variance } of own) {
    const precision = 1 / (variance + APART ** 2);
    weight += precision;
    sum += precision * rho;
  }
  const common = sum / weight;
  return own.map(({ rho, variance }) => common + ((rho - common) * APART ** 2) / (APART ** 2 + variance));
}

/** Sampling variance of the estimate where ρ is 0; Infinity where there are no pairs. */
function errorVariance({ n, p, fitted }: Dispersion): number {
  let variance = 0;
  let pairs = 0;
  let periods = 0;
  for (let i = 0; i < n.length; i++) {
    const size = n[i] ?? 0;
    const spread = (p[i] ?? 0) * (1 - (p[i] ?? 0));
    if (size * spread <= 0) continue;
    // Of (x − np)²/(np(1 − p)), x binomial.
    variance += 2 + (1 - 6 * spread) / (size * spread);
    pairs += size - 1;
    periods += 1;
  }
  if (pairs === 0 || periods <= fitted) return Infinity;
  return Math.max(0, variance) * (periods / (pairs * (periods - fitted))) ** 2;
}
