import { Temporal } from "temporal-polyfill";
import type { Comparison, Duration, Moment, Operand } from "../../../server/language/tree.ts";
import type { World } from "./interpreter.ts";

/** An instant so many units later (1) or earlier (-1). */
export function step(
  instant: Temporal.Instant,
  { count, unit }: Duration,
  zone: string,
  direction: 1 | -1,
): Temporal.Instant {
  const n = direction * (count.kind === "number" ? Number(count.value) : 0);
  const local = instant.toZonedDateTimeISO(zone);
  if (unit === "minute") return instant.add({ minutes: n });
  if (unit === "hour") return instant.add({ hours: n });
  if (unit === "day") return instant.add({ hours: 24 * n });
  if (unit === "week") return instant.add({ hours: 7 * 24 * n });
  if (unit === "month") return local.add({ months: n }).toInstant();
  return local.add(unit === "quarter" ? { months: 3 * n } : { years: n }).toInstant();
}

export function now({ clock }: World): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(clock.asOf);
}

export function lastDay(world: World): Temporal.PlainDate {
  return now(world).subtract({ nanoseconds: 1000 }).toZonedDateTimeISO(world.clock.zone).toPlainDate();
}

/** A value from a start up to, and without, an end; or one point. */
export interface Span {
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant | null;
}

export function spanOf({ clock, vocabulary }: World, operand: Operand | Moment): Span {
  const input = operand.kind === "input" ? vocabulary.inputs.find((each) => each.name === operand.name)?.value : null;
  const text = operand.kind === "moment" ? operand.text : operand.kind === "text" ? operand.value : String(input);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const day = Temporal.PlainDate.from(text);
    return {
      start: day.toZonedDateTime(clock.zone).toInstant(),
      end: day.add({ days: 1 }).toZonedDateTime(clock.zone).toInstant(),
    };
  }
  return { start: instantOf(text.replace(" ", "T"), clock.zone), end: null };
}

export function isAfter(time: Temporal.Instant, span: Span): boolean {
  return span.end ? !isBefore(time, span.end) : isBefore(span.start, time);
}

export function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

export function instantOf(text: string, zone: string): Temporal.Instant {
  if (/T.*(Z|[+-]\d\d:\d\d)$/.test(text)) return Temporal.Instant.from(text);
  if (!text.includes("T")) return Temporal.PlainDate.from(text).toZonedDateTime(zone).toInstant();
  return Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation: "later" }).toInstant();
}

export function timeCompares(time: Temporal.Instant, operator: Comparison, span: Span): boolean {
  const before = isBefore(time, span.start);
  const after = isAfter(time, span);
  if (operator === "<") return before;
  if (operator === ">") return after;
  if (operator === "<=") return !after;
  if (operator === ">=") return !before;
  return (!before && !after) === (operator === "=");
}

export function dayOf({ clock }: World, time: Temporal.Instant): Temporal.PlainDate {
  return time.toZonedDateTimeISO(clock.zone).toPlainDate();
}

export function daysBetween(a: Temporal.PlainDate, b: Temporal.PlainDate): number {
  return a.until(b, { largestUnit: "day" }).days;
}
