import { isMoment } from "../../language/moment.ts";
import type { Duration, Moment, Operand, Quantity, Step, Subject, Unit, Window } from "../../language/tree.ts";
import { unitOf } from "../../language/words.ts";
import { decimalValue, momentValue, NOWHERE } from "../build.ts";
import { get, isList, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { inside, type Place, type Reading, unread } from "../reading.ts";
import { exactNumber, operandOf, type Texts } from "../values.ts";

/** Whose columns are spoken of, and what texts stand for. */
export interface Around {
  readonly step: Step | null;
  readonly texts: Texts;
}

/** A value as we write it: JSON's own, or `{moment}`, `{input}`, `{number, notation}`. */
export function readValue(
  reading: Reading,
  value: Json | undefined,
  { at }: Place,
  { subject, step, texts }: Around & { subject: Subject },
): Operand | null {
  if (!isObject(value)) return operandOf(reading, value, { subject, step, texts, at });
  return readOwn(reading, value, at) ?? unread(reading, at, `${shownJson(value)} is no value.`, "Give one value.");
}

export function readMoment(reading: Reading, value: Json | undefined, { at }: Place): Moment | null {
  const found = isObject(value)
    ? readOwn(reading, value, at)
    : typeof value === "string" && isMoment(value)
      ? momentValue(value.trim())
      : null;
  if (found?.kind === "moment" || found?.kind === "input") return found;
  return unread(reading, at, `A date was expected, not ${shownJson(value)}.`, 'Write {"moment": "2026-08-12"}.');
}

export function readQuantity(reading: Reading, value: Json | undefined, { at }: Place): Quantity | null {
  const found = isObject(value)
    ? readOwn(reading, value, at)
    : typeof value === "number"
      ? exactNumber(reading, value, at)
      : null;
  if (found?.kind === "input") return found;
  if (found?.kind === "number" && found.notation === "plain" && /^\d+$/.test(found.value)) return found;
  return unread(reading, at, `A whole number was expected, not ${shownJson(value)}.`, "Write it in digits.");
}

export function readDuration(reading: Reading, value: Json | undefined, place: Place): Duration | null {
  const unit: Unit | null = isObject(value) ? unitOf(textOf(value, "unit") ?? "") : null;
  const count =
    isObject(value) && unit !== null ? readQuantity(reading, get(value, "count"), inside(place, "count")) : null;
  if (count !== null && unit !== null && !(count.kind === "number" && count.value === "0"))
    return { count, unit, ...NOWHERE };
  return unread(
    reading,
    place.at,
    `A length of time was expected, not ${shownJson(value)}.`,
    'Write {"count": 30, "unit": "day"}.',
  );
}

/** `undefined` where there is none; null where it can't be read. */
export function readWindow(reading: Reading, rule: JsonObject, place: Place): Window | null | undefined {
  const value = get(rule, "window");
  if (value === undefined || value === null) return undefined;
  const at = inside(place, "window");
  const [entry, ...more] = isObject(value) ? Object.keys(value) : [];
  if (!isObject(value) || entry === undefined || more.length > 0)
    return unread(
      reading,
      at.at,
      `A window was expected, not ${shownJson(value)}.`,
      'Write {"last": {"count": 30, "unit": "day"}}.',
    );
  const held = get(value, entry);
  const below = inside(at, entry);
  if (entry === "last" || entry === "ago") {
    const duration = readDuration(reading, held, below);
    return duration && { kind: entry, duration, ...NOWHERE };
  }
  if (entry === "before" || entry === "after") {
    const moment = readMoment(reading, held, below);
    return moment && { kind: entry, moment, ...NOWHERE };
  }
  if (entry !== "between" || !isList(held) || held.length !== 2)
    return unread(reading, at.at, `\`${entry}\` is no window.`, "Windows are last, ago, before, after and between.");
  const low = readMoment(reading, held[0], inside(below, 0));
  const high = readMoment(reading, held[1], inside(below, 1));
  return low && high && { kind: "between", low, high, ...NOWHERE };
}

function readOwn(reading: Reading, value: JsonObject, at: string): Operand | null {
  const moment = textOf(value, "moment");
  if (moment !== null) return isMoment(moment) ? momentValue(moment) : null;
  const number = textOf(value, "number");
  if (number !== null) {
    if (!/^-?(?:\d+\.?\d*|\.\d+)$/.test(number)) return null;
    const notation = textOf(value, "notation");
    return { ...decimalValue(number), notation: notation === "money" || notation === "percent" ? notation : "plain" };
  }
  const name = textOf(value, "input");
  if (name === null) return null;
  if (name !== "as_of" && !reading.vocabulary.inputs.some((input) => input.name === name)) {
    return reading.remarks.error(at, {
      code: "unknown-input",
      message: `The notebook has no input \`${name}\`.`,
      hint: "Add it to the notebook, or put the value in its place.",
    });
  }
  return { kind: "input", name, ...NOWHERE };
}
