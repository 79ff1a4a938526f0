import type { ColumnCondition, Comparison, Operand, Rule, Subject } from "../../language/tree.ts";
import { compare, known, NOWHERE, not, textValue } from "../build.ts";
import { isList, isObject, type Json, type JsonObject, shownJson } from "../json.ts";
import { fitting, hasRoom, inside, type Place, type Reading, unread } from "../reading.ts";
import { tidy } from "../tidy.ts";
import { operandOf } from "../values.ts";
import { constantOf, type Logic, truthOf } from "./constant.ts";
import { type Cut, cutOf } from "./cut.ts";
import { readVariable } from "./variable.ts";

/** Reads a rule of JsonLogic (jsonlogic.com): what is true for its data is a person who is in. */
export function readJsonLogic(reading: Reading, document: Json): Rule | null {
  const logic = readLogic(reading, document, { at: "$", depth: 0 });
  if (logic === null) return null;
  if (typeof logic !== "boolean") return tidy(logic);
  return unread(
    reading,
    "$",
    `The rule is always ${logic}: it asks for nothing.`,
    "A segment's rule names at least one attribute.",
  );
}

/** A condition on attributes, or one that is always true or always false. */
export function readLogic(reading: Reading, value: Json, place: Place): Logic | null {
  if (!hasRoom(reading, place)) return null;
  const constant = constantOf(value);
  if (constant !== undefined)
    return truthOf(constant) ?? coerced(reading, place, `Whether ${shownJson(constant)} is true`);
  const call = callOf(value);
  if (call === null)
    return unread(
      reading,
      place.at,
      `${shownJson(value)} is no condition.`,
      "Conditions are objects with one operator.",
    );
  const read = Object.hasOwn(READERS, call.operator) ? READERS[call.operator] : undefined;
  if (read !== undefined) return read(reading, call, place);
  const reason = Object.hasOwn(REASONS, call.operator) ? REASONS[call.operator] : undefined;
  return unread(
    reading,
    place.at,
    `\`${call.operator}\` ${reason ?? "is no operator that rules have"}.`,
    "Write the condition by hand.",
  );
}

interface Call {
  readonly operator: string;
  readonly operands: readonly Json[];
}

type Read = (reading: Reading, call: Call, place: Place) => Logic | null;

const READERS: Readonly<Record<string, Read>> = {
  and: (reading, call, place) => joined(reading, call, place),
  or: (reading, call, place) => joined(reading, call, place),
  "!": (reading, { operands, operator }, place) => negated(one(reading, { operands, operator }, place)),
  "!!": (reading, call, place) => one(reading, call, place),
  "==": (reading, call, place) => compared(reading, call, place, "="),
  "===": (reading, call, place) => compared(reading, call, place, "="),
  "!=": (reading, call, place) => negated(compared(reading, call, place, "=")),
  "!==": (reading, call, place) => negated(compared(reading, call, place, "=")),
  "<": (reading, call, place) => ordered(reading, call, place, "<"),
  "<=": (reading, call, place) => ordered(reading, call, place, "<="),
  ">": (reading, call, place) => ordered(reading, call, place, ">"),
  ">=": (reading, call, place) => ordered(reading, call, place, ">="),
  in: (reading, call, place) => contained(reading, call, place),
  var: (reading, call, place) => truth(reading, call, place),
  val: (reading, call, place) => truth(reading, call, place),
  missing: (reading, { operands }, place) =>
    absent(
      reading,
      operands.flatMap((one) => (isList(one) ? one : [one])),
      place,
    ),
};

const REASONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["+", "-", "*", "/", "%", "min", "max"].map((operator) => [
      operator,
      "calculates; conditions here don't, features do",
    ]),
  ),
  ...Object.fromEntries(
    ["map", "filter", "reduce", "all", "some", "none", "merge"].map((operator) => [
      operator,
      "goes through a list; attributes are single values",
    ]),
  ),
  ...Object.fromEntries(
    ["cat", "substr"].map((operator) => [operator, "makes a text; CONTAINS, STARTS WITH and ENDS WITH look into one"]),
  ),
  ...Object.fromEntries(
    ["throw", "try", "log", "method", "preserve"].map((operator) => [operator, "is no question about a person"]),
  ),
  if: "chooses between values; write it with AND, OR and NOT",
  "?:": "chooses between values; write it with AND, OR and NOT",
  "??": "takes the first value that is there; make it a feature",
  exists: "asks whether a key is there at all; a column always is, and may be empty",
  missing_some: "counts what is missing; write it with AND, OR and IS KNOWN",
};

function joined(reading: Reading, { operator, operands }: Call, place: Place): Logic | null {
  const kind = operator === "and" ? "and" : "or";
  const read = operands.map((part, index) => readLogic(reading, part, inside(place, operator, index)));
  if (operands.length === 0) return unread(reading, place.at, `\`${operator}\` of nothing.`, "Put conditions into it.");
  if (read.some((part) => part === null)) return null;
  const decided = kind === "or";
  if (read.includes(decided)) return decided;
  const parts = read.filter((part) => part !== null && typeof part !== "boolean");
  const [only] = parts;
  if (only === undefined) return !decided;
  return parts.length === 1 ? only : { kind, parts, ...NOWHERE };
}

function one(reading: Reading, { operator, operands }: Call, place: Place): Logic | null {
  const [first] = operands;
  if (first === undefined) return unread(reading, place.at, `\`${operator}\` of nothing.`, "Put a condition into it.");
  return readLogic(reading, first, inside(place, operator, 0));
}

function negated(logic: Logic | null): Logic | null {
  return logic === null ? null : typeof logic === "boolean" ? !logic : not(logic);
}

function compared(reading: Reading, call: Call, place: Place, operator: Comparison): Logic | null {
  const cut = cutOf(call);
  if (cut !== null) return matched(reading, cut, place);
  const sides = sidesOf(reading, call, place);
  if (sides === null) return null;
  const { subject, value, valueAt } = sides;
  if (value === null) return known(subject, "not known");
  return withValue(reading, { subject, value, at: valueAt }, (operand) => compare(subject, operator, operand));
}

/** `substr` compared with a text of the length that it cuts off, at the beginning or the end, as we write it. */
function matched(reading: Reading, { variable, how, part }: Cut, place: Place): Logic | null {
  const subject = readVariable(reading, variable, place);
  return (
    subject &&
    checked(reading, { kind: "matches", subject, negated: false, how, value: textValue(part), ...NOWHERE }, place)
  );
}

/** In JavaScript a missing value is 0 when it is ordered; here no comparison with it is true. */
function ordered(reading: Reading, call: Call, place: Place, operator: "<" | "<=" | ">" | ">="): Logic | null {
  if (call.operands.length === 3) return between(reading, call, place, operator);
  const sides = sidesOf(reading, call, place);
  if (sides === null) return null;
  const { subject, value, valueAt, isTurned } = sides;
  const sign = isTurned ? TURNED[operator] : operator;
  return withValue(reading, { subject, value, at: valueAt }, (operand) => compare(subject, sign, operand));
}

const TURNED = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

function between(reading: Reading, { operands }: Call, place: Place, operator: "<" | "<=" | ">" | ">="): Logic | null {
  const [first = null, middle = null, last = null] = operands;
  const low = ordered(reading, { operator, operands: [first, middle] }, place, operator);
  const high = ordered(reading, { operator, operands: [middle, last] }, place, operator);
  if (low === null || high === null || typeof low === "boolean" || typeof high === "boolean") return null;
  return { kind: "and", parts: [low, high], ...NOWHERE };
}

/** `in`: a value in a list of values, or a text in a text. */
function contained(reading: Reading, { operands }: Call, place: Place): Logic | null {
  const [left, right] = operands;
  const at = inside(place, "in");
  if (left === undefined || right === undefined)
    return unread(reading, place.at, "`in` takes two operands.", "Look at the rule.");
  if (isList(right)) {
    const subject = readVariable(reading, left, inside(at, 0));
    if (subject === null) return null;
    if (right.length === 0) return false;
    const values = right.map((value, index) =>
      operandOf(reading, value, { subject, step: null, texts: "typed", at: inside(at, 1, index).at }),
    );
    const whole = values.filter((value) => value !== null);
    return whole.length < values.length
      ? null
      : checked(reading, { kind: "among", subject, negated: false, values: whole, ...NOWHERE }, place);
  }
  const subject = readVariable(reading, right, inside(at, 1));
  if (subject === null) return null;
  return withValue(reading, { subject, value: left, at: inside(at, 0).at }, (value) => ({
    kind: "matches",
    subject,
    negated: false,
    how: "contains",
    value,
    ...NOWHERE,
  }));
}

/** An attribute as a condition of its own: whether JavaScript takes it for true, which is plain for truths alone. */
function truth(reading: Reading, { operator, operands }: Call, place: Place): Logic | null {
  const subject = readVariable(reading, { [operator]: operands }, place);
  if (subject === null) return null;
  return checked(reading, compare(subject, "=", { kind: "boolean", value: true, ...NOWHERE }), place);
}

/** `missing` gives the names that have no value: true where there is one. */
function absent(reading: Reading, names: readonly Json[], place: Place): Logic | null {
  const parts = names.map((name, index) => {
    const subject = readVariable(reading, { var: name }, inside(place, "missing", index));
    return subject && known(subject, "not known");
  });
  const whole = parts.filter((part) => part !== null);
  const [only] = whole;
  if (whole.length < parts.length) return null;
  if (only === undefined) return false;
  return whole.length === 1 ? only : { kind: "or", parts: whole, ...NOWHERE };
}

interface Sides {
  readonly subject: Subject;
  readonly value: Json;
  readonly valueAt: string;
  /** True where the value stands on the left. */
  readonly isTurned: boolean;
}

/** An attribute on one side and a value on the other. */
function sidesOf(reading: Reading, { operator, operands }: Call, place: Place): Sides | null {
  const [left, right, ...more] = operands;
  if (left === undefined || right === undefined || more.length > 0)
    return unread(
      reading,
      place.at,
      `\`${operator}\` takes two operands here, not ${operands.length}.`,
      "Split it into comparisons of two.",
    );
  const isTurned = isConstant(left);
  if (isTurned && isConstant(right))
    return coerced(reading, place, `How ${shownJson(left)} compares with ${shownJson(right)}`);
  const [variable, value] = isTurned ? [right, left] : [left, right];
  const at = inside(place, operator);
  if (!isConstant(value))
    return unread(
      reading,
      place.at,
      "Two attributes are compared with each other.",
      "Make the difference a column in SQL, and compare that.",
    );
  const subject = readVariable(reading, variable, inside(at, isTurned ? 1 : 0));
  return subject && { subject, value, valueAt: inside(at, isTurned ? 0 : 1).at, isTurned };
}

function coerced(reading: Reading, { at }: Place, what: string): null {
  return unread(reading, at, `${what} rests on JavaScript's coercions.`, "Compare values of one type.");
}

function isConstant(value: Json): boolean {
  return value === null || typeof value !== "object";
}

function withValue(
  reading: Reading,
  { subject, value, at }: { subject: Subject; value: Json; at: string },
  build: (operand: Operand) => ColumnCondition,
): Rule | null {
  const operand = operandOf(reading, value, { subject, step: null, texts: "typed", at });
  return operand && checked(reading, build(operand), { at, depth: 0 });
}

function checked(reading: Reading, condition: ColumnCondition, { at }: Place): Rule | null {
  return fitting(reading, condition, { step: null, at });
}

function callOf(value: Json): Call | null {
  if (!isObject(value)) return null;
  const [operator, ...more] = Object.keys(value);
  if (operator === undefined || more.length > 0) return null;
  const held = (value as JsonObject)[operator] ?? null;
  return { operator, operands: isList(held) ? held : [held] };
}
