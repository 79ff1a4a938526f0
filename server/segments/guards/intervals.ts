import { floorTo, scaleOf, shift } from "../../language/decimal.ts";
import type { Comparison } from "../../language/tree.ts";

/** One end of an interval: a decimal number, and whether it belongs to the interval. */
export interface Edge {
  readonly at: string;
  readonly isIn: boolean;
}

/** From `low` to `high`; null is without end. */
export interface Interval {
  readonly low: Edge | null;
  readonly high: Edge | null;
}

/** Numbers as intervals that do not touch, in their order. Numbers are decimals as text, so that they stay exact. */
export type Intervals = readonly Interval[];

export const ALL: Intervals = [{ low: null, high: null }];

/** The numbers that compare so with a number. */
export function comparing(operator: Comparison, at: string): Intervals {
  switch (operator) {
    case "=":
      return [{ low: { at, isIn: true }, high: { at, isIn: true } }];
    case "!=":
      return without(comparing("=", at));
    case "<":
    case "<=":
      return [{ low: null, high: { at, isIn: operator === "<=" } }];
    case ">":
    case ">=":
      return [{ low: { at, isIn: operator === ">=" }, high: null }];
  }
}

export function both(a: Intervals, b: Intervals): Intervals {
  return a.flatMap((one) =>
    b.flatMap((other) => {
      const low = later(one.low, other.low);
      const high = earlier(one.high, other.high);
      return isEmpty({ low, high }, null) ? [] : [{ low, high }];
    }),
  );
}

/** The numbers that are in neither of the intervals. */
export function without(intervals: Intervals): Intervals {
  return intervals.reduce<Intervals>((rest, { low, high }) => {
    const below: Intervals = low === null ? [] : [{ low: null, high: { at: low.at, isIn: !low.isIn } }];
    const above: Intervals = high === null ? [] : [{ low: { at: high.at, isIn: !high.isIn }, high: null }];
    return both(rest, [...below, ...above]);
  }, ALL);
}

/** Whether no number of at most `scale` digits behind the point is in them; null for any number of digits. */
export function holdNothing(intervals: Intervals, scale: number | null): boolean {
  return intervals.every((interval) => isEmpty(interval, scale));
}

/** -1, 0 or 1, exactly. */
export function compareDecimals(a: string, b: string): number {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const difference = BigInt(shift(a, scale)) - BigInt(shift(b, scale));
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function isEmpty({ low, high }: Interval, scale: number | null): boolean {
  if (low === null || high === null) return false;
  const least = scale === null ? low : { at: leastOf(low, scale), isIn: true };
  const order = compareDecimals(least.at, high.at);
  return order > 0 || (order === 0 && !(least.isIn && high.isIn));
}

/** The least number of so many digits that is not below an edge. */
function leastOf({ at, isIn }: Edge, scale: number): string {
  const floor = floorTo(at, scale);
  if (isIn && floor === at) return at;
  return shift((BigInt(shift(floor, scale)) + 1n).toString(), -scale);
}

function later(a: Edge | null, b: Edge | null): Edge | null {
  if (a === null || b === null) return a ?? b;
  const order = compareDecimals(a.at, b.at);
  if (order === 0) return a.isIn ? b : a;
  return order > 0 ? a : b;
}

function earlier(a: Edge | null, b: Edge | null): Edge | null {
  if (a === null || b === null) return a ?? b;
  const order = compareDecimals(a.at, b.at);
  if (order === 0) return a.isIn ? b : a;
  return order < 0 ? a : b;
}
