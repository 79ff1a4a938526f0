import { detect, watchAll } from "../../../server/monitor/detector/detect.ts";
import { sightOf } from "../../../server/monitor/explain/sight.ts";
import type { Count } from "../../../server/monitor/model.ts";
import { draws } from "./draws.ts";
import { dayOf } from "./simulate.ts";

/** Segments alike, whose rate falls by the same share after so many days. */
export interface Alike {
  /** Sends a day. */
  readonly n: number;
  readonly rate: number;
  readonly rho: number;
  readonly seed: number;
  /** Of the rate, below 0 for a rise, for four weeks; null for the days before alone. */
  readonly fall: number | null;
}

export const SEGMENTS = 80;
/** Days before. */
export const KNOWN = 42;
export const AHEAD = 28;

/** Beta-binomial cohorts with weekdays in common. */
export function alike({ n, rate, rho, seed, fall }: Alike): Count[] {
  const random = draws(seed);
  return Array.from({ length: SEGMENTS }, (_, j) =>
    Array.from({ length: fall === null ? KNOWN : KNOWN + AHEAD }, (_, i) => {
      const mean = rate * (i >= KNOWN ? 1 - (fall ?? 0) : 1) * (1 + 0.1 * Math.cos((2 * Math.PI * i) / 7));
      return { segment: `s${j}`, period: dayOf(i), n, x: random.binomial(n, random.beta(mean, rho)), mature: true };
    }),
  ).flat();
}

const DAILY = { period: "day", baseline: KNOWN, minRelativeChange: 0.05 } as const;

/** The change that half of the segments are told to be seen, as a share of the rate. */
export function told(given: Omit<Alike, "fall">, metric = "open_rate"): number {
  const options = { ...DAILY, metric };
  const { watched, learnt } = watchAll(alike({ ...given, fall: null }), options);
  const changes = watched.map((one) => Math.abs(sightOf(one, learnt, options).smallest_change ?? 10));
  return changes.sort((a, b) => a - b)[changes.length >> 1] ?? Number.NaN;
}

/** The share of segments whose fall is found within four weeks. */
export function foundOf(given: Alike, metric = "open_rate"): number {
  const { alerts } = detect(alike(given), { ...DAILY, metric });
  const found = alerts.filter(({ tier, detected_at }) => tier !== "watch" && detected_at >= dayOf(KNOWN));
  return new Set(found.map(({ segment }) => segment)).size / SEGMENTS;
}
