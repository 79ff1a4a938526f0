import type { ColumnCondition, Comparison, Rule, Step, Subject } from "../../language/tree.ts";
import { anyOf, compare, duration, known, NOWHERE, not } from "../build.ts";
import { get, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { columnNamed } from "../names.ts";
import { fitting, inside, listAt, type Place, type Reading, readEach, unread } from "../reading.ts";
import { operandOf } from "../values.ts";
import { SIGNS } from "./columns.ts";
import { readTimeOperation } from "./read-times.ts";

/** A condition on a contact's property, or on an event's. */
export function readProperty(reading: Reading, filter: JsonObject, place: Place, step: Step | null): Rule | null {
  const property = textOf(filter, "property");
  const operation = get(filter, "operation");
  if (property === null || !isObject(operation))
    return unread(
      reading,
      place.at,
      `A condition on a property was expected, not ${shownJson(filter)}.`,
      "Look at the file.",
    );
  const subject = columnNamed(reading, property, { step, at: inside(place, "property").at });
  const at = inside(place, "operation");
  const rule = readOperation(reading, operation, at, { subject, step });
  if (rule === null) return null;
  const fitted = fitting(reading, rule, { step, at: at.at });
  const withMissing = get(operation, "includeObjectsWithNoValueSet") === true;
  if (fitted === null || !withMissing || rule.kind === "known") return fitted;
  return missingToo(rule, subject);
}

/** With those without a value: what is negated holds for them by itself. */
function missingToo(rule: Rule, subject: Subject): Rule {
  if (rule.kind === "compare" && rule.operator === "!=") return not({ ...rule, operator: "=" });
  if ("negated" in rule && rule.negated) return not({ ...rule, negated: false });
  return anyOf([rule, known(subject, "not known")]) ?? rule;
}

interface About {
  readonly subject: Subject;
  readonly step: Step | null;
}

function readOperation(reading: Reading, operation: JsonObject, place: Place, about: About): Rule | null {
  const type = textOf(operation, "operationType");
  const operator = textOf(operation, "operator") ?? "";
  if (/^HAS_(EVER|NEVER)_/.test(operator))
    return unread(
      reading,
      place.at,
      `\`${operator}\` asks for values that a property once had.`,
      "Bring the changes in as events.",
    );
  const { subject } = about;
  const value = (held: Json | undefined, where: Place) =>
    operandOf(reading, held, { ...about, texts: type === "NUMBER" ? "written" : "typed", at: where.at });
  switch (type) {
    case "ALL_PROPERTY":
      if (operator === "IS_KNOWN" || operator === "IS_UNKNOWN")
        return known(subject, operator === "IS_KNOWN" ? "known" : "not known");
      break;
    case "NUMBER":
    case "BOOL": {
      const sign = signOf(operator);
      const operand = sign && value(get(operation, "value"), inside(place, "value"));
      if (sign !== null) return operand && compare(subject, sign, operand);
      break;
    }
    case "NUMBER_RANGED": {
      if (operator !== "IS_BETWEEN" && operator !== "IS_NOT_BETWEEN") break;
      const low = value(get(operation, "lowerBound"), inside(place, "lowerBound"));
      const high = value(get(operation, "upperBound"), inside(place, "upperBound"));
      return low && high && { kind: "between", subject, negated: operator === "IS_NOT_BETWEEN", low, high, ...NOWHERE };
    }
    case "STRING":
    case "MULTISTRING":
    case "ENUMERATION":
      return readText(reading, operation, place, { ...about, operator });
    case "ROLLING_DATE_RANGE": {
      const days = get(operation, "numberOfDays");
      if (!Number.isSafeInteger(days) || Number(days) <= 0) break;
      if (operator === "IS_LESS_THAN_X_DAYS_AGO")
        return { kind: "recent", subject, negated: false, duration: duration(Number(days), "day"), ...NOWHERE };
      if (operator === "IS_MORE_THAN_X_DAYS_AGO")
        return { kind: "ago", subject, operator: ">", duration: duration(Number(days), "day"), ...NOWHERE };
      break;
    }
    case "TIME_POINT":
    case "TIME_RANGED":
      return readTimeOperation(reading, operation, place, subject);
  }
  return unread(
    reading,
    place.at,
    `\`${operator}\` of the type \`${type}\` is no condition that rules have.`,
    "Write it by hand.",
  );
}

function readText(
  reading: Reading,
  operation: JsonObject,
  place: Place,
  { subject, step, operator }: About & { operator: string },
): Rule | null {
  const many = get(operation, "values");
  const key = many === undefined ? "value" : "values";
  const at = inside(place, key);
  const list = many === undefined ? [get(operation, "value") ?? null] : listAt(reading, many, at);
  const values =
    list &&
    readEach(list, at, (held, where) => operandOf(reading, held, { subject, step, texts: "typed", at: where.at }));
  if (values === null) return null;
  const found = TEXTS.find(([name]) => name === operator);
  if (found === undefined)
    return unread(
      reading,
      place.at,
      `\`${operator}\` is no question about a text that rules have.`,
      "Write it by hand.",
    );
  const [, how, negated] = found;
  const [first] = values;
  if (first === undefined) return null;
  if (how === "is") {
    if (values.length === 1) return compare(subject, negated ? "!=" : "=", first);
    return { kind: "among", subject, negated, values, ...NOWHERE };
  }
  const each = values.map((value): ColumnCondition => ({ kind: "matches", subject, negated, how, value, ...NOWHERE }));
  if (each.length === 1) return each[0] ?? null;
  return negated ? { kind: "and", parts: each, ...NOWHERE } : anyOf(each);
}

const TEXTS = [
  ["IS_EQUAL_TO", "is", false],
  ["IS_NOT_EQUAL_TO", "is", true],
  ["IS_ANY_OF", "is", false],
  ["IS_NONE_OF", "is", true],
  ["CONTAINS", "contains", false],
  ["DOES_NOT_CONTAIN", "contains", true],
  ["STARTS_WITH", "starts with", false],
  ["ENDS_WITH", "ends with", false],
] as const;

function signOf(operator: string): Comparison | null {
  const found = Object.entries(SIGNS).find(([, name]) => name === operator);
  return (found?.[0] as Comparison | undefined) ?? null;
}
