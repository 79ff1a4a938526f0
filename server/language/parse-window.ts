import { type Cursor, fail, hope, peek, phraseAt, shown, since, skipPhrase } from "./cursor.ts";
import { readDuration, startsDuration } from "./parse-duration.ts";
import { readMoment } from "./parse-operand.ts";
import type { Window } from "./tree.ts";

/** Whether a window, or what looks like one, stands at a token. */
export function startsWindow(c: Cursor, index: number): boolean {
  if (phraseAt(c, index, "more than")) return startsDuration(c, index + 2);
  return STARTS.some((phrase) => phraseAt(c, index, phrase) > 0);
}

const STARTS = [
  "in [the] last",
  "before",
  "after",
  "between",
  "on",
  "not in [the] last",
  "in [the] past",
  "less than",
  "within",
];

/** The stretch of time in which events count. */
export function readWindow(c: Cursor): Window | null {
  const { from } = peek(c);
  if (skipPhrase(c, "in [the] last")) {
    const duration = readDuration(c);
    return duration && { kind: "last", duration, ...since(c, from) };
  }
  if (skipPhrase(c, "more than")) {
    const duration = readDuration(c);
    if (!duration) return null;
    hope(c, { slot: "words", words: ["ago"] });
    if (skipPhrase(c, "ago")) return { kind: "ago", duration, ...since(c, from) };
    return fail(c, peek(c), {
      code: "expected-ago",
      message: `AGO was expected, not ${shown(c, peek(c))}.`,
      hint: `Write \`${c.text.slice(from, duration.to)} ago\`.`,
    });
  }
  for (const kind of ["before", "after"] as const) {
    if (!skipPhrase(c, kind)) continue;
    const moment = readMoment(c);
    return moment && { kind, moment, ...since(c, from) };
  }
  if (skipPhrase(c, "between")) return readBetween(c, from);
  return failWindow(c);
}

function readBetween(c: Cursor, from: number): Window | null {
  const low = readMoment(c);
  if (!low) return null;
  hope(c, { slot: "words", words: ["and"] });
  if (!skipPhrase(c, "and")) {
    return fail(c, peek(c), {
      code: "expected-and",
      message: `BETWEEN takes two dates with AND between them; here stands ${shown(c, peek(c))}.`,
      hint: "Write `between 2026-08-01 and 2026-08-31`; both days belong to it.",
    });
  }
  const high = readMoment(c);
  return high && { kind: "between", low, high, ...since(c, from) };
}

function failWindow(c: Cursor): null {
  const token = peek(c);
  const negated = phraseAt(c, c.at, "not in [the] last") > 0;
  const hints: Readonly<Record<string, string>> = {
    on: "For one day write `between 2026-08-12 and 2026-08-12`.",
    within: "WITHIN belongs to sequences; write `in last 30 days`.",
    less: "Write `in last 30 days`.",
    in: "Write `in last 30 days`.",
  };
  return fail(c, token, {
    code: "expected-window",
    message: negated ? "Events have no NOT IN LAST." : `A window does not begin with ${shown(c, token)}.`,
    hint: negated
      ? "Write `never in last 30 days`, or NOT before the event."
      : (hints[token.text.toLowerCase()] ??
        "Windows are `in last 30 days`, `more than 30 days ago`, `before` or `after` a date, `between` two dates."),
  });
}
