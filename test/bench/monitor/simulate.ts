import type { Count } from "../../../server/monitor/model.ts";
import { type Draws, draws } from "./draws.ts";
import type { World } from "./worlds.ts";

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

/** Cohorts a segment and day: by default 200 to 5,000 sends, beta-binomial, weekdays mostly shared; and what truly changed. */
export function simulate(world: World): { counts: Count[]; truths: Truth[] } {
  const random = draws(world.seed);
  const length = world.baseline + world.watched;
  const days = Array.from({ length }, (_, i) => dayOf(i));
  const weekdays = Array.from({ length: 7 }, () => world.weekdays[0] * random.normal());
  const shared = correlated(length, world.phi, random);
  const someDay = () => world.baseline + Math.floor((random.uniform() * world.watched) / 2);
  const oneDay = world.at === "once" ? someDay() : null;
  const counts: Count[] = [];
  const truths: Truth[] = [];
  for (let j = 0; j < world.segments; j++) {
    const segment = `s${String(j).padStart(2, "0")}`;
    const size = world.sizes[0] * (world.sizes[1] / world.sizes[0]) ** random.uniform();
    const rate = world.rates[0] + (world.rates[1] - world.rates[0]) * random.uniform();
    const rho = overdispersion(world.rho, random);
    const own = weekdays.map((effect) => effect + world.weekdays[1] * random.normal());
    const noise = correlated(length, world.phi, random);
    const changes = j < world.changed;
    const at = changes ? (oneDay ?? someDay()) : length;
    if (changes) truths.push({ segment, at });
    for (let i = 0; i < length; i++) {
      const logit = Math.log(rate / (1 - rate)) + (own[i % 7] ?? 0);
      const flop = random.uniform() < world.flops ? 0.6 : 1;
      const arrived = Math.min(1, Math.max(0, i - at + 1) / world.ramp);
      const mean = (1 / (1 + Math.exp(-logit))) * (1 + world.change * arrived) * flop;
      const cut = i >= world.baseline + world.watched / 2 ? world.volume : 1;
      const n = Math.max(1, Math.round(size * cut * Math.exp(0.1 * random.normal())));
      const z = Math.sqrt(world.common) * (shared[i] ?? 0) + Math.sqrt(1 - world.common) * (noise[i] ?? 0);
      const plain = world.phi === 0 && world.common === 0;
      const p = plain ? random.beta(mean, rho) : mean + z * Math.sqrt(rho * mean * (1 - mean));
      const x = random.binomial(n, Math.min(0.999, Math.max(0, p)));
      counts.push({ segment, period: days[i] ?? "", n, x, mature: true });
    }
  }
  return { counts, truths };
}

function overdispersion([low, high]: readonly [number, number], random: Draws): number {
  return low === 0 ? 0 : low * (high / low) ** random.uniform();
}

function correlated(length: number, phi: number, random: Draws): number[] {
  let value = random.normal();
  return Array.from({ length }, () => {
    const now = value;
    value = phi * value + Math.sqrt(1 - phi * phi) * random.normal();
    return now;
  });
}
