import {
  breaksAt,
  type Cursor,
  fail,
  hope,
  peek,
  phraseAt,
  shown,
  since,
  skipPhrase,
  take,
  tokenAt,
} from "./cursor.ts";
import { findColumn, findEvent, findName, isQuoted } from "./find-name.ts";
import { comparisonAt, readRange } from "./parse-column.ts";
import { readTail } from "./parse-event.ts";
import { readOperand } from "./parse-operand.ts";
import { readStepName, resolveProperty, type Written } from "./parse-step.ts";
import { startsWindow } from "./parse-window.ts";
import type { EventCondition, Measure, MeasureName, MeasureTest, Step } from "./tree.ts";
import type { EventWord } from "./vocabulary.ts";
import { MEASURES } from "./words.ts";

/** `SUM [OF] property OF event …` with a comparison. The cursor stands on the measure's word. */
export function readMeasured(c: Cursor): EventCondition | null {
  const { from } = peek(c);
  const how = [...MEASURES, "count" as const].find((word) => phraseAt(c, c.at, word) > 0) ?? "count";
  skipPhrase(c, how);
  let measure = readMeasure(c, how, from);
  if (!measure) return null;
  const { property } = measure;
  const valued = property && (how === "min" || how === "max");
  c.compared = valued ? { name: property.name, event: eventOf(c, measure.step) } : null;
  const test = readTest(c, how);
  if (!test) return null;
  if (phraseAt(c, c.at, "where") || startsWindow(c, c.at)) measure = readLate(c, measure);
  if (!measure) return null;
  return { kind: "measured", measure, test, ...since(c, from) };
}

/** WHERE and the window may also stand behind the comparison. */
function readLate(c: Cursor, measure: Measure): Measure | null {
  const { step } = measure;
  const { from } = peek(c);
  const tail = readTail(c, { event: eventOf(c, step), marked: step.marked, from: step.from, to: step.to }, "window");
  if (!tail) return null;
  if ((tail.step.where && step.where) || (tail.window && measure.window)) {
    return fail(c, since(c, from), {
      code: tail.window && measure.window ? "two-windows" : "two-wheres",
      message: "This condition has a window or a WHERE before the comparison and another one behind it.",
      hint: "Keep one of each, before the comparison.",
    });
  }
  return { ...measure, step: tail.step.where ? tail.step : step, window: tail.window ?? measure.window };
}

function eventOf(c: Cursor, step: Step): EventWord {
  const known = c.vocabulary.events.find((each) => each.words === step.words && each.relation === step.relation);
  return known ?? { words: step.words, relation: "", at: "", entity: "", where: null, columns: [] };
}

/** Whether a measure, rather than a name that begins with such a word, stands at a token. */
export function startsMeasure(c: Cursor, index: number): boolean {
  const word = [...MEASURES, "count"].find((each) => phraseAt(c, index, each) > 0);
  if (!word) return false;
  const name = findName(c, index);
  const counted = word === "count" && phraseAt(c, index + 1, "of") && findEvent(c, index + 2);
  if (name && !counted && !phraseAt(c, index + name.length, "of")) return false;
  return ofAt(c, index + 1) !== null;
}

/** Behind a measure's word alone a column is hoped for. */
export function hopeMeasured(c: Cursor): void {
  const how = MEASURES.find((word) => phraseAt(c, c.at, word) > 0);
  if (how) hope({ ...c, at: c.at + 1 }, { slot: "measured", how });
}

/** The property, the event and which of them; the measure's own word has been taken, `from` is where it stood. */
export function readMeasure(c: Cursor, how: MeasureName, from: number): Measure | null {
  if (how === "count" && !skipPhrase(c, "of")) return failOf(c, "COUNT", "count of placed order");
  if (how === "count") {
    const name = readStepName(c);
    const tail = name && readTail(c, name, "window");
    return tail && { kind: "measure", how, property: null, step: tail.step, window: tail.window, ...since(c, from) };
  }
  hope(c, { slot: "measured", how });
  skipPhrase(c, "of");
  hope(c, { slot: "measured", how });
  const written = readPropertyOf(c, how);
  if (!written) return null;
  const name = readStepName(c);
  if (!name) return null;
  const property = resolveProperty(c, name.event, written, "");
  const tail = readTail(c, name, "window");
  return tail && { kind: "measure", how, property, step: tail.step, window: tail.window, ...since(c, from) };
}

/** A property and the OF behind it. Of several OF, the one is meant that parts a known column from a known event. */
function readPropertyOf(c: Cursor, how: string): Written | null {
  const first = peek(c);
  const candidates = ofsAt(c, c.at);
  const between = (of: number) => c.text.slice(first.from, tokenAt(c, of - 1).to);
  const written = (of: number) => (isQuoted(first) ? first.text : between(of));
  const known = candidates.filter((of) => findEvent(c, of + 1) !== null);
  const split =
    known.find((of) => findColumn(findEvent(c, of + 1)?.item.columns ?? [], written(of))) ?? known[0] ?? candidates[0];
  if (split === undefined || split === c.at) {
    take(c);
    return failOf(c, how.toUpperCase(), `${how} of amount of placed order`);
  }
  c.at = split + 1;
  return { written: written(split), from: first.from, to: tokenAt(c, split - 1).to };
}

function ofAt(c: Cursor, index: number): number | null {
  return ofsAt(c, index)[0] ?? null;
}

/** Where OF stands in the words from a token on. */
function ofsAt(c: Cursor, index: number): number[] {
  const found: number[] = [];
  for (let at = index; ; at += 1) {
    const token = tokenAt(c, at);
    if (token.kind !== "word" && !isQuoted(token)) return found;
    if (phraseAt(c, at, "of")) found.push(at);
    else if (token.kind === "word" && breaksAt(c, at)) return found;
  }
}

function failOf(c: Cursor, what: string, example: string): null {
  return fail(c, peek(c), {
    code: "expected-of",
    message: `${what} needs OF and an event; here stands ${shown(c, peek(c))}.`,
    hint: `Write \`${example}\`.`,
  });
}

function readTest(c: Cursor, how: string): MeasureTest | null {
  hope(c, { slot: "operator", compared: c.compared ?? { name: "", event: null }, negated: "plain" });
  const operator = comparisonAt(c);
  if (operator) {
    const value = readOperand(c, "alone");
    return value && { kind: "compare", operator, value };
  }
  const negated = phraseAt(c, c.at, "not between") > 0;
  if (skipPhrase(c, "not between") || skipPhrase(c, "between")) {
    const range = readRange(c);
    return range && { kind: "between", negated, ...range };
  }
  return fail(c, peek(c), {
    code: "expected-operator",
    message: `${how.toUpperCase()} is a value, so a comparison was expected, not ${shown(c, peek(c))}.`,
    hint: "Write `> 500` behind it; =, !=, <, <=, >, >= and BETWEEN are possible.",
  });
}
