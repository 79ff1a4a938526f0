import { Temporal } from "temporal-polyfill";
import { asOf, unitsBefore } from "./clock.ts";
import { type Told, valueOfInput, withName } from "./describe-input.ts";
import { stretchOf } from "./moment.ts";
import { printDuration, printMoment } from "./print-operand.ts";
import type { Duration, Moment, Window } from "./tree.ts";

/** A window with its dates: `from 12 Aug to 10 Nov 2026`. */
export function sayWindow(window: Window, clock: Told): string {
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
export function sayLast(duration: Duration, clock: Told): string {
  const start = startOf(duration, clock);
  if (!start) return `in the last ${printDuration(duration)}`;
  return withName(sayStretch(start, asOf(clock), clock), duration.count);
}

/** The moment so many units before `as_of`. */
export function sayAgo(duration: Duration, clock: Told): string {
  const start = startOf(duration, clock);
  if (!start) return `the moment ${printDuration(duration)} ago`;
  return withName(`${sayTime(start.toZonedDateTimeISO(clock.zone))} (${clock.zone})`, duration.count);
}

/** After the moment so many units before `as_of`, and before `as_of` itself. */
export function sayWithin(words: "after" | "not before", duration: Duration, clock: Told): string {
  const start = startOf(duration, clock);
  if (!start) return `${words} ${sayAgo(duration, clock)}`;
  const [from, to] = [start, asOf(clock)].map((each) => sayTime(each.toZonedDateTimeISO(clock.zone)));
  return withName(`${words} ${from} and before ${to} (${clock.zone})`, duration.count);
}

/** A date or time as it is read; an input with its value, where that is known. */
export function sayMoment(moment: Moment, clock: Told): string {
  const stretch = stretchTold(moment, clock);
  if (!stretch) return printMoment(moment);
  const start = stretch.start.toZonedDateTimeISO(clock.zone);
  return withName(stretch.end ? sayDay(start.toPlainDate()) : `${sayTime(start)} (${clock.zone})`, moment);
}

export function sayBetween(low: Moment, high: Moment, clock: Told): string {
  const first = stretchTold(low, clock);
  const last = stretchTold(high, clock);
  if (low.kind === "input" || high.kind === "input" || !first?.end || !last?.end)
    return `from ${sayMoment(low, clock)} to ${sayMoment(high, clock)}`;
  return sayStretch(first.start, last.end, clock);
}

/** Days where the stretch begins and ends at midnight, else times. */
export function sayStretch(start: Temporal.Instant, end: Temporal.Instant, clock: Told): string {
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

/** `31 Oct 2026`. */
export function sayDay(day: Temporal.PlainDate): string {
  return `${day.day} ${MONTHS[day.month - 1]} ${day.year}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Times after the first one are in the same zone without saying so. */
export function namingZoneOnce(words: string, zone: string): string {
  let isNamed = false;
  return words.replace(/(, \d\d:\d\d(?::\d\d(?:\.\d+)?)?) \(([^()]+)\)/g, (named, time: string, where: string) => {
    if (where !== zone) return named;
    const said = isNamed ? time : named;
    isNamed = true;
    return said;
  });
}

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

function startOf({ count, unit }: Duration, clock: Told): Temporal.Instant | null {
  const known = count.kind === "input" ? valueOfInput(count, clock) : count;
  return known?.kind === "number" ? unitsBefore(clock, Number(known.value), unit) : null;
}

function stretchTold(moment: Moment, clock: Told): ReturnType<typeof stretchOf> {
  const known = moment.kind === "input" ? valueOfInput(moment, clock) : moment;
  return known?.kind === "moment" ? stretchOf(known.text, clock.zone) : null;
}
