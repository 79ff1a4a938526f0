import { checkRule } from "../language/check-types.ts";
import type { ColumnCondition, Rule, Step } from "../language/tree.ts";
import { allOf, NOWHERE } from "./build.ts";
import { below, isList, type Json, shownJson } from "./json.ts";
import type { Names } from "./names.ts";

/** Groups in groups beyond this are refused, and so are more conditions: whoever reads the rule should not hang. */
const MOST_DEPTH = 100;
const MOST_CONDITIONS = 10_000;

/** What is known while a definition of somebody else's is read. */
export interface Reading extends Names {
  /** IANA name of the notebook's zone. */
  readonly zone: string;
  readonly count: { conditions: number };
}

/** Where in the definition one is. */
export interface Place {
  readonly at: string;
  readonly depth: number;
}

export function inside({ at, depth }: Place, ...steps: readonly (string | number)[]): Place {
  return { at: steps.reduce<string>(below, at), depth: depth + 1 };
}

/** Whether there is still room for what stands here; says so where not. */
export function hasRoom(reading: Reading, { at, depth }: Place): boolean {
  reading.count.conditions += 1;
  if (depth > MOST_DEPTH) {
    reading.remarks.error("$", {
      code: "too-deep",
      message: `Groups stand more than ${MOST_DEPTH} deep in one another.`,
      hint: "Flatten the definition.",
    });
    return false;
  }
  if (reading.count.conditions <= MOST_CONDITIONS) return true;
  reading.remarks.error("$", {
    code: "too-large",
    message: `The definition has more than ${MOST_CONDITIONS.toLocaleString("en")} conditions; reading ended at \`${at.slice(0, 80)}\`.`,
    hint: "Give long lists of people as a data file, and join it in SQL.",
  });
  return false;
}

/** So many entries of one list are told that can't be read; nobody reads more. */
const MOST_TOLD = 100;

/** Every entry of a list; null where one of them can't be read, each having said why. */
export function readEach<T>(
  list: readonly Json[],
  place: Place,
  read: (item: Json, place: Place) => T | null,
): T[] | null {
  const found: T[] = [];
  let failed = 0;
  for (const [index, item] of list.entries()) {
    const one = read(item, inside(place, index));
    if (one !== null) found.push(one);
    else if (++failed === MOST_TOLD) break;
  }
  return failed === 0 ? found : null;
}

/** A list that must be there, with something in it. */
export function listAt(reading: Reading, value: Json | undefined, { at }: Place): readonly Json[] | null {
  if (isList(value) && value.length > 0) return value;
  return reading.remarks.error(at, {
    code: "expected-list",
    message: isList(value) ? "The list is empty, so it says nothing." : `A list was expected, not ${shownJson(value)}.`,
    hint: "Put at least one condition in it, or take it out.",
  });
}

/** A condition, unless its value does not fit what it is compared with. */
export function fitting(
  reading: Reading,
  condition: Rule,
  { step, at }: { step: Step | null; at: string },
): Rule | null {
  const whole: Rule =
    step === null
      ? condition
      : { kind: "happened", step: { ...step, where: condition }, times: null, window: null, ...NOWHERE };
  const problems = checkRule(whole, reading.vocabulary);
  for (const { code, message, hint } of problems) reading.remarks.error(at, { code, message, hint });
  return problems.length > 0 ? null : condition;
}

/** A step with the conditions on its properties. */
export function stepWith(step: Step, conditions: readonly Rule[]): Step {
  return { ...step, where: allOf(conditions) };
}

export function unread(reading: Reading, at: string, what: string, hint: string): null {
  return reading.remarks.error(at, { code: "not-said-here", message: what, hint });
}

export function isColumnCondition(rule: Rule): rule is ColumnCondition {
  return "subject" in rule;
}
