import { asOf } from "../clock.ts";
import type { Clock } from "../vocabulary.ts";

/**
 * The clocks of a replay: `weeks` + 1 of them, a calendar week of the zone apart, the earliest first and the given one
 * last. A clock that stands at midnight does so in every week, whatever the summer time.
 */
export function weeklyClocks(clock: Clock, weeks: number): Clock[] {
  const last = asOf(clock).toZonedDateTimeISO(clock.zone);
  return Array.from({ length: weeks + 1 }, (_, index) => ({
    ...clock,
    asOf: last.subtract({ weeks: weeks - index }).toInstant().epochMilliseconds,
  }));
}
