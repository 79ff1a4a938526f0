import type { Comparison, Operand, Rule, Subject } from "../../language/tree.ts";
import { known, NOWHERE } from "../build.ts";
import { get, isList, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { columnNamed } from "../names.ts";
import { fitting, inside, listAt, type Place, type Reading, readEach, unread } from "../reading.ts";
import { COMPARISONS, DATES, MATCHES } from "./operators.ts";
import { type Around, readDuration, readMoment, readValue } from "./read-value.ts";

/** One condition on a column: react-querybuilder's operators, and ours on times. */
export function readColumn(reading: Reading, rule: JsonObject, place: Place, around: Around): Rule | null {
  const field = textOf(rule, "field");
  const operator = textOf(rule, "operator");
  if (field === null || operator === null)
    return unread(
      reading,
      place.at,
      `A rule needs \`field\` and \`operator\`; this is ${shownJson(rule)}.`,
      "Look at the file.",
    );
  if (get(rule, "valueSource") === "field")
    return unread(
      reading,
      place.at,
      `\`${field}\` is compared with another column.`,
      "Make the difference a column in SQL, and compare that.",
    );
  if (get(rule, "match") !== undefined)
    return unread(reading, place.at, "It asks what entries of a list are like.", "Make a column of it in SQL.");
  const named = columnNamed(reading, field, { step: around.step, at: inside(place, "field").at });
  const subject = { ...named, marked: get(rule, "marked") === true };
  const condition = conditionOf(reading, { subject, operator, value: get(rule, "value") }, place, around);
  return condition && fitting(reading, condition, { step: around.step, at: place.at });
}

interface Written {
  readonly subject: Subject;
  readonly operator: string;
  readonly value: Json | undefined;
}

function conditionOf(
  reading: Reading,
  { subject, operator, value }: Written,
  place: Place,
  around: Around,
): Rule | null {
  const at = inside(place, "value");
  const one = (held: Json | undefined, where: Place): Operand | null =>
    readValue(reading, held, where, { ...around, subject });
  const comparison = COMPARISONS.find((each) => each === operator) ?? OTHER_SIGNS[operator];
  if (comparison !== undefined) return compared(reading, { subject, operator: comparison, value }, at, one);
  if (operator === "null" || operator === "notNull") return known(subject, operator === "null" ? "not known" : "known");
  if (operator === "between" || operator === "notBetween") {
    const ends = listAt(reading, separated(value), at);
    if (ends === null || ends.length !== 2)
      return (
        ends &&
        unread(
          reading,
          at.at,
          `Two values were expected, not ${ends.length}.`,
          "BETWEEN takes the lower and the upper.",
        )
      );
    const [low, high] = [one(ends[0], inside(at, 0)), one(ends[1], inside(at, 1))];
    return low && high && { kind: "between", subject, negated: operator === "notBetween", low, high, ...NOWHERE };
  }
  if (operator === "in" || operator === "notIn") {
    const list = listAt(reading, separated(value), at);
    const values = list && readEach(list, at, one);
    return values && { kind: "among", subject, negated: operator === "notIn", values, ...NOWHERE };
  }
  const match = Object.hasOwn(MATCHES, operator) ? MATCHES[operator] : undefined;
  if (match !== undefined) {
    const part = one(value, at);
    return part && { kind: "matches", subject, ...match, value: part, ...NOWHERE };
  }
  const date = DATES.find((each) => each === operator);
  if (date !== undefined) {
    const moment = readMoment(reading, value, at);
    return moment && { kind: "date", subject, how: date, moment, ...NOWHERE };
  }
  if (!["inLast", "notInLast", "anniversaryInNext"].includes(operator))
    return unread(
      reading,
      place.at,
      `The operator \`${operator}\` is not one that rules have.`,
      "Write the condition by hand.",
    );
  const duration = readDuration(reading, value, at);
  if (duration === null) return null;
  if (operator === "anniversaryInNext") return { kind: "anniversary", subject, duration, ...NOWHERE };
  return { kind: "recent", subject, negated: operator === "notInLast", duration, ...NOWHERE };
}

function compared(
  reading: Reading,
  { subject, operator, value }: Written & { operator: Comparison },
  at: Place,
  one: (held: Json | undefined, where: Place) => Operand | null,
): Rule | null {
  const ago = isObject(value) ? get(value, "ago") : undefined;
  if (ago === undefined) {
    const operand = one(value, at);
    return operand && { kind: "compare", subject, operator, value: operand, ...NOWHERE };
  }
  const duration = readDuration(reading, ago, inside(at, "ago"));
  if (duration === null) return null;
  if (operator === "=" || operator === "!=")
    return unread(reading, at.at, "A time ago is compared by <, <=, > or >=.", "Write `in last` or `on`.");
  return { kind: "ago", subject, operator, duration, ...NOWHERE };
}

const OTHER_SIGNS: Readonly<Record<string, Comparison>> = Object.assign(Object.create(null), { "==": "=", "<>": "!=" });

/** Lists may be one text with commas, as react-querybuilder writes them by default; a comma in a value has `\` before it. */
function separated(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || isList(value)) return value;
  return value
    .split(/(?<!\\),/)
    .map((part) => part.replaceAll("\\,", ",").trim())
    .filter((part) => part !== "");
}
