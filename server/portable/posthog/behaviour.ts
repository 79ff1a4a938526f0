import { isMoment } from "../../language/moment.ts";
import type { Duration, Rule, Step, Times, Unit, Window } from "../../language/tree.ts";
import { unitOf } from "../../language/words.ts";
import { own } from "../../notebook/own.ts";
import { duration, momentValue, NOWHERE, not, times } from "../build.ts";
import { get, isList, isObject, type JsonObject, shownJson, textOf } from "../json.ts";
import { stepNamed } from "../names.ts";
import { inside, type Place, type Reading, readEach, stepWith, unread } from "../reading.ts";
import { tidy } from "../tidy.ts";
import { readPerson } from "./person.ts";

/** What somebody did, or did not: PostHog's behavioural filters. */
export function readBehaviour(reading: Reading, property: JsonObject, place: Place): Rule | null {
  const value = textOf(property, "value") ?? "";
  const read = own(READERS, value);
  if (read === undefined) {
    const reason = own(REASONS, value) ?? "is no behaviour that rules have";
    return unread(reading, inside(place, "value").at, `\`${value}\` ${reason}.`, "Make it a feature in SQL.");
  }
  const step = readStep(reading, property, place);
  return step && read(reading, { property, step }, place);
}

interface Behaviour {
  readonly property: JsonObject;
  readonly step: Step;
}

type Read = (reading: Reading, behaviour: Behaviour, place: Place) => Rule | null;

const READERS: Readonly<Record<string, Read>> = {
  performed_event: (reading, { property, step }, place) => {
    const window = readWindow(reading, property, place);
    return window && happened(step, window, null);
  },
  performed_event_multiple: (reading, { property, step }, place) => {
    const window = readWindow(reading, property, place);
    const how = own(HOWS, textOf(property, "operator") ?? "exact");
    const count = wholeNumber(property, "operator_value");
    if (how === undefined || count === null)
      return unread(
        reading,
        place.at,
        `${shownJson(get(property, "operator_value"))} is no number of times.`,
        "Look at the file.",
      );
    if (window === null) return null;
    const counted = happened(step, window, times(how, count));
    // PostHog counts those alone who have done it at all.
    if (how !== "at most" && how !== "fewer than") return counted;
    return { kind: "and", parts: [happened(step, window, null), counted], ...NOWHERE };
  },
  performed_event_sequence: (reading, { property, step }, place) => {
    const window = readWindow(reading, property, place);
    const within = readDuration(reading, property, place, "seq_time");
    const name = textOf(property, "seq_event");
    if (name === null || isAction(property, "seq_event_type")) return noAction(reading, inside(place, "seq_event").at);
    const second = stepNamed(reading, name, inside(place, "seq_event").at);
    return window && within && { kind: "sequence", steps: [step, second], within, window, ...NOWHERE };
  },
  performed_event_first_time: (reading, { property, step }, place) => {
    const span = readDuration(reading, property, place, "time");
    if (span === null) return null;
    const earlier = happened(step, { kind: "ago", duration: span, ...NOWHERE }, null);
    return { kind: "and", parts: [happened(step, last(span), null), not(earlier)], ...NOWHERE };
  },
  stopped_performing_event: (reading, { property, step }, place) => {
    const all = readDuration(reading, property, place, "time");
    const recent = readDuration(reading, property, place, "seq_time");
    if (all === null || recent === null) return null;
    return {
      kind: "and",
      parts: [happened(step, last(all), null), not(happened(step, last(recent), null))],
      ...NOWHERE,
    };
  },
};

const REASONS: Readonly<Record<string, string>> = {
  performed_event_regularly: "counts periods in which something happened, which rules don't",
  restarted_performing_event: "asks for a gap between two stretches, which rules don't",
};

function readStep(reading: Reading, property: JsonObject, place: Place): Step | null {
  const key = textOf(property, "key");
  if (key === null || isAction(property, "event_type")) return noAction(reading, inside(place, "key").at);
  const step = stepNamed(reading, key, inside(place, "key").at);
  const filters = get(property, "event_filters");
  if (filters === undefined || filters === null) return step;
  const at = inside(place, "event_filters");
  if (!isList(filters))
    return unread(reading, at.at, `A list was expected, not ${shownJson(filters)}.`, "Look at the file.");
  const conditions = readEach(filters, at, (filter, where) => {
    if (isObject(filter) && (textOf(filter, "type") ?? "event") === "event")
      return readPerson(reading, filter, where, step);
    return unread(
      reading,
      where.at,
      `A condition on an event's property was expected, not ${shownJson(filter)}.`,
      "Write it by hand.",
    );
  });
  if (conditions === null) return null;
  const { where } = stepWith(step, conditions);
  return { ...step, where: where && tidy(where) };
}

function readWindow(reading: Reading, property: JsonObject, place: Place): Window | null {
  const from = textOf(property, "explicit_datetime");
  if (from === null) {
    const span = readDuration(reading, property, place, "time");
    return span && last(span);
  }
  const at = inside(place, "explicit_datetime");
  const to = textOf(property, "explicit_datetime_to");
  const relative = /^-(\d+)([hdwmqy])$/.exec(from);
  const unit = relative ? own(LETTERS, relative[2] ?? "") : undefined;
  if (unit !== undefined && to === null) return last(noted(reading, at, duration(Number(relative?.[1]), unit)));
  if (!isMoment(from) || (to !== null && !isMoment(to)))
    return unread(
      reading,
      at.at,
      `${shownJson(from)}${to === null ? "" : ` to ${shownJson(to)}`} is no window that rules have.`,
      "Use so long ago, or dates.",
    );
  const low = momentValue(from);
  if (to !== null) return { kind: "between", low, high: momentValue(to), ...NOWHERE };
  return { kind: "between", low, high: momentValue("9999-12-31"), ...NOWHERE };
}

function readDuration(reading: Reading, property: JsonObject, place: Place, key: "time" | "seq_time"): Duration | null {
  const count = wholeNumber(property, `${key}_value`);
  const unit = unitOf(textOf(property, `${key}_interval`) ?? "");
  if (count !== null && count > 0 && unit !== null) return noted(reading, place, duration(count, unit));
  const at = inside(place, `${key}_value`).at;
  return unread(reading, at, `${shownJson(get(property, `${key}_value`))} is no length of time.`, "Look at the file.");
}

/** PostHog's relative dates begin with the day, ours with the minute. */
function noted(reading: Reading, place: Place, span: Duration): Duration {
  if (span.unit !== "minute" && span.unit !== "hour") {
    reading.remarks.note(place.at, {
      code: "whole-days",
      message:
        "PostHog begins such a window with the first minute of its day; `in last` counts back from the moment itself.",
      hint: "Add a day, if nobody is to be left out.",
    });
  }
  return span;
}

function happened(step: Step, window: Window, how: Times | null): Rule {
  return { kind: "happened", step, times: how, window, ...NOWHERE };
}

function last(span: Duration): Window {
  return { kind: "last", duration: span, ...NOWHERE };
}

function isAction(property: JsonObject, key: string): boolean {
  return (textOf(property, key) ?? "events") !== "events";
}

function noAction(reading: Reading, at: string): null {
  return unread(
    reading,
    at,
    "It asks for an action of PostHog's, which is made of several events.",
    "Name the events themselves.",
  );
}

/** PostHog writes numbers as numbers or as texts. */
function wholeNumber(property: JsonObject, key: string): number | null {
  const value = get(property, key);
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

const LETTERS: Readonly<Record<string, Unit>> = { h: "hour", d: "day", w: "week", m: "month", q: "quarter", y: "year" };
const HOWS: Readonly<Record<string, Exclude<Times["how"], "never">>> = {
  gte: "at least",
  lte: "at most",
  gt: "more than",
  lt: "fewer than",
  eq: "exactly",
  exact: "exactly",
};
