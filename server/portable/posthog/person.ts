import { isMoment } from "../../language/moment.ts";
import type { ColumnCondition, Comparison, Operand, Rule, Step, Subject } from "../../language/tree.ts";
import { own } from "../../notebook/own.ts";
import { compare, known, momentValue, NOWHERE, not } from "../build.ts";
import { get, isList, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { columnNamed } from "../names.ts";
import { fitting, inside, listAt, type Place, type Reading, readEach, unread } from "../reading.ts";
import { operandOf } from "../values.ts";

/** A condition on a person's property, or on an event's. What it negates holds without a value too. */
export function readPerson(reading: Reading, property: JsonObject, place: Place, step: Step | null): Rule | null {
  const key = textOf(property, "key");
  if (key === null) return unread(reading, place.at, "The condition names no property.", "Look at the file.");
  const subject = columnNamed(reading, key, { step, at: inside(place, "key").at });
  const rule = conditionOf(reading, property, place, { subject, step });
  return rule && fitting(reading, rule, { step, at: place.at });
}

interface About {
  readonly subject: Subject;
  readonly step: Step | null;
}

function conditionOf(reading: Reading, property: JsonObject, place: Place, about: About): Rule | null {
  const operator = textOf(property, "operator") ?? "exact";
  const { subject } = about;
  const held = get(property, "value");
  const at = inside(place, "value");
  // PostHog keeps numbers as texts, so the column says what they are.
  const value = (one: Json | undefined, where: Place): Operand | null =>
    operandOf(reading, one, { ...about, texts: "written", at: where.at });
  if (operator === "is_set" || operator === "is_not_set")
    return known(subject, operator === "is_set" ? "known" : "not known");
  if (operator === "exact" || operator === "is_not") {
    const list = isList(held) ? listAt(reading, held, at) : [held ?? null];
    const values =
      list && readEach(list, isList(held) ? at : place, (one, where) => value(one, isList(held) ? where : at));
    const [first] = values ?? [];
    if (values === null || first === undefined) return null;
    const rule: ColumnCondition =
      values.length === 1
        ? compare(subject, "=", first)
        : { kind: "among", subject, negated: false, values, ...NOWHERE };
    return operator === "exact" ? rule : not(rule);
  }
  const sign = own(SIGNS, operator);
  if (sign !== undefined) {
    const operand = value(held, at);
    return operand && compare(subject, sign, operand);
  }
  if (operator === "icontains" || operator === "not_icontains") {
    const operand = value(held, at);
    noteCase(reading, place.at);
    const rule: ColumnCondition | null = operand && {
      kind: "matches",
      subject,
      negated: false,
      how: "contains",
      value: operand,
      ...NOWHERE,
    };
    return rule && (operator === "icontains" ? rule : not(rule));
  }
  const how = own(DATES, operator);
  if (how === undefined)
    return unread(
      reading,
      place.at,
      `\`${operator}\` is no condition that rules have.`,
      operator.includes("regex") ? "Make a column of the pattern in SQL." : "Write it by hand.",
    );
  if (typeof held !== "string" || !isMoment(held))
    return unread(
      reading,
      at.at,
      `A date was expected, not ${shownJson(held)}.`,
      "Relative dates are written as `< 30 days ago`.",
    );
  return { kind: "date", subject, how, moment: momentValue(held.trim()), ...NOWHERE };
}

function noteCase(reading: Reading, at: string): void {
  reading.remarks.note(at, {
    code: "case-counts",
    message: "`icontains` does not tell capitals from small letters; CONTAINS does.",
    hint: "Make the column small letters in SQL, if it is not.",
  });
}

const SIGNS: Readonly<Record<string, Comparison>> = { gt: ">", gte: ">=", lt: "<", lte: "<=" };
const DATES: Readonly<Record<string, "before" | "after" | "on">> = {
  is_date_before: "before",
  is_date_after: "after",
  is_date_exact: "on",
};
