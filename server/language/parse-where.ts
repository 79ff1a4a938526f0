import {
  breaksAt,
  type Cursor,
  fail,
  hope,
  isSymbol,
  peek,
  phraseAt,
  shown,
  skipPhrase,
  skipSymbol,
  tokenAt,
} from "./cursor.ts";
import { findEvent, isQuoted } from "./find-name.ts";
import { readColumnCondition } from "./parse-column.ts";
import { readJoined } from "./parse-joined.ts";
import { startsNumber } from "./parse-operand.ts";
import { readUnknown, resolveProperty, startsMark } from "./parse-step.ts";
import type { Rule } from "./tree.ts";
import type { EventWord } from "./vocabulary.ts";
import { MEASURES } from "./words.ts";

/**
 * WHERE and its conditions on the event's columns. In brackets it is all that they hold; without, it takes every AND or
 * OR that goes on with name, operator and value, whatever columns exist, and ends at anything else.
 */
export function readWhere(c: Cursor, event: EventWord): Rule | null {
  skipPhrase(c, "where");
  const open = {
    condition: () => readPropertyCondition(c, event, "open"),
    goesOn: (index: number) => {
      hope({ ...c, at: index }, { slot: "property", event });
      return startsProperty(c, index);
    },
  };
  const rule = isSymbol(peek(c), "(") ? readBracketed(c, event) : readJoined(c, open);
  c.whereOf = event;
  return rule;
}

function readBracketed(c: Cursor, event: EventWord): Rule | null {
  const open = peek(c);
  skipSymbol(c, "(");
  const condition = () =>
    isSymbol(peek(c), "(") ? readBracketed(c, event) : readPropertyCondition(c, event, "bracketed");
  const rule = readJoined(c, { condition, goesOn: () => true });
  if (!rule) return null;
  hope(c, { slot: "words", words: [")"] });
  if (skipSymbol(c, ")")) return rule;
  return fail(c, peek(c), {
    code: "missing-bracket",
    message: `The bracket behind WHERE, at \`${c.text.slice(open.from, open.from + 12)}…\`, was expected to close here, not ${shown(c, peek(c))}.`,
    hint: `Inside it stand conditions on the columns of \`${event.words}\`, joined by AND and OR.`,
  });
}

function readPropertyCondition(c: Cursor, event: EventWord, form: "open" | "bracketed"): Rule | null {
  hope(c, { slot: "property", event });
  const name = readUnknown(c, `A column of \`${event.words}\``);
  if (!name) return null;
  const advice =
    form === "open"
      ? ` If \`${name.written}\` is meant of the person, close the event's own conditions with brackets: \`where (…)\`.`
      : "";
  return readColumnCondition(c, resolveProperty(c, event, name, advice), event);
}

/** Whether what follows AND or OR has the form name, operator, value. */
function startsProperty(c: Cursor, index: number): boolean {
  if (phraseAt(c, index, "entered segment") || phraseAt(c, index, "left segment")) return false;
  if (startsMark(c, index, "event") || startsMark(c, index, "attribute")) return false;
  let at = index;
  if (isQuoted(tokenAt(c, at))) at += 1;
  else while (tokenAt(c, at).kind === "word" && !breaksAt(c, at)) at += 1;
  if (at === index || isMeasure(c, index, at)) return false;
  if (tokenAt(c, at).kind === "symbol" && !isSymbol(tokenAt(c, at), "(") && !isSymbol(tokenAt(c, at), ")")) return true;
  if (
    phraseAt(c, at, "is") ||
    phraseAt(c, at, "contains") ||
    phraseAt(c, at, "starts with") ||
    phraseAt(c, at, "ends with")
  )
    return true;
  const operator = at + phraseAt(c, at, "not");
  if (phraseAt(c, operator, "contains") || phraseAt(c, operator, "starts with") || phraseAt(c, operator, "ends with"))
    return true;
  if (phraseAt(c, operator, "in")) return isSymbol(tokenAt(c, operator + 1), "(");
  if (!phraseAt(c, operator, "between")) return false;
  // `viewed product between two dates` is an event in a window.
  const isEvent = findEvent(c, index)?.length === at - index;
  return startsNumber(c, operator + 1) || !isEvent;
}

function isMeasure(c: Cursor, from: number, to: number): boolean {
  const starts = ["count", ...MEASURES].some((word) => phraseAt(c, from, word) > 0);
  return starts && phraseAt(c, to, "of") > 0;
}
