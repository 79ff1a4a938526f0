import type { Duration, Moment, Window } from "../../language/tree.ts";
import type { JsonObject } from "../json.ts";
import { countOf, type Platform, spanOf, unsaid } from "../platform.ts";
import type { Asked } from "./columns.ts";

/** When events count: one filter, `alltime` without a window. */
export function timeframeOf(window: Window | null, asked: Asked): JsonObject | null {
  if (window === null) return { type: "date", operator: "alltime" };
  switch (window.kind) {
    case "last":
      return relativeFilter("in-the-last", window.duration, asked);
    case "ago":
      return relativeFilter("at-least", window.duration, asked);
    case "before":
      return beforeDate(window.moment, asked.platform);
    case "after":
      return afterDate(window.moment, asked.platform);
    case "between":
      return betweenDates(window.low, window.high, asked.platform);
  }
}

/** Klaviyo counts back in hours, days and weeks; months and longer are steps of the calendar that it has not. */
export function relativeFilter(operator: string, duration: Duration, { platform, rule }: Asked): JsonObject | null {
  const quantity = countOf(duration);
  const { unit } = duration;
  if (unit === "hour" || unit === "day" || unit === "week") return { type: "date", operator, unit, quantity };
  if (unit === "minute" && quantity % 60 === 0)
    return { type: "date", operator, unit: "hour", quantity: quantity / 60 };
  const what = unit === "minute" ? "minutes" : `windows in ${unit}s`;
  return unsaid(
    platform,
    rule,
    what,
    unit === "minute" ? "Use whole hours." : "Use days, such as 90 days for a quarter.",
  );
}

export function beforeDate(moment: Moment, platform: Platform): JsonObject {
  return { type: "date", operator: "before", date: instant(spanOf(platform, moment).start) };
}

/** After a day is after its end. */
export function afterDate(moment: Moment, platform: Platform): JsonObject {
  return { type: "date", operator: "after", date: instant(spanOf(platform, moment).end) };
}

/** Both ends count; a day ends a millisecond before the next. */
export function betweenDates(low: Moment, high: Moment, platform: Platform): JsonObject {
  const { end, isDay } = spanOf(platform, high);
  return {
    type: "date",
    operator: "between-static",
    start: instant(spanOf(platform, low).start),
    end: instant(isDay ? end - 1 : end),
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
