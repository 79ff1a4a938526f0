/**
 * φ, the correlation of one period's residual with the next one's, pooled over series; at least 0, at most 0.9.
 * Residuals standardised, in order. A fitted mean pulls the plain estimate down by (1 + 3φ)/B (Kendall 1954), which is given back.
 */
export function lagOne(series: readonly ArrayLike<number>[]): number {
  let products = 0;
  let squares = 0;
  let periods = 0;
  for (const residuals of series) {
    const length = residuals.length;
    if (length < 3) continue;
    for (let i = 0; i + 1 < length; i++) products += (residuals[i] ?? 0) * (residuals[i + 1] ?? 0);
    let sum = 0;
    for (let i = 0; i < length; i++) sum += (residuals[i] ?? 0) ** 2;
    squares += (sum * (length - 1)) / length;
    periods += length;
  }
  if (squares === 0) return 0;
  const plain = products / squares;
  const mean = periods / series.filter((residuals) => residuals.length >= 3).length;
  return Math.min(0.9, Math.max(0, plain + (1 + 3 * plain) / mean));
}

/** (1 + φ)/(1 − φ): how much more a mean of correlated residuals varies than one of free ones. */
export function inflation(phi: number): number {
  return (1 + phi) / (1 - phi);
}
