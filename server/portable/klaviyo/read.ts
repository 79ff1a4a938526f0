import type { Rule } from "../../language/tree.ts";
import { allOf, anyOf, NOWHERE, not } from "../build.ts";
import { get, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { columnNamed, segmentNamed } from "../names.ts";
import { fitting, hasRoom, inside, listAt, type Place, type Reading, readEach, unread } from "../reading.ts";
import { tidy } from "../tidy.ts";
import { readColumnFilter } from "./read-filter.ts";
import { readFunnel, readMetric } from "./read-metric.ts";

/** Reads a segment definition of Klaviyo's (Segments API, revision 2026-04-15), alone or as the API gives a segment. */
export function readKlaviyo(reading: Reading, document: Json): { rule: Rule | null; name: string | null } {
  const { definition, name, at } = definitionOf(document);
  const place = { at, depth: 0 };
  const groups = isObject(definition) ? get(definition, "condition_groups") : undefined;
  const list = listAt(reading, groups, inside(place, "condition_groups"));
  const parts =
    list && readEach(list, inside(place, "condition_groups"), (group, where) => readGroup(reading, group, where));
  const rule = parts && allOf(parts);
  return { rule: rule && tidy(rule), name };
}

function definitionOf(document: Json): { definition: Json | undefined; name: string | null; at: string } {
  let value: Json | undefined = document;
  let at = "$";
  let name: string | null = null;
  for (const key of ["data", "attributes", "definition"]) {
    const held: Json | undefined = isObject(value) ? get(value, key) : undefined;
    if (!isObject(held)) continue;
    name = textOf(held, "name") ?? name;
    value = held;
    at = `${at}.${key}`;
  }
  return { definition: value, name, at };
}

function readGroup(reading: Reading, group: Json, place: Place): Rule | null {
  const conditions = isObject(group) ? get(group, "conditions") : undefined;
  const list = listAt(reading, conditions, inside(place, "conditions"));
  const parts =
    list && readEach(list, inside(place, "conditions"), (condition, where) => readCondition(reading, condition, where));
  return parts && anyOf(parts);
}

function readCondition(reading: Reading, condition: Json, place: Place): Rule | null {
  if (!hasRoom(reading, place)) return null;
  const type = isObject(condition) ? textOf(condition, "type") : null;
  if (!isObject(condition) || type === null)
    return unread(reading, place.at, `A condition was expected, not ${shownJson(condition)}.`, "Look at the file.");
  if (type === "profile-property") return readProperty(reading, condition, place);
  if (type === "profile-metric") return readMetric(reading, condition, place);
  if (type === "profile-metric-funnel") return readFunnel(reading, condition, place);
  if (type === "profile-group-membership") return readMembership(reading, condition, place);
  const reason = Object.hasOwn(REASONS, type) ? REASONS[type] : "is no condition that rules have";
  return unread(reading, place.at, `\`${type}\` ${reason}.`, "Write it as a condition on an attribute that you have.");
}

const REASONS: Readonly<Record<string, string>> = {
  "profile-marketing-consent": "asks for Klaviyo's own record of consent",
  "profile-permissions": "asks for Klaviyo's own record of consent",
  "profile-predictive-analytics": "asks for what Klaviyo predicts",
  "profile-postal-code-distance": "asks for a distance on the map",
  "profile-region": "asks for a region that Klaviyo derives",
  "profile-has-custom-object": "asks for objects beside the profile",
};

function readProperty(reading: Reading, condition: JsonObject, place: Place): Rule | null {
  const property = textOf(condition, "property");
  if (property === null) return unread(reading, place.at, "The condition names no property.", "Look at the file.");
  // Own properties are written as properties['name'].
  const name = /^properties\[['"](.+)['"]\]$/.exec(property)?.[1] ?? property;
  const subject = columnNamed(reading, name, { step: null, at: inside(place, "property").at });
  const rule = readColumnFilter(reading, get(condition, "filter"), inside(place, "filter"), { subject, step: null });
  return rule && fitting(reading, rule, { step: null, at: place.at });
}

function readMembership(reading: Reading, condition: JsonObject, place: Place): Rule | null {
  if (isObject(get(condition, "timeframe_filter")))
    return unread(
      reading,
      inside(place, "timeframe_filter").at,
      "It asks since when somebody is in a group.",
      "Use ENTERED SEGMENT, and see that it means the same.",
    );
  const at = inside(place, "group_ids");
  const ids = listAt(reading, get(condition, "group_ids"), at);
  const parts =
    ids &&
    readEach(ids, at, (id, where) => {
      if (typeof id !== "string")
        return unread(reading, where.at, `${shownJson(id)} is no group.`, "Groups are named by their ids.");
      return { kind: "in segment" as const, segment: segmentNamed(reading, id, where.at), ...NOWHERE };
    });
  const rule = parts && anyOf(parts);
  return rule && get(condition, "is_member") === false ? not(rule) : rule;
}
