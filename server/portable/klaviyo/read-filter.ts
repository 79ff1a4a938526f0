import { isMoment } from "../../language/moment.ts";
import type {
  ColumnCondition,
  Comparison,
  Duration,
  Moment,
  Operand,
  Rule,
  Step,
  Subject,
} from "../../language/tree.ts";
import { unitOf } from "../../language/words.ts";
import { own } from "../../notebook/own.ts";
import { compare, duration, known, NOWHERE, not } from "../build.ts";
import { get, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { momentAt } from "../moments.ts";
import { inside, listAt, type Place, type Reading, readEach, unread } from "../reading.ts";
import { operandOf } from "../values.ts";
import { SIGNS } from "./signs.ts";

export interface About {
  readonly subject: Subject;
  readonly step: Step | null;
}

/** A filter of Klaviyo's as a condition on a column. What it negates counts for people without a value too. */
export function readColumnFilter(reading: Reading, filter: Json | undefined, place: Place, about: About): Rule | null {
  const type = isObject(filter) ? textOf(filter, "type") : null;
  const operator = isObject(filter) ? textOf(filter, "operator") : null;
  if (!isObject(filter) || type === null || operator === null)
    return unread(reading, place.at, `A filter was expected, not ${shownJson(filter)}.`, "Look at the file.");
  const { subject } = about;
  const value = (held: Json | undefined, where: Place) =>
    operandOf(reading, held, { ...about, texts: "typed", at: where.at });
  const at = inside(place, "value");
  if (type === "existence") return known(subject, operator === "not-set" ? "not known" : "known");
  if (type === "boolean" && operator === "equals")
    return withOperand(value(get(filter, "value"), at), (one) => compare(subject, "=", one));
  if (type === "numeric") return readNumeric(reading, filter, place, { operator, subject, value });
  if (type === "string") return readText(reading, filter, place, { operator, subject, value });
  if (type === "date") return readDate(reading, filter, place, { operator, subject });
  return unread(
    reading,
    place.at,
    `A filter of the type \`${type}\` looks into lists; attributes are single values.`,
    "Make a column of it in SQL.",
  );
}

interface Filtering {
  readonly operator: string;
  readonly subject: Subject;
  readonly value: (held: Json | undefined, place: Place) => Operand | null;
}

function readNumeric(
  reading: Reading,
  filter: JsonObject,
  place: Place,
  { operator, subject, value }: Filtering,
): Rule | null {
  if (operator === "between") {
    const [low, high] = [
      value(get(filter, "start"), inside(place, "start")),
      value(get(filter, "end"), inside(place, "end")),
    ];
    return low && high && { kind: "between", subject, negated: false, low, high, ...NOWHERE };
  }
  const sign = signOf(operator);
  if (sign === null) return unread(reading, place.at, `\`${operator}\` compares no numbers.`, "Look at the file.");
  return withOperand(value(get(filter, "value"), inside(place, "value")), (one) =>
    sign === "!=" ? not(compare(subject, "=", one)) : compare(subject, sign, one),
  );
}

function readText(
  reading: Reading,
  filter: JsonObject,
  place: Place,
  { operator, subject, value }: Filtering,
): Rule | null {
  const at = inside(place, "value");
  const isNegated = operator.startsWith("not-");
  const plain = operator.replace(/^not-/, "");
  const turned = (rule: ColumnCondition | null): Rule | null => (rule !== null && isNegated ? not(rule) : rule);
  if (plain === "in") {
    const list = listAt(reading, get(filter, "value"), at);
    const values = list && readEach(list, at, value);
    return turned(values && { kind: "among", subject, negated: false, values, ...NOWHERE });
  }
  const how = own(MATCHES, plain);
  if (how === undefined && plain !== "equals")
    return unread(reading, place.at, `\`${operator}\` asks for a pattern.`, "Make a column of it in SQL.");
  const operand = value(get(filter, "value"), at);
  if (operand === null) return null;
  return turned(
    how === undefined
      ? compare(subject, "=", operand)
      : { kind: "matches", subject, negated: false, how, value: operand, ...NOWHERE },
  );
}

const MATCHES = { contains: "contains", "starts-with": "starts with", "ends-with": "ends with" } as const;

function readDate(
  reading: Reading,
  filter: JsonObject,
  place: Place,
  { operator, subject }: Omit<Filtering, "value">,
): Rule | null {
  if (operator === "before" || operator === "after") {
    const moment = readInstant(
      reading,
      get(filter, "date"),
      inside(place, "date"),
      operator === "before" ? "start" : "end",
    );
    return moment && { kind: "date", subject, how: operator, moment, ...NOWHERE };
  }
  if (operator === "between-static") {
    const ends = readEnds(reading, filter, place);
    return ends && { kind: "between", subject, negated: false, ...ends, ...NOWHERE };
  }
  if (operator === "between") {
    const [near, far] = [readAgo(reading, filter, place, "start"), readAgo(reading, filter, place, "end")];
    if (near === null || far === null) return null;
    const late: ColumnCondition = { kind: "recent", subject, negated: false, duration: far, ...NOWHERE };
    return {
      kind: "and",
      parts: [late, { kind: "ago", subject, operator: ">=", duration: near, ...NOWHERE }],
      ...NOWHERE,
    };
  }
  if (operator !== "in-the-last" && operator !== "at-least" && operator !== "anniversary-next")
    return unread(
      reading,
      place.at,
      `\`${operator}\` is no question about a time that rules have.`,
      "Write it by hand.",
    );
  const length = readAgo(reading, filter, place, "quantity");
  if (length === null) return null;
  if (operator === "anniversary-next") return { kind: "anniversary", subject, duration: length, ...NOWHERE };
  if (operator === "in-the-last") return { kind: "recent", subject, negated: false, duration: length, ...NOWHERE };
  return { kind: "ago", subject, operator: ">=", duration: length, ...NOWHERE };
}

/** A number of hours, days or weeks under a key. */
export function readAgo(reading: Reading, filter: JsonObject, place: Place, key: string): Duration | null {
  const unit = unitOf(textOf(filter, "unit") ?? "");
  const quantity = get(filter, key);
  if (unit !== null && typeof quantity === "number" && Number.isSafeInteger(quantity) && quantity > 0)
    return duration(quantity, unit);
  return unread(
    reading,
    inside(place, key).at,
    `A number of hours, days or weeks was expected, not ${shownJson(quantity)}.`,
    "Look at the file.",
  );
}

export function readEnds(reading: Reading, filter: JsonObject, place: Place): { low: Moment; high: Moment } | null {
  const low = readInstant(reading, get(filter, "start"), inside(place, "start"), "start");
  const high = readInstant(reading, get(filter, "end"), inside(place, "end"), "end");
  return low && high && { low, high };
}

export function readInstant(
  reading: Reading,
  value: Json | undefined,
  { at }: Place,
  end: "start" | "end",
): Moment | null {
  if (typeof value === "string" && isMoment(value)) return momentAt(value, end, reading.zone);
  return unread(reading, at, `A date was expected, not ${shownJson(value)}.`, "Look at the file.");
}

export function signOf(operator: string): Comparison | null {
  const found = Object.entries(SIGNS).find(([, name]) => name === operator);
  return (found?.[0] as Comparison | undefined) ?? null;
}

function withOperand(operand: Operand | null, build: (operand: Operand) => Rule): Rule | null {
  return operand && build(operand);
}
