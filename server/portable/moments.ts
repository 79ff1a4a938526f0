import { Temporal } from "temporal-polyfill";
import { stretchOf } from "../language/moment.ts";
import type { MomentValue } from "../language/tree.ts";
import { momentValue } from "./build.ts";

/**
 * An instant as rules say it: where a day begins (`start`) or ends (`end`) there in the zone, that day; otherwise the time
 * itself, in UTC.
 */
export function momentAt(text: string, edge: "start" | "end", zone: string): MomentValue {
  const stretch = stretchOf(text, zone);
  if (stretch === null || stretch.end !== null) return momentValue(text.trim());
  const { start } = stretch;
  // A day's last instant may be given as its last second or millisecond.
  const candidates = edge === "start" ? [start] : [start, start.add({ milliseconds: 1 }), start.add({ seconds: 1 })];
  for (const instant of candidates) {
    const local = instant.toZonedDateTimeISO(zone);
    if (!local.equals(local.startOfDay())) continue;
    const day = edge === "start" ? local.toPlainDate() : local.toPlainDate().subtract({ days: 1 });
    return momentValue(day.toString());
  }
  return momentValue(start.toString());
}

/** Milliseconds since 1970 as text. */
export function instantText(milliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds).toString();
}
