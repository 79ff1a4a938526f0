import type { Rule } from "../../language/tree.ts";
import { allOf, anyOf, NOWHERE, not } from "../build.ts";
import { get, isList, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { segmentNamed } from "../names.ts";
import { hasRoom, inside, type Place, type Reading, readEach, unread } from "../reading.ts";
import { tidy } from "../tidy.ts";
import { readEvents } from "./read-events.ts";
import { readProperty } from "./read-property.ts";

/** Reads a list's filter branch (Lists API, 2026-03), alone or as the API gives a list. */
export function readHubSpot(reading: Reading, document: Json): { rule: Rule | null; name: string | null } {
  let value = document;
  let at = "$";
  let name: string | null = null;
  for (const key of ["list", "filterBranch"]) {
    if (!isObject(value)) break;
    name = textOf(value, "name") ?? name;
    const held = get(value, key);
    if (!isObject(held)) continue;
    value = held;
    at = `${at}.${key}`;
  }
  const rule = readBranch(reading, value, { at, depth: 0 });
  return { rule: rule && tidy(rule), name: name ?? (isObject(value) ? textOf(value, "name") : null) };
}

function readBranch(reading: Reading, branch: Json, place: Place): Rule | null {
  if (!hasRoom(reading, place)) return null;
  const type = isObject(branch) ? textOf(branch, "filterBranchType") : null;
  if (!isObject(branch) || type === null)
    return unread(reading, place.at, `A filter branch was expected, not ${shownJson(branch)}.`, "Look at the file.");
  if (type === "UNIFIED_EVENTS") return readEvents(reading, branch, place);
  if (type === "ASSOCIATION" || type === "PROPERTY_ASSOCIATION")
    return unread(
      reading,
      place.at,
      "It asks for records that are associated with the contact.",
      "Join them in SQL, and make a column of it.",
    );
  if (!["AND", "OR", "NOT_ALL", "NOT_ANY"].includes(type))
    return unread(
      reading,
      place.at,
      `A branch of the type \`${type}\` is none that rules have.`,
      "Write it with AND, OR and NOT.",
    );
  const branches = partsOf(reading, branch, place, { key: "filterBranches", read: readBranch });
  const filters = partsOf(reading, branch, place, { key: "filters", read: readFilter });
  if (branches === null || filters === null) return null;
  const parts = [...filters, ...branches];
  if (parts.length === 0)
    return unread(
      reading,
      place.at,
      "The branch is empty, so it says nothing.",
      "Put a filter into it, or take it out.",
    );
  const joined = type === "AND" || type === "NOT_ALL" ? allOf(parts) : anyOf(parts);
  return joined && (type === "AND" || type === "OR" ? joined : not(joined));
}

function partsOf(
  reading: Reading,
  branch: JsonObject,
  place: Place,
  { key, read }: { key: string; read: (reading: Reading, value: Json, place: Place) => Rule | null },
): Rule[] | null {
  const list = get(branch, key) ?? [];
  const at = inside(place, key);
  if (!isList(list)) return unread(reading, at.at, `A list was expected, not ${shownJson(list)}.`, "Look at the file.");
  return readEach(list, at, (item, where) => read(reading, item, where));
}

function readFilter(reading: Reading, filter: Json, place: Place): Rule | null {
  if (!hasRoom(reading, place)) return null;
  const type = isObject(filter) ? textOf(filter, "filterType") : null;
  if (!isObject(filter) || type === null)
    return unread(reading, place.at, `A filter was expected, not ${shownJson(filter)}.`, "Look at the file.");
  if (type === "PROPERTY") return readProperty(reading, filter, place, null);
  if (type !== "IN_LIST")
    return unread(
      reading,
      place.at,
      `A filter of the type \`${type}\` asks for HubSpot's own records.`,
      "Bring them in as a source, and write the condition on its events.",
    );
  const id = textOf(filter, "listId");
  if (id === null || isObject(get(filter, "metadata")))
    return unread(reading, place.at, "It asks for a workflow or an import.", "Make it a list, and name that.");
  const rule: Rule = { kind: "in segment", segment: segmentNamed(reading, id, inside(place, "listId").at), ...NOWHERE };
  return textOf(filter, "operator") === "NOT_IN_LIST" ? not(rule) : rule;
}
