import type { Restart } from "../model.ts";
import { comparePeriods } from "../period.ts";

/**
 * Indexes of the periods at which a series' evidence starts anew, in order: of each rebaseline the first period that is not
 * before it. Where that is the first of all, everything starts there anyway.
 */
export function startsAnew(
  { segment, periods }: { readonly segment: string; readonly periods: readonly string[] },
  rebaselines: readonly Restart[],
): number[] {
  const indexes = rebaselines
    .filter((one) => one.segment === null || one.segment === segment)
    .map(({ period }) => periods.findIndex((own) => comparePeriods(own, period) >= 0))
    .filter((index) => index > 0);
  return [...new Set(indexes)].sort((a, b) => a - b);
}
