import { Temporal } from "temporal-polyfill";
import type { ColumnCondition, Duration, MomentValue, Rule, Subject, Unit } from "../../language/tree.ts";
import { unitOf } from "../../language/words.ts";
import { compare, duration, momentValue, NOWHERE, not } from "../build.ts";
import { get, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { momentAt } from "../moments.ts";
import { inside, type Place, type Reading, unread } from "../reading.ts";

/** Before, after or between points of time, which are dates or so long before now. */
export function readTimeOperation(
  reading: Reading,
  operation: JsonObject,
  place: Place,
  subject: Subject,
): Rule | null {
  if (textOf(operation, "operationType") === "TIME_RANGED") return readRange(reading, operation, place, subject);
  const point = readPoint(reading, get(operation, "timePoint"), inside(place, "timePoint"));
  const operator = textOf(operation, "operator");
  if (point === null) return null;
  if (operator !== "IS_BEFORE" && operator !== "IS_AFTER")
    return unread(reading, place.at, `\`${operator}\` is no question about a time.`, "Use IS_BEFORE or IS_AFTER.");
  const isInclusive = textOf(operation, "endpointBehavior") === "INCLUSIVE";
  if (point.kind === "date") return beside(reading, subject, point.instant, { operator, isInclusive });
  if (point.duration === null)
    return unread(
      reading,
      place.at,
      "It is compared with now; what lies in the future does not count here.",
      "Write it by hand.",
    );
  if (operator === "IS_BEFORE")
    return { kind: "ago", subject, operator: isInclusive ? ">=" : ">", duration: point.duration, ...NOWHERE };
  reading.remarks.note(place.at, {
    code: "future-left-out",
    message: "HubSpot's IS_AFTER takes in times that are yet to come; `in last` does not.",
    hint: "Add them by OR AFTER a date, if there are any.",
  });
  return { kind: "recent", subject, negated: false, duration: point.duration, ...NOWHERE };
}

/** The first moment of a day is where `before` that day ends, and from where `after` the day before begins. */
function beside(
  { zone }: Reading,
  subject: Subject,
  instant: string,
  { operator, isInclusive }: { operator: "IS_BEFORE" | "IS_AFTER"; isInclusive: boolean },
): Rule {
  const exact = momentValue(instant);
  if (operator === "IS_BEFORE")
    return isInclusive ? compare(subject, "<=", exact) : dated(subject, "before", momentAt(instant, "start", zone));
  if (!isInclusive) return dated(subject, "after", exact);
  const day = momentAt(instant, "end", zone);
  return day.text.includes("T") ? compare(subject, ">=", exact) : dated(subject, "after", day);
}

function readRange(reading: Reading, operation: JsonObject, place: Place, subject: Subject): Rule | null {
  const lower = readPoint(reading, get(operation, "lowerBoundTimePoint"), inside(place, "lowerBoundTimePoint"));
  const upper = readPoint(reading, get(operation, "upperBoundTimePoint"), inside(place, "upperBoundTimePoint"));
  const negated = textOf(operation, "operator") === "IS_NOT_BETWEEN";
  if (lower === null || upper === null) return null;
  if (lower.kind === "date" && upper.kind === "date") {
    const low = momentAt(lower.instant, "start", reading.zone);
    const high = momentAt(upper.instant, "end", reading.zone);
    return { kind: "between", subject, negated, low, high, ...NOWHERE };
  }
  if (lower.kind === "date" || upper.kind === "date" || lower.duration === null)
    return unread(reading, place.at, "One end is a date and the other is not.", "Write it as two conditions.");
  const since: ColumnCondition = {
    kind: "recent",
    subject,
    negated: upper.duration === null && negated,
    duration: lower.duration,
    ...NOWHERE,
  };
  if (upper.duration === null) return since;
  const rule: Rule = {
    kind: "and",
    parts: [since, { kind: "ago", subject, operator: ">=", duration: upper.duration, ...NOWHERE }],
    ...NOWHERE,
  };
  return negated ? not(rule) : rule;
}

type Point =
  | { readonly kind: "date"; readonly instant: string }
  | { readonly kind: "ago" /** Null for now. */; readonly duration: Duration | null };

function readPoint(reading: Reading, value: Json | undefined, place: Place): Point | null {
  const type = isObject(value) ? textOf(value, "timeType") : null;
  const zone = isObject(value) ? (textOf(value, "zoneId") ?? reading.zone) : reading.zone;
  if (isObject(value) && type === "DATE") {
    try {
      const numbers = ["year", "month", "day", "hour", "minute", "second", "millisecond"].map((key) =>
        Number(get(value, key) ?? 0),
      );
      const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = numbers;
      const fields = { year, month, day, hour, minute, second, millisecond, timeZone: zone };
      const at = Temporal.ZonedDateTime.from(fields, { overflow: "reject" });
      return { kind: "date", instant: at.toInstant().toString() };
    } catch {
      return unread(reading, place.at, `${shownJson(value)} is no date that exists.`, "Look at the file.");
    }
  }
  const reference = isObject(value) ? get(value, "indexReference") : undefined;
  if (!isObject(value) || type !== "INDEXED" || !isObject(reference) || textOf(reference, "referenceType") !== "NOW")
    return unread(
      reading,
      place.at,
      `${shownJson(value)} is no point of time that rules have.`,
      "Use a date, or so long before NOW.",
    );
  const offset = get(value, "offset");
  const entries = isObject(offset) ? Object.entries(offset).filter(([, count]) => count !== 0 && count !== null) : [];
  const [entry, ...more] = entries;
  if (entry === undefined) return { kind: "ago", duration: null };
  const unit: Unit | null = unitOf(entry[0]);
  const count = typeof entry[1] === "number" ? -entry[1] : Number.NaN;
  if (unit === null || more.length > 0 || !Number.isSafeInteger(count) || count <= 0)
    return unread(
      reading,
      inside(place, "offset").at,
      `${shownJson(offset)} is no length of time that has passed.`,
      "Use one unit, with a minus.",
    );
  return { kind: "ago", duration: duration(count, unit) };
}

function dated(subject: Subject, how: "before" | "after", moment: MomentValue): Rule {
  return { kind: "date", subject, how, moment, ...NOWHERE };
}
