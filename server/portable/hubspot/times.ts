import { Temporal } from "temporal-polyfill";
import type { Duration, Moment } from "../../language/tree.ts";
import type { JsonObject } from "../json.ts";
import { countOf, type Platform, spanOf } from "../platform.ts";

export type Endpoint = "INCLUSIVE" | "EXCLUSIVE";

/** The points where a date or a time begins and ends. */
export function datePoint(moment: Moment, platform: Platform): { start: JsonObject; end: JsonObject; isDay: boolean } {
  const { start, end, isDay } = spanOf(platform, moment);
  return { start: point(start, platform), end: point(end, platform), isDay };
}

/** So long before now; months and longer are steps of the calendar there too. */
export function ago(duration: Duration, platform: Platform): JsonObject {
  return { ...now(platform), offset: { [`${duration.unit}s`]: -countOf(duration) } };
}

export function now({ zone }: Platform): JsonObject {
  return { timeType: "INDEXED", timezoneSource: "CUSTOM", zoneId: zone, indexReference: { referenceType: "NOW" } };
}

export function timePoint(
  operator: "IS_BEFORE" | "IS_AFTER",
  at: JsonObject,
  endpointBehavior: Endpoint = "EXCLUSIVE",
): JsonObject {
  return {
    operationType: "TIME_POINT",
    type: "TIME_POINT",
    operator,
    timePoint: at,
    endpointBehavior,
    propertyParser: "VALUE",
  };
}

/** From the lower on; the upper counts where `last` says so. */
export function range(
  operator: "IS_BETWEEN" | "IS_NOT_BETWEEN",
  lower: JsonObject,
  upper: JsonObject,
  last: Endpoint = "EXCLUSIVE",
): JsonObject {
  return {
    ...{ operationType: "TIME_RANGED", type: "TIME_RANGED", operator, propertyParser: "VALUE" },
    ...{ lowerBoundTimePoint: lower, upperBoundTimePoint: upper },
    ...{ lowerBoundEndpointBehavior: "INCLUSIVE", upperBoundEndpointBehavior: last },
  };
}

function point(milliseconds: number, { zone }: Platform): JsonObject {
  const { year, month, day, hour, minute, second, millisecond } =
    Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(zone);
  return {
    timeType: "DATE",
    timezoneSource: "CUSTOM",
    zoneId: zone,
    year,
    month,
    day,
    hour,
    minute,
    second,
    millisecond,
  };
}
