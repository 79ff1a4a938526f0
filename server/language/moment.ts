import { Temporal } from "temporal-polyfill";

/** What a date or time covers: `[start, end)` for a bare date, one point (`end` null) for a date with a time. */
export interface Stretch {
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant | null;
}

/**
 * The moment that a head's `as_of` names, in milliseconds since 1970-01-01 UTC: for a bare date the end of that day in
 * the zone. Null where the text is no date or time.
 */
export function resolveMoment(text: string, zone: string): number | null {
  const stretch = stretchOf(text, zone);
  if (!stretch) return null;
  return (stretch.end ?? stretch.start).epochMilliseconds;
}

const FORM =
  /^(\d{4}-\d{2}-\d{2})(?:(?:[Tt]| +)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * What a date (`2026-08-12`) or a time (`2026-08-12 09:30`, `2026-08-12T09:30:00.5+02:00`) covers; without an offset it
 * is in the zone. A time that the clock shows twice is the second of the two, and one that it skips is as much later:
 * so the engine reads such times in data.
 */
export function stretchOf(text: string, zone: string): Stretch | null {
  const [, date, time, offset] = FORM.exec(text.trim()) ?? [];
  if (!date) return null;
  try {
    const day = Temporal.PlainDate.from(date, { overflow: "reject" });
    // The engine counts years before the first one otherwise; no data is that old.
    if (day.year < 2) return null;
    if (!time) return dayOf(day, zone);
    const clock = Temporal.PlainTime.from(time.padStart(time.indexOf(":") === 1 ? time.length + 1 : 0, "0"), {
      overflow: "reject",
    });
    const local = day.toPlainDateTime(clock);
    const at = offset
      ? local.toZonedDateTime(fullOffset(offset))
      : local.toZonedDateTime(zone, { disambiguation: "later" });
    return { start: at.toInstant(), end: null };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether a text is a date or a time that exists. */
export function isMoment(text: string): boolean {
  return stretchOf(text, "UTC") !== null;
}

function dayOf(day: Temporal.PlainDate, zone: string): Stretch {
  const start = day.toZonedDateTime(zone);
  const end = day.add({ days: 1 }).toZonedDateTime(zone);
  return { start: start.toInstant(), end: end.toInstant() };
}

/** `z`, `+02` and `+0200` as `+02:00`. */
function fullOffset(offset: string): string {
  if (offset.toLowerCase() === "z") return "+00:00";
  const digits = offset.slice(1).replace(":", "").padEnd(4, "0");
  return `${offset.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
