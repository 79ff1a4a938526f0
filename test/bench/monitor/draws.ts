export type Draws = ReturnType<typeof draws>;

/** Seeded draws. mulberry32; gamma by Marsaglia and Tsang 2000; binomial by its normal limit where np(1 − p) is large. */
export function draws(seed: number) {
  let state = (seed * 0x9e3779b9) >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const z = normal();
      const v = (1 + c * z) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  /** The mean itself where ρ is 0. */
  const beta = (mean: number, rho: number) => {
    if (rho === 0) return mean;
    const strength = 1 / rho - 1;
    const a = gamma(mean * strength);
    return a / (a + gamma((1 - mean) * strength));
  };
  const binomial = (n: number, p: number): number => {
    const variance = n * p * (1 - p);
    if (variance > 25) return Math.min(n, Math.max(0, Math.round(n * p + Math.sqrt(variance) * normal())));
    let x = 0;
    for (let i = 0; i < n; i++) if (uniform() < p) x += 1;
    return x;
  };
  return { uniform, normal, gamma, beta, binomial };
}
