import { checkRule } from "./check-types.ts";
import {
  type Cursor,
  fail,
  hope,
  isSymbol,
  isWord,
  openCursor,
  peek,
  phraseAt,
  report,
  shown,
  since,
  skipSymbol,
  take,
} from "./cursor.ts";
import { findColumn, findName } from "./find-name.ts";
import { suggest } from "./nearest.ts";
import { readColumnCondition } from "./parse-column.ts";
import { readEventCondition } from "./parse-event.ts";
import { readJoined } from "./parse-joined.ts";
import { hopeMeasured, readMeasured, startsMeasure } from "./parse-measure.ts";
import { failQuote } from "./parse-operand.ts";
import { readSegmentCondition, startsSegment } from "./parse-segment.ts";
import { namesAreKnown, readUnknown, startsMark } from "./parse-step.ts";
import { orderProblems } from "./problems.ts";
import type { Rule } from "./tree.ts";
import type { LanguageProblem, Vocabulary } from "./vocabulary.ts";
import { wordsOf } from "./words.ts";

/**
 * Reads a rule. `rule` is null where its shape can't be read; names and types that are wrong leave it there, so any
 * problem means that it can't be run.
 */
export function parseRule(text: string, vocabulary: Vocabulary): { rule: Rule | null; problems: LanguageProblem[] } {
  const c = openCursor(text, vocabulary);
  const rule = readWhole(c);
  if (rule) c.problems.push(...checkRule(rule, vocabulary));
  return { rule, problems: orderProblems(c.problems) };
}

/** Reads as far as the text goes, for what may come next. */
export function readOpenRule(c: Cursor): void {
  if (peek(c).kind === "end") hope(c, { slot: "condition" });
  else readRule(c);
}

function readWhole(c: Cursor): Rule | null {
  if (peek(c).kind === "end") {
    return fail(c, peek(c), {
      code: "expected-condition",
      message: "The rule is empty.",
      hint: "Write a condition, such as `total_spend > 200` or `placed order in last 30 days`.",
    });
  }
  const rule = readRule(c);
  if (!rule || peek(c).kind === "end") return rule;
  const token = peek(c);
  const closing = isSymbol(token, ")");
  return fail(c, token, {
    code: closing ? "missing-bracket" : "trailing-text",
    message: closing ? "This bracket closes nothing." : `AND, OR or the end was expected, not ${shown(c, token)}.`,
    hint: closing ? "Take it out, or open a bracket before it." : trailingHint(c),
  });
}

function trailingHint(c: Cursor): string {
  const token = peek(c);
  if (token.text === "&&" || token.text === "&") return "Write AND.";
  if (token.text === "||" || token.text === "|") return "Write OR.";
  if (isSymbol(token, ","))
    return "Conditions are joined by AND or OR; in numbers a comma only separates groups of three digits.";
  if (token.kind === "number") return "How often is written `at least 3 times`, `exactly 3 times` and the like.";
  if (isWord(token, "in") && ["last", "past"].includes(peek(c, 1).text.toLowerCase()))
    return "A window belongs to an event: `sum of amount of placed order in last 30 days > 500`. A column has no time of its own.";
  if (isWord(token, "since")) return "Write `after` with a date.";
  if (isWord(token, "until")) return "Write `before` with a date.";
  if (["once", "twice"].includes(token.text.toLowerCase())) return "Write `exactly 1 times`, or `at least 2 times`.";
  return "Join conditions by AND or OR, and put names that hold words of the language in backticks.";
}

function readRule(c: Cursor): Rule | null {
  return readJoined(c, { condition: () => readCondition(c), goesOn: () => true });
}

function readCondition(c: Cursor): Rule | null {
  hope(c, { slot: "condition" });
  const token = peek(c);
  if (isSymbol(token, "(")) return readGroup(c);
  if (token.kind === "broken") return failQuote(c);
  if (startsSegment(c, c.at)) return readSegmentCondition(c);
  if (startsMark(c, c.at, "event")) return readEventCondition(c);
  if (startsMark(c, c.at, "attribute")) return readMarkedAttribute(c);
  if (startsMeasure(c, c.at)) return readMeasured(c);
  const found = findName(c, c.at);
  if (!found) return readUnknownCondition(c);
  if (found.attribute && found.event) {
    const name = c.text.slice(token.from, since({ ...c, at: c.at + found.length }, token.from).to);
    report(c, since({ ...c, at: c.at + found.length }, token.from), {
      code: "ambiguous-name",
      message: `\`${name}\` is both an event and an attribute.`,
      hint: `Write \`event ${name}\` or \`attribute ${name}\`.`,
    });
  }
  const { attribute } = found;
  if (attribute && !(found.event && speaksOfEvent(c, c.at + found.length))) {
    c.at += found.length;
    return readAttribute(c, { name: attribute.name, marked: false, ...since(c, token.from) });
  }
  return readEvent(c, found.length);
}

/** An event that is treated as a value gets its own message. */
function readEvent(c: Cursor, length: number): Rule | null {
  const name = c.text.slice(peek(c).from, peek(c, length - 1).to);
  const after = peek(c, length);
  const compared = after.kind === "symbol" && !isSymbol(after, ")") && !isSymbol(after, "(");
  if (!compared && !phraseAt(c, c.at + length, "is")) return readEventCondition(c);
  return fail(c, after, {
    code: "expected-event-condition",
    message: `\`${name}\` is an event, which happens or not; it is no value to compare.`,
    hint: `Write \`count of ${name} > 3\`, \`${name} at least 3 times\`, or name a column with WHERE.`,
  });
}

/** An attribute that is treated as an event gets its own message. */
function readAttribute(c: Cursor, subject: { name: string; marked: boolean; from: number; to: number }): Rule | null {
  if (!speaksOfEvent(c, c.at)) return readColumnCondition(c, subject);
  return fail(c, peek(c), {
    code: "expected-operator",
    message: `\`${subject.name}\` is an attribute; only events have times, WHERE and THEN.`,
    hint: `Compare it with a value, such as \`${subject.name} > 5\`.`,
  });
}

function speaksOfEvent(c: Cursor, index: number): boolean {
  return ["where", "at least", "at most", "exactly", "never", "fewer than", "then"].some(
    (phrase) => phraseAt(c, index, phrase) > 0,
  );
}

function isJoin(c: Cursor): boolean {
  return phraseAt(c, c.at, "and") > 0 || phraseAt(c, c.at, "or") > 0;
}

function readGroup(c: Cursor): Rule | null {
  const open = take(c);
  const rule = readRule(c);
  if (!rule) return null;
  hope(c, { slot: "words", words: [")"] });
  if (skipSymbol(c, ")")) return rule;
  return fail(c, peek(c), {
    code: "missing-bracket",
    message: `AND, OR or the closing bracket for the one at \`${c.text.slice(open.from, open.from + 12)}\` was expected, not ${shown(c, peek(c))}.`,
    hint: peek(c).kind === "end" ? "Put ) where the group ends." : trailingHint(c),
  });
}

function readMarkedAttribute(c: Cursor): Rule | null {
  const { from } = take(c);
  const found = findName(c, c.at);
  if (found?.attribute) {
    c.at += found.length;
    return readAttribute(c, { name: found.attribute.name, marked: true, ...since(c, from) });
  }
  const name = readUnknown(c, "An attribute");
  if (!name) return null;
  const column = findColumn(c.vocabulary.attributes, name.written);
  if (!column && namesAreKnown(c, c.vocabulary.attributes)) {
    const names = c.vocabulary.attributes.map((each) => each.name);
    report(c, name, {
      code: "unknown-attribute",
      message: `There is no attribute \`${name.written}\`.`,
      hint: suggest(name.written, names, "attributes"),
    });
  }
  return readAttribute(c, { name: column?.name ?? wordsOf(name.written).join("_"), marked: true, ...since(c, from) });
}

/** What follows an unknown name tells what it was meant to be. */
function readUnknownCondition(c: Cursor): Rule | null {
  const start = c.at;
  hopeMeasured(c);
  const name = readUnknown(c, "A condition");
  if (!name) return null;
  const after = peek(c);
  const isList = phraseAt(c, c.at, "in") > 0 && isSymbol(peek(c, 1), "(");
  const isValue =
    isList ||
    (after.kind === "symbol" && !isSymbol(after, ")")) ||
    VALUE_WORDS.some((phrase) => phraseAt(c, c.at, phrase) > 0);
  const isEvent = speaksOfEvent(c, c.at) || after.kind === "end" || isSymbol(after, ")") || isJoin(c);
  if (
    isEvent &&
    !c.vocabulary.attributes.some((column) => wordsOf(column.name).join(" ") === wordsOf(name.written).join(" "))
  ) {
    c.at = start;
    return readEventCondition(c);
  }
  const attributes = c.vocabulary.attributes.map((column) => column.name);
  const names = isValue ? attributes : [...attributes, ...c.vocabulary.events.map((event) => event.words)];
  const owner = c.whereOf && findColumn(c.whereOf.columns, name.written) ? c.whereOf : null;
  const subject = {
    name: wordsOf(name.written).join("_") || name.written,
    marked: false,
    from: name.from,
    to: name.to,
  };
  if (!namesAreKnown(c, c.vocabulary.attributes)) return readColumnCondition(c, subject);
  report(c, name, {
    code: isValue ? "unknown-attribute" : "unknown-name",
    message: `There is no ${isValue ? "attribute" : "attribute or event"} \`${name.written}\`.`,
    hint: owner
      ? `It is a column of \`${owner.words}\`: put all of the event's conditions in brackets, \`where (…)\`.`
      : suggest(name.written, names, isValue ? "attributes" : "attributes and events"),
  });
  return readColumnCondition(c, subject);
}

const VALUE_WORDS = [
  "is",
  "contains",
  "not contains",
  "starts",
  "ends",
  "not starts",
  "not ends",
  "not in",
  "not between",
  "on",
  "anniversary",
];
