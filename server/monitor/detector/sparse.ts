import { ARCSINE, anscombe, precision } from "./scale.ts";

/** One cohort on the scale of rates. */
export interface RateReading {
  readonly y: number;
  /** 1/variance of y, overdispersion included. */
  readonly precision: number;
  /** The variance that a binomial would have. */
  readonly least: number;
}

/** From this many expected events and non-events on, Anscombe's approximation is used as it is: it errs by 1/(8√10) deviations. */
const DENSE = 10;

/**
 * x of n as a reading whose mean does not depend on n. asin √ is biased where n·p is small (no click of one send reads as
 * 21 %), so there y = asin √p + (a − E a)/(dE a/dp) · d(asin √p)/dp, a being Anscombe's: right to first order in how far the
 * true rate is from p, at every n. E and the variance are sums over the binomial, to which 1 + (n − 1)ρ is a factor.
 */
export function readRate(x: number, n: number, p: number, rho: number): RateReading {
  if (n * Math.min(p, 1 - p) >= DENSE) {
    return { y: anscombe(x, n), precision: precision(n, rho), least: 1 / (4 * n) };
  }
  const { mean, slope, variance } = moments(n, p);
  const stretch = 1 / (2 * Math.sqrt(p * (1 - p)) * slope);
  const least = stretch * stretch * variance;
  const y = ARCSINE.forward(p) + stretch * (anscombe(x, n) - mean);
  return { y, precision: 1 / (least * (1 + (n - 1) * rho)), least };
}

/** Mean of `anscombe` under Binomial(n, p), its derivative by p, and the variance; 0 < p < 1. */
function moments(n: number, p: number): { mean: number; slope: number; variance: number } {
  // Counted from the rarer side, so that the first term does not vanish and few terms are enough.
  const rare = Math.min(p, 1 - p);
  const of = (x: number) => anscombe(rare === p ? x : n - x, n);
  let chance = Math.exp(n * Math.log1p(-rare));
  let mean = 0;
  let square = 0;
  let score = 0;
  let left = 1;
  for (let x = 0; x <= n && left > 1e-12; x++) {
    const value = of(x);
    mean += chance * value;
    square += chance * value * value;
    // dE/dp = E[a · (x − np)]/(p(1 − p)), the covariance with the score.
    score += chance * value * (x - n * rare);
    left -= chance;
    chance *= ((n - x) / (x + 1)) * (rare / (1 - rare));
  }
  const slope = Math.abs(score) / (rare * (1 - rare));
  return { mean, slope, variance: square - mean * mean };
}
