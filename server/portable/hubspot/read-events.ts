import type { Rule, Times, Window } from "../../language/tree.ts";
import { allOf, duration, momentValue, NEVER, NOWHERE, not, times } from "../build.ts";
import { get, isList, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { instantText, momentAt } from "../moments.ts";
import { stepNamed } from "../names.ts";
import { inside, type Place, type Reading, readEach, stepWith, unread } from "../reading.ts";
import { tidy } from "../tidy.ts";
import { readProperty } from "./read-property.ts";

/** Events that were completed, or not, how often and when. */
export function readEvents(reading: Reading, branch: JsonObject, place: Place): Rule | null {
  const id = textOf(branch, "eventTypeId");
  if (id === null) return unread(reading, place.at, "The branch names no kind of event.", "Look at the file.");
  const step = stepNamed(reading, id, inside(place, "eventTypeId").at);
  const nested = get(branch, "filterBranches") ?? [];
  if (!isList(nested) || nested.length > 0)
    return unread(
      reading,
      inside(place, "filterBranches").at,
      "The event has branches of its own.",
      "Put its filters into `filters`.",
    );
  const at = inside(place, "filters");
  const filters = get(branch, "filters") ?? [];
  const conditions = isList(filters)
    ? readEach(filters, at, (filter, where) =>
        isObject(filter) && textOf(filter, "filterType") === "PROPERTY"
          ? readProperty(reading, filter, where, step)
          : unread(
              reading,
              where.at,
              `A condition on a property was expected, not ${shownJson(filter)}.`,
              "Look at the file.",
            ),
      )
    : unread(reading, at.at, `A list was expected, not ${shownJson(filters)}.`, "Look at the file.");
  const window = readPruning(reading, get(branch, "pruningRefineBy"), inside(place, "pruningRefineBy"));
  const range = readOccurrences(reading, get(branch, "coalescingRefineBy"), inside(place, "coalescingRefineBy"));
  if (conditions === null || window === null || range === null) return null;
  const { where } = stepWith(step, conditions);
  const whole = { ...step, where: where && tidy(where) };
  const happened = (how: Times | null): Rule => ({
    kind: "happened",
    step: whole,
    times: how,
    window: window ?? null,
    ...NOWHERE,
  });
  if (textOf(branch, "operator") === "HAS_NOT_COMPLETED")
    return range === undefined ? happened(NEVER) : not(within(happened, range));
  return range === undefined ? happened(null) : within(happened, range);
}

interface Range {
  readonly least: number | null;
  readonly most: number | null;
}

/** Whoever is counted has completed it at least once. */
function within(happened: (how: Times | null) => Rule, { least, most }: Range): Rule {
  const from = Math.max(1, least ?? 1);
  if (from === most) return happened(times("exactly", from));
  const parts = [
    ...(from > 1 || most === null ? [happened(from > 1 ? times("at least", from) : null)] : [happened(null)]),
    ...(most === null ? [] : [happened(times("at most", most))]),
  ];
  return allOf(parts) ?? happened(null);
}

/** `undefined` where nothing is said of it; null where it can't be read. */
function readOccurrences(reading: Reading, value: Json | undefined, { at }: Place): Range | null | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value) || textOf(value, "type") !== "NUM_OCCURRENCES")
    return unread(reading, at, `${shownJson(value)} is no number of times.`, "Use NUM_OCCURRENCES.");
  const [least, most] = ["minOccurrences", "maxOccurrences"].map((key) => get(value, key));
  const isCount = (count: Json | undefined) =>
    count === undefined || count === null || (Number.isSafeInteger(count) && Number(count) >= 0);
  if (!isCount(least) || !isCount(most))
    return unread(reading, at, "A number of times is no whole number.", "Look at the file.");
  return { least: typeof least === "number" ? least : null, most: typeof most === "number" ? most : null };
}

function readPruning(reading: Reading, value: Json | undefined, place: Place): Window | null | undefined {
  if (value === undefined || value === null) return undefined;
  const type = isObject(value) ? textOf(value, "type") : null;
  if (!isObject(value) || type === null)
    return unread(reading, place.at, `A time frame was expected, not ${shownJson(value)}.`, "Look at the file.");
  if (type === "ALL_HISTORY") return undefined;
  const comparison = textOf(value, "comparison");
  if (type === "RELATIVE_COMPARATIVE") {
    const offset = get(value, "timeOffset");
    const amount = isObject(offset) ? get(offset, "amount") : undefined;
    const unit = isObject(offset) ? UNITS.find(([name]) => name === textOf(offset, "timeUnit"))?.[1] : undefined;
    const isPast = isObject(offset) && textOf(offset, "offsetDirection") === "PAST";
    if (unit === undefined || !isPast || !Number.isSafeInteger(amount) || Number(amount) <= 0)
      return unread(
        reading,
        inside(place, "timeOffset").at,
        `${shownJson(offset)} is no length of time that has passed.`,
        "Use days or weeks in the past.",
      );
    return { kind: comparison === "BEFORE" ? "ago" : "last", duration: duration(Number(amount), unit), ...NOWHERE };
  }
  const moment = (key: string, edge: "start" | "end") => {
    const held = get(value, key);
    if (typeof held === "number" && Number.isSafeInteger(held)) return momentAt(instantText(held), edge, reading.zone);
    return unread(
      reading,
      inside(place, key).at,
      `Milliseconds since 1970 were expected, not ${shownJson(held)}.`,
      "Look at the file.",
    );
  };
  if (type === "ABSOLUTE_COMPARATIVE") {
    const at = moment("timestamp", comparison === "BEFORE" ? "start" : "end");
    return at && { kind: comparison === "BEFORE" ? "before" : "after", moment: momentValue(at.text), ...NOWHERE };
  }
  if (type !== "ABSOLUTE_RANGED" || textOf(value, "rangeType") !== "BETWEEN")
    return unread(
      reading,
      place.at,
      `A time frame of the type \`${type}\` is none that rules have.`,
      "Use IN LAST, AGO, BEFORE, AFTER or BETWEEN two dates.",
    );
  const [low, high] = [moment("lowerTimestamp", "start"), moment("upperTimestamp", "end")];
  return low && high && { kind: "between", low, high, ...NOWHERE };
}

const UNITS = [
  ["HOURS", "hour"],
  ["DAYS", "day"],
  ["WEEKS", "week"],
  ["MONTHS", "month"],
  ["YEARS", "year"],
] as const;
