import type { Rule } from "../../language/tree.ts";
import { NOWHERE } from "../build.ts";
import { get, type JsonObject, textOf } from "../json.ts";
import { segmentNamed } from "../names.ts";
import { inside, type Place, type Reading, unread } from "../reading.ts";
import { SEGMENT_OPERATORS } from "./operators.ts";
import { readWindow } from "./read-value.ts";

export function isSegmentRule(rule: JsonObject): boolean {
  return Object.hasOwn(SEGMENT_OPERATORS, textOf(rule, "operator") ?? "");
}

/** In a segment, or entered or left it within a window: our extension of the tree. */
export function readSegmentRule(reading: Reading, rule: JsonObject, place: Place): Rule | null {
  const kind = SEGMENT_OPERATORS[textOf(rule, "operator") as keyof typeof SEGMENT_OPERATORS];
  const name = textOf(rule, "value");
  if (name === null) return unread(reading, place.at, "The segment has no name.", "Put it into `value`.");
  const cell = textOf(rule, "cell");
  const exact = reading.vocabulary.segments.some((one) => one.cell === cell && one.name === name);
  const segment =
    exact && cell !== null
      ? { cell, name, qualified: get(rule, "qualified") === true, ...NOWHERE }
      : segmentNamed(reading, name, inside(place, "value").at);
  if (kind === "in segment") return { kind, segment, ...NOWHERE };
  const window = readWindow(reading, rule, place);
  if (window === undefined)
    return unread(reading, place.at, "It lacks a window.", 'Write {"last": {"count": 30, "unit": "day"}}.');
  return window && { kind, segment, window, ...NOWHERE };
}
