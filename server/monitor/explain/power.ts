import { bayesFactor } from "../detector/evidence.ts";
import { FEWEST } from "../detector/informed.ts";
import type { Scale } from "../detector/scale.ts";
import { TIERS } from "../model.ts";

/** A series as it stands, from which on a change is to be found. */
export interface Standing {
  /** Its rate or size. */
  readonly rate: number;
  readonly scale: Scale;
  /** Weights of the readings at its level so far, and of each to come; 1 is the mean of the baseline. */
  readonly known: number;
  readonly each: number;
  /** Periods at its level so far, and to come within the time. */
  readonly periods: number;
  readonly ahead: number;
  /** Standard deviation of a reading of weight 1, and (1 + φ)/(1 − φ). */
  readonly spread: number;
  readonly inflation: number;
  /** Events expected a period; Infinity where nothing is drawn. */
  readonly events: number;
}

/** The quantile below which one of five falls: the step is taken as seen so much too small, for four of five to be found. */
const UNLUCKY = 0.8416;
/** Changes are told to a thousandth, up to the end of all events, or to eleven times as many. */
const STEPS = 1000;
const LARGEST = { fall: 1, rise: 10 } as const;

/**
 * The smallest fall or rise, as a share of the rate, that reaches alert within the periods ahead in four of five cases; null
 * where not even the largest does. By the evidence where the readings are as expected but for a step δ from c on:
 * candidate k has T_k = δ(⟨s_k,s_c⟩ − ⟨1,s_k⟩⟨1,s_c⟩/⟨1,1⟩)/(σ√m_k), and M = Σ_k L_k.
 */
export function smallestSeen(standing: Standing, way: "fall" | "rise"): number | null {
  const { rate, scale, events, ahead } = standing;
  if (ahead < 1 || !(rate > 0) || events * ahead < FEWEST) return null;
  const sign = way === "fall" ? -1 : 1;
  const isSeen = (change: number) => {
    const step = Math.abs(scale.forward(rate * (1 + sign * change)) - scale.forward(rate));
    return evidenceAt(standing, step) >= TIERS.alert;
  };
  let [low, high] = [0, LARGEST[way] * STEPS];
  if (!isSeen(high / STEPS)) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isSeen(middle / STEPS)) high = middle;
    else low = middle;
  }
  return high / STEPS;
}

/** M at the end of the time after a step, its size on the scale, as an unlucky one of five sees it. */
function evidenceAt({ known, each, periods, ahead, spread, inflation }: Standing, step: number): number {
  const after = ahead * each;
  const all = known + after;
  const nu = Math.max(1, periods + ahead - 2);
  const noise = spread * Math.sqrt(inflation);
  const best = (step / noise) * Math.sqrt((after * known) / all);
  const unlucky = Math.max(0, best - UNLUCKY) / best;
  const own = known / periods;
  let sum = 0;
  for (let k = -periods + 2; k < ahead; k++) {
    // Weight from the candidate on; before the step it reaches back into what was known.
    const later = k < 0 ? after - k * own : (ahead - k) * each;
    const m = (later * (all - later)) / all;
    const shared = k < 0 ? (after * (all - later)) / all : (later * known) / all;
    const t = m > 0 ? (unlucky * step * shared) / (noise * Math.sqrt(m)) : 0;
    const explained = Math.min(t * t, nu * 1e6);
    sum += bayesFactor(explained, m / inflation, nu);
  }
  return sum;
}
