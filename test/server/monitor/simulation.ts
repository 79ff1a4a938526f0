import type { Count } from "../../../server/monitor/model.ts";

/** What a run of made-up segments is like; the first `drops` segments lose a share of their rate at a day of their own. */
export interface World {
  readonly seed: number;
  readonly segments: number;
  readonly baseline: number;
  readonly watched: number;
  readonly drops: number;
  /** 0.2 for a fall by a fifth. */
  readonly fall: number;
  /** Lag-1 correlation of the daily rates' noise. */
  readonly phi: number;
  /** Share of the noise's variance that all segments have in common. */
  readonly common: number;
  /** Chance of a day with 40 % fewer opens. */
  readonly flops: number;
  /** From the middle of the watched days on, volume is this share of what it was. */
  readonly volume: number;
}

export const CALM: World = {
  seed: 1,
  segments: 50,
  baseline: 42,
  watched: 138,
  drops: 0,
  fall: 0,
  phi: 0,
  common: 0,
  flops: 0,
  volume: 1,
};

export interface Truth {
  readonly segment: string;
  /** Index of the first changed day. */
  readonly at: number;
}

const START = Date.UTC(2025, 0, 1);

/** Index of a day as a date. */
export function dayOf(index: number): string {
  return new Date(START + index * 86_400_000).toISOString().slice(0, 10);
}

/** Index of a date. */
export function indexOf(date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - START) / 86_400_000);
}

/** 200 to 5,000 sends a day, rates of 20 to 45 %, ρ of 0.002 to 0.02 (beta-binomial), weekdays mostly shared. */
export function simulate(world: World): { counts: Count[]; truths: Truth[] } {
  const random = generator(world.seed);
  const length = world.baseline + world.watched;
  const weekdays = Array.from({ length: 7 }, () => 0.12 * random.normal());
  const shared = correlated(length, world.phi, random);
  const counts: Count[] = [];
  const truths: Truth[] = [];
  for (let j = 0; j < world.segments; j++) {
    const segment = `s${String(j).padStart(2, "0")}`;
    const size = 200 * 25 ** random.uniform();
    const rate = 0.2 + 0.25 * random.uniform();
    const rho = 0.002 * 10 ** random.uniform();
    const own = weekdays.map((effect) => effect + 0.03 * random.normal());
    const noise = correlated(length, world.phi, random);
    const at = j < world.drops ? world.baseline + Math.floor(random.uniform() * (world.watched - 45)) : length;
    if (j < world.drops) truths.push({ segment, at });
    for (let i = 0; i < length; i++) {
      const logit = Math.log(rate / (1 - rate)) + (own[i % 7] ?? 0);
      const flop = random.uniform() < world.flops ? 0.6 : 1;
      const mean = (1 / (1 + Math.exp(-logit))) * (i >= at ? 1 - world.fall : 1) * flop;
      const cut = i >= world.baseline + world.watched / 2 ? world.volume : 1;
      const n = Math.max(1, Math.round(size * cut * Math.exp(0.1 * random.normal())));
      const z = Math.sqrt(world.common) * (shared[i] ?? 0) + Math.sqrt(1 - world.common) * (noise[i] ?? 0);
      const plain = world.phi === 0 && world.common === 0;
      const p = plain ? random.beta(mean, rho) : mean + z * Math.sqrt(rho * mean * (1 - mean));
      const x = random.binomial(n, Math.min(0.999, Math.max(0.001, p)));
      counts.push({ segment, period: dayOf(i), n, x, mature: true });
    }
  }
  return { counts, truths };
}

function correlated(length: number, phi: number, random: Generator): number[] {
  let value = random.normal();
  return Array.from({ length }, () => {
    const now = value;
    value = phi * value + Math.sqrt(1 - phi * phi) * random.normal();
    return now;
  });
}

type Generator = ReturnType<typeof generator>;

/** Seeded draws. mulberry32; gamma by Marsaglia and Tsang 2000; binomial by its normal limit where np(1 − p) is large. */
export function generator(seed: number) {
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
  const beta = (mean: number, rho: number) => {
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
