/** The 97.5 % point of the normal distribution. */
export const Z = 1.959963984540054;

/**
 * Wilson's score interval for a share at 95 %, as shares from 0 to 1: the shares that the score test does not reject.
 * E. B. Wilson, Journal of the American Statistical Association 22 (1927); the same as R's `prop.test(correct = FALSE)`.
 * Null without any trials.
 */
export function wilson(successes: number, trials: number): { low: number; high: number } | null {
  if (trials <= 0) return null;
  const share = successes / trials;
  const square = (Z * Z) / trials;
  const centre = (share + square / 2) / (1 + square);
  const half = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials));
  // At the ends the interval touches 0 and 1, which rounding must not hide.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
