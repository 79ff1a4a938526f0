import { Temporal } from "temporal-polyfill";
import type { Unit } from "./tree.ts";
import type { Clock } from "./vocabulary.ts";

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440, week: 10_080 };
const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/**
 * `as_of` minus a number of units. Minutes to weeks are fixed lengths; months, quarters and years are calendar steps in
 * the zone, which end at the month's last day where it has no such day. Null before the year 2.
 */
export function unitsBefore(clock: Clock, count: number, unit: Unit): Temporal.Instant | null {
  try {
    const local = asOf(clock).toZonedDateTimeISO(clock.zone);
    const minutes = MINUTES[unit];
    const step = minutes === undefined ? { months: (MONTHS[unit] ?? 1) * count } : { minutes: minutes * count };
    const back = local.subtract(step);
    return back.year < 2 ? null : back.toInstant();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The length of a unit in minutes where it is fixed, else null. */
export function fixedMinutes(unit: Unit): number | null {
  return MINUTES[unit] ?? null;
}

export function calendarMonths(unit: Unit): number {
  return MONTHS[unit] ?? 0;
}

export function asOf(clock: Clock): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(clock.asOf);
}

/** The moment before which events count. */
export function eventsEnd(clock: Clock): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.min(clock.asOf, clock.eventsUntil ?? clock.asOf));
}

/** The last day of which anything counts: the day in the zone just before `as_of`. */
export function lastDay(clock: Clock): Temporal.PlainDate {
  return asOf(clock).subtract({ microseconds: 1 }).toZonedDateTimeISO(clock.zone).toPlainDate();
}

/** The day after the last one on which an anniversary in the next `count` units, today among them, may fall; null out of reach. */
export function daysAhead(clock: Clock, count: number, unit: Unit): Temporal.PlainDate | null {
  const minutes = MINUTES[unit];
  const step = minutes === undefined ? { months: (MONTHS[unit] ?? 1) * count } : { days: (minutes / 1440) * count };
  try {
    return lastDay(clock).add(step);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
