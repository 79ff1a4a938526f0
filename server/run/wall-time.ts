import { Temporal } from "temporal-polyfill";

/** What a clock on the wall shows at a moment: `2026-10-31T12:00:00`. Milliseconds since 1970, IANA zone. */
export function wallTime(moment: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDateTime().toString();
}

/** The same with the offset: `2026-10-31T12:00:00+00:00`. */
export function offsetTime(moment: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });
}

/** The moment at which a clock on the wall showed the same so many days before. */
export function daysBefore(moment: number, days: number, zone: string): number {
  const there = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone);
  return there.subtract({ days }).epochMilliseconds;
}
