import { Temporal } from "temporal-polyfill";
import { asOf, unitsBefore } from "./clock.ts";
import { stretchOf } from "./moment.ts";
import { printDuration, printMoment } from "./print-operand.ts";
import type { Duration, Moment, Window } from "./tree.ts";
import type { Clock } from "./vocabulary.ts";

/** A window with its dates: `from 12 Aug to 10 Nov 2026`. */
export function sayWindow(window: Window, clock: Clock): string {
  switch (window.kind) {
    case "last":
      return sayLast(window.duration, clock);
    case "ago":
      return `before ${sayAgo(window.duration, clock)}`;
    case "before":
    case "after":
      return `${window.kind} ${sayMoment(window.moment, clock)}`;
    case "between":
      return sayBetween(window.low, window.high, clock);
  }
}

/** The stretch of the last so many units, up to `as_of`. */
export function sayLast(duration: Duration, clock: Clock): string {
  const start = startOf(duration, clock);
  return start ? sayStretch(start, asOf(clock), clock) : `in the last ${printDuration(duration)}`;
}

/** The moment so many units before `as_of`. */
export function sayAgo(duration: Duration, clock: Clock): string {
  const start = startOf(duration, clock);
  return start
    ? `${sayTime(start.toZonedDateTimeISO(clock.zone))} (${clock.zone})`
    : `the moment ${printDuration(duration)} ago`;
}

/** A date or time as it is read; an input by its name, since its value belongs to a run. */
export function sayMoment(moment: Moment, clock: Clock): string {
  const stretch = moment.kind === "moment" ? stretchOf(moment.text, clock.zone) : null;
  if (!stretch) return printMoment(moment);
  const start = stretch.start.toZonedDateTimeISO(clock.zone);
  return stretch.end ? sayDay(start.toPlainDate()) : `${sayTime(start)} (${clock.zone})`;
}

export function sayBetween(low: Moment, high: Moment, clock: Clock): string {
  if (low.kind !== "moment" || high.kind !== "moment")
    return `from ${sayMoment(low, clock)} to ${sayMoment(high, clock)}`;
  const first = stretchOf(low.text, clock.zone);
  const last = stretchOf(high.text, clock.zone);
  if (!first?.end || !last?.end) return `from ${sayMoment(low, clock)} to ${sayMoment(high, clock)}`;
  return sayStretch(first.start, last.end, clock);
}

/** Days where the stretch begins and ends at midnight, else times. */
export function sayStretch(start: Temporal.Instant, end: Temporal.Instant, clock: Clock): string {
  const from = start.toZonedDateTimeISO(clock.zone);
  const to = end.toZonedDateTimeISO(clock.zone);
  if (!isMidnight(from) || !isMidnight(to)) return `from ${sayTime(from)} to ${sayTime(to)} (${clock.zone})`;
  return sayDays(from.toPlainDate(), to.toPlainDate());
}

/** From a first day to the day before `end`. */
export function sayDays(first: Temporal.PlainDate, end: Temporal.PlainDate): string {
  const last = end.subtract({ days: 1 });
  if (Temporal.PlainDate.compare(first, last) === 0) return `on ${sayDay(first)}`;
  const start = first.year === last.year ? sayDay(first).replace(/ \d+$/, "") : sayDay(first);
  return `from ${start} to ${sayDay(last)}`;
}

export function sayDay(day: Temporal.PlainDate): string {
  return `${day.day} ${MONTHS[day.month - 1]} ${day.year}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function sayTime(time: Temporal.ZonedDateTime): string {
  const seconds = time.second === 0 && time.millisecond === 0 ? {} : { fractionalSecondDigits: undefined };
  const clock =
    "fractionalSecondDigits" in seconds
      ? time.toPlainTime().toString()
      : time.toPlainTime().toString({ smallestUnit: "minute" });
  return `${sayDay(time.toPlainDate())}, ${clock}`;
}

function isMidnight(time: Temporal.ZonedDateTime): boolean {
  return time.equals(time.startOfDay());
}

function startOf(duration: Duration, clock: Clock): Temporal.Instant | null {
  if (duration.count.kind !== "number") return null;
  return unitsBefore(clock, Number(duration.count.value), duration.unit);
}
