import type { Rule } from "../../language/tree.ts";
import { allOf, not } from "../build.ts";
import { get, isList, isObject, type Json, type JsonObject, shownJson, textOf } from "../json.ts";
import { hasRoom, inside, isColumnCondition, listAt, type Place, type Reading, readEach, unread } from "../reading.ts";
import { readColumn } from "./read-column.ts";
import { isEventRule, readEventRule } from "./read-event.ts";
import { isSegmentRule, readSegmentRule } from "./read-segment.ts";
import type { Around } from "./read-value.ts";

/** Reads react-querybuilder's tree, plain or as we write it; in a plain one the columns say what texts stand for. */
export function readTree(reading: Reading, document: Json): Rule | null {
  const texts = isObject(document) && get(document, "segbook") === 1 ? "typed" : "written";
  return readNode(reading, document, { at: "$", depth: 0 }, { step: null, texts });
}

function readNode(reading: Reading, value: Json, place: Place, around: Around): Rule | null {
  if (!hasRoom(reading, place)) return null;
  if (!isObject(value))
    return unread(reading, place.at, `A rule or a group was expected, not ${shownJson(value)}.`, "Look at the file.");
  if (get(value, "muted") === true)
    return unread(reading, place.at, "It is muted, which counts as not being there.", "Unmute it, or take it out.");
  if (get(value, "rules") !== undefined) return readGroup(reading, value, place, around);
  if (around.step === null && isSegmentRule(value)) return readSegmentRule(reading, value, place);
  if (around.step === null && isEventRule(value))
    return readEventRule(reading, value, place, {
      ...around,
      readWhere: (where, at, within) => readWhere(reading, where, at, within),
    });
  return readColumn(reading, value, place, around);
}

function readGroup(reading: Reading, group: JsonObject, place: Place, around: Around): Rule | null {
  const rules = listAt(reading, get(group, "rules"), inside(place, "rules"));
  if (rules === null) return null;
  const whole = rules.some((item) => typeof item === "string")
    ? readIndependent(reading, rules, place, around)
    : readCombined(reading, group, rules, { place, around });
  return whole !== null && get(group, "not") === true ? not(whole) : whole;
}

function readCombined(
  reading: Reading,
  group: JsonObject,
  rules: readonly Json[],
  { place, around }: { place: Place; around: Around },
): Rule | null {
  const combinator = textOf(group, "combinator")?.toLowerCase();
  const parts = readEach(rules, inside(place, "rules"), (item, at) => readNode(reading, item, at, around));
  if (combinator !== "and" && combinator !== "or") {
    if (rules.length === 1) return parts?.[0] ?? null;
    const what = `Groups are joined by and or or, not by ${shownJson(get(group, "combinator"))}.`;
    return unread(reading, place.at, what, "Write it with AND, OR and NOT.");
  }
  if (parts === null) return null;
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: combinator, parts, from: 0, to: 0 };
}

/** Combinators between the rules: AND binds tighter than OR, as in SQL. */
function readIndependent(reading: Reading, rules: readonly Json[], place: Place, around: Around): Rule | null {
  const alternatives: Rule[][] = [[]];
  let isWhole = true;
  rules.forEach((item, index) => {
    const at = inside(place, "rules", index);
    if (index % 2 === 0) {
      const part = readNode(reading, item, at, around);
      if (part === null) isWhole = false;
      else alternatives.at(-1)?.push(part);
      return;
    }
    const combinator = typeof item === "string" ? item.toLowerCase() : null;
    if (combinator === "or") alternatives.push([]);
    if (combinator === "and" || combinator === "or") return;
    isWhole = false;
    unread(
      reading,
      at.at,
      `"and" or "or" was expected, not ${shownJson(item)}.`,
      "Combinators stand between the rules.",
    );
  });
  if (rules.length % 2 === 0) {
    isWhole = false;
    unread(reading, place.at, "The group ends with a combinator.", "Put a rule behind it, or take it out.");
  }
  const joined = alternatives.flatMap((parts) => allOf(parts) ?? []);
  const [only] = joined;
  if (!isWhole || only === undefined) return null;
  return joined.length === 1 ? only : { kind: "or", parts: joined, from: 0, to: 0 };
}

function readWhere(reading: Reading, where: Json, place: Place, around: Around): Rule | null {
  const rule = readNode(reading, where, place, around);
  if (rule === null || isList(where)) return null;
  return isOfColumns(rule)
    ? rule
    : unread(reading, place.at, "Only conditions on the event's columns fit here.", "Move it out.");
}

function isOfColumns(rule: Rule): boolean {
  if (rule.kind === "and" || rule.kind === "or") return rule.parts.every(isOfColumns);
  return rule.kind === "not" ? isOfColumns(rule.part) : isColumnCondition(rule);
}
