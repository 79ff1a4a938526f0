/** Variance of a rate that is drawn; half an event and half a non-event added, lest none of few be sure. */
export function rateVariance({ x, n }: { readonly x: number; readonly n: number }): number {
  const rate = (x + 0.5) / (n + 1);
  return (rate * (1 - rate)) / n;
}
