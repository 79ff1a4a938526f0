import { checkRule } from "../../language/check-types.ts";
import { plain } from "../../language/decimal.ts";
import type { Duration, EventCondition, Measure, Rule, Step, Times, Window } from "../../language/tree.ts";
import { NEVER, NOWHERE, not, numberValue, times } from "../build.ts";
import { get, isList, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { columnNamed, stepNamed } from "../names.ts";
import { fitting, inside, listAt, type Place, type Reading, readEach, stepWith, unread } from "../reading.ts";
import { tidy } from "../tidy.ts";
import { COMPLETION } from "./funnel.ts";
import { readAgo, readColumnFilter, readEnds, readInstant, signOf } from "./read-filter.ts";

/** How often a metric was recorded, or the sum of its values. */
export function readMetric(reading: Reading, condition: JsonObject, place: Place): Rule | null {
  const step = readStep(reading, condition, place);
  const window = readTimeframe(reading, get(condition, "timeframe_filter"), inside(place, "timeframe_filter"));
  const filter = get(condition, "measurement_filter");
  const at = inside(place, "measurement_filter");
  const sign = isObject(filter) ? signOf(textOf(filter, "operator") ?? "") : null;
  const value = isObject(filter) ? get(filter, "value") : undefined;
  if (sign === null || typeof value !== "number" || !Number.isFinite(value))
    return unread(
      reading,
      at.at,
      `A comparison with a number was expected, not ${shownJson(filter)}.`,
      "Look at the file.",
    );
  if (step === null || window === null) return null;
  const measurement = textOf(condition, "measurement");
  if (measurement === "count" && Number.isSafeInteger(value) && value >= 0)
    return counted(step, window ?? null, { sign, value });
  if (measurement !== "sum" && measurement !== "count")
    return unread(
      reading,
      inside(place, "measurement").at,
      `${shownJson(measurement)} is no measurement.`,
      "It is count or sum.",
    );
  const property =
    measurement === "count" ? null : columnNamed(reading, "$value", { step, at: inside(place, "measurement").at });
  const measure: Measure = { kind: "measure", how: measurement, property, step, window: window ?? null, ...NOWHERE };
  const rule: EventCondition = {
    kind: "measured",
    measure,
    test: { kind: "compare", operator: sign, value: numberValue(value) },
    ...NOWHERE,
  };
  return checkedEvent(reading, rule, place);
}

function counted(
  step: Step,
  window: Window | null,
  { sign, value }: { sign: NonNullable<ReturnType<typeof signOf>>; value: number },
): Rule {
  const happened = (how: Times | null): Rule => ({ kind: "happened", step, times: how, window, ...NOWHERE });
  if (value === 0 && (sign === "=" || sign === "<=")) return happened(NEVER);
  if ((value === 0 && sign === ">") || (value === 1 && sign === ">=")) return happened(null);
  if (sign === "!=") return not(happened(times("exactly", value)));
  const how = { "=": "exactly", ">": "more than", ">=": "at least", "<": "fewer than", "<=": "at most" } as const;
  return happened(times(how[sign], value));
}

/** Steps in order, within the longest time from the first to the last. */
export function readFunnel(reading: Reading, condition: JsonObject, place: Place): Rule | null {
  const at = inside(place, "steps");
  const list = listAt(reading, get(condition, "steps"), at);
  const steps =
    list &&
    readEach(list, at, (step, where) => {
      if (!isObject(step))
        return unread(reading, where.at, `A step was expected, not ${shownJson(step)}.`, "Look at the file.");
      if (get(step, "metric_exists") === false)
        return unread(
          reading,
          where.at,
          "The step is one that must not happen.",
          "Write it with NOT and a sequence without it.",
        );
      return readStep(reading, step, where);
    });
  const window = readTimeframe(reading, get(condition, "timeframe_filter"), inside(place, "timeframe_filter"));
  const within = readCompletion(
    reading,
    get(condition, "completion_window_seconds"),
    inside(place, "completion_window_seconds"),
  );
  if (steps === null || window === null || within === null) return null;
  return checkedEvent(reading, { kind: "sequence", steps, within, window: window ?? null, ...NOWHERE }, place);
}

function readCompletion(reading: Reading, value: Json | undefined, { at }: Place): Duration | null {
  const written = Object.entries(COMPLETION).find(([, name]) => name === value)?.[0];
  const [count = "", unit = ""] = written?.split(" ") ?? [];
  if (written !== undefined)
    return {
      count: { ...numberValue(1), value: plain(count) },
      unit: unit.replace(/s$/, "") as Duration["unit"],
      ...NOWHERE,
    };
  return unread(
    reading,
    at,
    `A length of time was expected, not ${shownJson(value)}.`,
    "A sequence needs WITHIN: give the funnel a completion window.",
  );
}

function readStep(reading: Reading, condition: JsonObject, place: Place): Step | null {
  const id = textOf(condition, "metric_id");
  if (id === null) return unread(reading, place.at, "The condition names no metric.", "Look at the file.");
  const step = stepNamed(reading, id, inside(place, "metric_id").at);
  const filters = get(condition, "metric_filters");
  if (filters === undefined || filters === null || (isList(filters) && filters.length === 0)) return step;
  const at = inside(place, "metric_filters");
  const list = listAt(reading, filters, at);
  const conditions =
    list &&
    readEach(list, at, (filter, where) => {
      const property = isObject(filter) ? textOf(filter, "property") : null;
      if (!isObject(filter) || property === null)
        return unread(
          reading,
          where.at,
          `A condition on a property was expected, not ${shownJson(filter)}.`,
          "Look at the file.",
        );
      const about = { subject: columnNamed(reading, property, { step, at: inside(where, "property").at }), step };
      const rule = readColumnFilter(reading, get(filter, "filter"), inside(where, "filter"), about);
      return rule && fitting(reading, rule, { step, at: where.at });
    });
  if (conditions === null) return null;
  const whole = stepWith(step, conditions);
  return whole.where === null ? whole : { ...whole, where: tidy(whole.where) };
}

/** `undefined` for all time; null where it can't be read. */
function readTimeframe(reading: Reading, filter: Json | undefined, place: Place): Window | null | undefined {
  const operator = isObject(filter) ? textOf(filter, "operator") : null;
  if (!isObject(filter) || operator === null)
    return unread(reading, place.at, `A time frame was expected, not ${shownJson(filter)}.`, "Look at the file.");
  if (operator === "alltime") return undefined;
  if (operator === "before" || operator === "after") {
    const moment = readInstant(
      reading,
      get(filter, "date"),
      inside(place, "date"),
      operator === "before" ? "start" : "end",
    );
    return moment && { kind: operator, moment, ...NOWHERE };
  }
  if (operator === "between-static") {
    const ends = readEnds(reading, filter, place);
    return ends && { kind: "between", ...ends, ...NOWHERE };
  }
  if (operator !== "in-the-last" && operator !== "at-least")
    return unread(
      reading,
      place.at,
      `The time frame \`${operator}\` is no window that rules have.`,
      "Use IN LAST, AGO, BEFORE, AFTER or BETWEEN two dates.",
    );
  const duration = readAgo(reading, filter, place, "quantity");
  return duration && { kind: operator === "in-the-last" ? "last" : "ago", duration, ...NOWHERE };
}

function checkedEvent(reading: Reading, rule: EventCondition, { at }: Place): Rule | null {
  const problems = checkRule(rule, reading.vocabulary);
  for (const { code, message, hint } of problems) reading.remarks.error(at, { code, message, hint });
  return problems.length > 0 ? null : rule;
}
