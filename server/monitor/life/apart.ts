import type { Period } from "../model.ts";
import { comparePeriods } from "../period.ts";

const DAY = 86_400_000;

/** How many periods lie from one to another, negative where it is earlier; null for sends whose ids are no numbers. */
export function apart(from: string, to: string, period: Period): number | null {
  if (period === "send") {
    const [a, b] = [Number(from), Number(to)];
    return Number.isFinite(a) && Number.isFinite(b) && from.trim() !== "" && to.trim() !== "" ? b - a : null;
  }
  const days = (Date.parse(to) - Date.parse(from)) / DAY;
  return Number.isNaN(days) ? null : days / (period === "week" ? 7 : 1);
}

/** Stretches of periods, both ends among them. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

export function overlap(a: Stretch, b: Stretch): boolean {
  return comparePeriods(a.from, b.to) <= 0 && comparePeriods(b.from, a.to) <= 0;
}

export function laterOf(a: string, b: string): string {
  return comparePeriods(a, b) >= 0 ? a : b;
}
