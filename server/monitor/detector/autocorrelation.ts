/** The baseline of one series: standardised residuals in order, and the share of their variance that can carry over. */
export interface Carried {
  readonly residuals: ArrayLike<number>;
  /** 1 less the share that is sampling, which is drawn anew each period. */
  readonly share: number;
}

/**
 * φ, the correlation of what carries over from one period to the next, pooled over series; from 0 to 0.9.
 * A fitted mean pulls the plain estimate down by (1 + 3φ)/B (Kendall 1954), which is given back; the correlation of all of
 * a series' noise is φ times its share. A fifth and half a standard error are added, for segments differ in it, and taking φ
 * too low costs false alerts where taking it too high costs hours.
 */
export function lagOne(series: readonly Carried[]): number {
  const long = series.filter(({ residuals }) => residuals.length >= 3);
  let products = 0;
  let squares = 0;
  let carried = 0;
  let periods = 0;
  for (const { residuals, share } of long) {
    const length = residuals.length;
    let sum = 0;
    for (let i = 0; i < length; i++) sum += (residuals[i] ?? 0) ** 2;
    for (let i = 0; i + 1 < length; i++) products += (residuals[i] ?? 0) * (residuals[i + 1] ?? 0);
    const scaled = (sum * (length - 1)) / length;
    squares += scaled;
    carried += scaled * share;
    periods += length;
  }
  if (squares === 0 || carried === 0) return 0;
  const plain = products / squares;
  const whole = plain + ((1 + 3 * plain) * long.length) / periods;
  const safe = 1.2 * Math.max(0, whole) + 0.5 / Math.sqrt(periods);
  return Math.min(0.9, (safe * squares) / carried);
}

/** (1 + φ)/(1 − φ): how much more a long mean of residuals that carry over varies than one of free ones (Bartlett 1946). */
export function inflation(phi: number): number {
  return (1 + phi) / (1 - phi);
}
