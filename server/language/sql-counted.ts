import { Temporal } from "temporal-polyfill";
import { columnOf, type Filter } from "./sql-events.ts";
import { compareInstant } from "./sql-time.ts";
import type { Work } from "./sql-work.ts";
import type { EventWord } from "./vocabulary.ts";

/** With more alternatives than these, finding out whether a row meets one of them costs more than counting it. */
const MOST_ALTERNATIVES = 8;

/** Conditions on the rows that some aggregate counts: others need not be grouped, and what lies before all windows not be read. */
export function countedSql(work: Work, event: EventWord, filters: readonly Filter[]): string[] {
  if (filters.length === 0 || filters.some(({ parts }) => parts.length === 0)) return [];
  const from = (low: Temporal.Instant) => compareInstant(columnOf(event, event.at), ">=", low, work.clock.zone);
  const lowest = lowestOf(filters);
  const widest = filters.filter(
    (one, index) => !filters.some((other, at) => covers(other, one, from) && (at < index || !covers(one, other, from))),
  );
  const alternatives = new Set(widest.map(({ parts }) => parts.join(" AND ")));
  const kinds = new Set(filters.map(({ kind }) => kind));
  const some =
    alternatives.size <= MOST_ALTERNATIVES ? [anyOf([...alternatives])] : kinds.has(null) ? [] : [anyOf([...kinds])];
  return [...(lowest === null ? [] : [from(lowest)]), ...some];
}

/** Whether every row that `one` lets through passes `other` too, as far as their parts tell. */
function covers(other: Filter, one: Filter, from: (low: Temporal.Instant) => string): boolean {
  const low = other.low === null ? null : from(other.low);
  const isLater = other.low !== null && one.low !== null && Temporal.Instant.compare(one.low, other.low) >= 0;
  return other.parts.every((part) => one.parts.includes(part) || (part === low && isLater));
}

/** The moment before which no row counts; null where there is none. */
function lowestOf(filters: readonly Filter[]): Temporal.Instant | null {
  const lows = filters.map(({ low }) => low).filter((low) => low !== null);
  if (lows.length < filters.length) return null;
  return lows.reduce((least, low) => (Temporal.Instant.compare(low, least) < 0 ? low : least));
}

function anyOf(conditions: readonly (string | null)[]): string {
  return `(${conditions.map((condition) => `(${condition})`).join(" OR ")})`;
}
