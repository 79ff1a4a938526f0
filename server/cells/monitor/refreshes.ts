import { Temporal } from "temporal-polyfill";
import type { Clock } from "../../language/vocabulary.ts";
import type { RecordedRefresh, RecordedSize } from "../recorded.ts";

/** What was recorded of the segments of some cells at a refresh. */
export interface Refreshed {
  readonly moment: number;
  /** By the segment's name in the monitor. */
  readonly sizes: ReadonlyMap<string, RecordedSize>;
}

/** The refreshes that tell of any of the cells, in the order of their moments, segments under the names that the monitor has for them. */
export function refreshesOf(
  recorded: readonly RecordedRefresh[],
  cells: readonly string[],
  nameOf: (cell: string, segment: string) => string,
): Refreshed[] {
  return recorded
    .map(({ asOf, sizes }) => {
      const own = sizes.filter(({ cell }) => cells.includes(cell));
      return { moment: asOf, sizes: new Map(own.map((size) => [nameOf(size.cell, size.segment), size])) };
    })
    .filter(({ sizes }) => sizes.size > 0)
    .sort((a, b) => a.moment - b.moment);
}

/** A name that several cells have is written `cell.name`. */
export function namesOf(recorded: readonly RecordedRefresh[], cells: readonly string[]) {
  const holders = new Map<string, Set<string>>();
  for (const { cell, segment } of recorded.flatMap(({ sizes }) => sizes)) {
    if (cells.includes(cell)) holders.set(segment, (holders.get(segment) ?? new Set()).add(cell));
  }
  return (cell: string, segment: string) => ((holders.get(segment)?.size ?? 0) > 1 ? `${cell}.${segment}` : segment);
}

/** First day of the day or week that a moment ends or lies in, on the clock of the zone: midnight ends a day. */
export function periodOf(moment: number, period: "day" | "week", { zone, weekStarts }: Clock): string {
  const day = Temporal.Instant.fromEpochMilliseconds(moment - 1)
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  if (period === "day") return day.toString();
  const since = weekStarts === "monday" ? day.dayOfWeek - 1 : day.dayOfWeek % 7;
  return day.subtract({ days: since }).toString();
}

/** Whether a period is over at a moment. */
export function isOver(first: string, period: "day" | "week", moment: number, { zone }: Clock): boolean {
  const next = Temporal.PlainDate.from(first).add({ days: period === "day" ? 1 : 7 });
  return next.toZonedDateTime({ timeZone: zone }).epochMilliseconds <= moment;
}
