import type { Rule } from "../../language/tree.ts";
import { allOf, anyOf, NOWHERE, not } from "../build.ts";
import { get, isList, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { segmentNamed } from "../names.ts";
import { hasRoom, inside, listAt, type Place, type Reading, readEach, unread } from "../reading.ts";
import { tidy } from "../tidy.ts";
import { readBehaviour } from "./behaviour.ts";
import { readPerson } from "./person.ts";

/** Reads a cohort (PostHog's API of 2026: `filters.properties` with groups of AND and OR), alone or as the API gives it. */
export function readPostHog(reading: Reading, document: Json): { rule: Rule | null; name: string | null } {
  let value: Json = document;
  let at = "$";
  const name = isObject(document) ? textOf(document, "name") : null;
  if (isObject(document) && get(document, "is_static") === true)
    return {
      rule: unread(
        reading,
        at,
        "The cohort is static: a list of people without a rule.",
        "Bring its people in as a source.",
      ),
      name,
    };
  for (const key of ["filters", "properties"]) {
    const held = isObject(value) ? get(value, key) : undefined;
    if (isObject(value) && get(value, "filterTestAccounts") === true) noteTestAccounts(reading, at);
    if (!isObject(held)) continue;
    value = held;
    at = `${at}.${key}`;
  }
  const rule = readGroup(reading, value, { at, depth: 0 });
  return { rule: rule && tidy(rule), name };
}

function readGroup(reading: Reading, group: Json, place: Place): Rule | null {
  if (!hasRoom(reading, place)) return null;
  if (!isObject(group))
    return unread(
      reading,
      place.at,
      `A group of properties was expected, not ${shownJson(group)}.`,
      "Look at the file.",
    );
  const type = textOf(group, "type");
  if (type !== "AND" && type !== "OR")
    return isList(get(group, "values")) ? noJoin(reading, group, place) : readProperty(reading, group, place);
  const at = inside(place, "values");
  const list = listAt(reading, get(group, "values"), at);
  const parts = list && readEach(list, at, (item, where) => readGroup(reading, item, where));
  return parts && (type === "AND" ? allOf(parts) : anyOf(parts));
}

function readProperty(reading: Reading, property: JsonObject, place: Place): Rule | null {
  const rule = readPlain(reading, property, place);
  return rule !== null && get(property, "negation") === true ? not(rule) : rule;
}

function readPlain(reading: Reading, property: JsonObject, place: Place): Rule | null {
  const type = textOf(property, "type");
  if (type === "person" || type === "person_metadata") return readPerson(reading, property, place, null);
  if (type === "behavioral") return readBehaviour(reading, property, place);
  if (type !== "cohort" && type !== "static-cohort" && type !== "dynamic-cohort" && type !== "precalculated-cohort")
    return unread(
      reading,
      place.at,
      `A property of the type \`${type}\` is none that rules have.`,
      "Write it by hand.",
    );
  const value = get(property, "value");
  const segment = segmentNamed(
    reading,
    typeof value === "string" ? value : JSON.stringify(value ?? null),
    inside(place, "value").at,
  );
  return { kind: "in segment", segment, ...NOWHERE };
}

function noJoin(reading: Reading, group: JsonObject, { at }: Place): null {
  return unread(
    reading,
    at,
    `Groups are joined by AND or OR, not by ${shownJson(get(group, "type"))}.`,
    "Look at the file.",
  );
}

function noteTestAccounts(reading: Reading, at: string): void {
  reading.remarks.note(at, {
    code: "test-accounts",
    message: "The cohort leaves out PostHog's test accounts, which the file does not name.",
    hint: "Leave yours out by `exclude` in the head.",
  });
}
