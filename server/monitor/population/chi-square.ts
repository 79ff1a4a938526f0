/** P(χ² ≤ x) with `degrees` of freedom: the regularised lower incomplete gamma at (degrees/2, x/2), by its series. */
export function chiSquareBelow(x: number, degrees: number): number {
  if (x <= 0) return 0;
  const a = degrees / 2;
  const half = x / 2;
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < 10_000 && term > sum * 1e-17; k++) {
    term *= half / (a + k);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(a * Math.log(half) - half - logGamma(a)));
}

/** The x that χ² with `degrees` of freedom stays below with probability p, by halving; 0 ≤ p < 1. */
export function chiSquareQuantile(p: number, degrees: number): number {
  let low = 0;
  let high = degrees + 10;
  while (chiSquareBelow(high, degrees) < p) high *= 2;
  for (let round = 0; round < 200 && high - low > 1e-12 * high; round++) {
    const middle = (low + high) / 2;
    if (chiSquareBelow(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(a) for a ≥ 1/2, to about 15 digits (Lanczos 1964). */
function logGamma(a: number): number {
  const x = a - 1;
  const t = x + 7.5;
  const sum = LANCZOS.reduce((total, c, i) => total + c / (x + i + 1), 0.99999999999980993);
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}
