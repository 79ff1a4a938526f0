import type { Count } from "./model.ts";
import { comparePeriods } from "./period.ts";
import { type Refusal, refusalOf } from "./refuse.ts";

/**
 * Cohorts of one metric that were judged when they were recorded, and count otherwise now, or are gone; by segment and
 * period. Those that were too young then, and new ones, are none.
 */
export function revisions(before: readonly Count[], now: readonly Count[], metric: string): Refusal[] {
  const keyOf = ({ segment, period }: Count) => JSON.stringify([segment, period]);
  const current = new Map(now.map((count) => [keyOf(count), count]));
  const found = before.flatMap((known) => {
    if (!known.mature) return [];
    const count = current.get(keyOf(known));
    const refusal = count === undefined ? gone(known) : refusalOf(count, known, { metric });
    return refusal === null ? [] : [refusal];
  });
  return found.sort((a, b) => order(a.segment, b.segment) || comparePeriods(a.period, b.period));
}

function gone({ segment, period, n, x }: Count): Refusal {
  return {
    ...{ segment, period, code: "cohort-revised" },
    message: `${segment}, ${period}: was judged with ${x} of ${n}, and is not there any more.`,
    hint: "Look whether data was taken away, or whether its people count elsewhere now.",
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
