import {
  type Cursor,
  fail,
  hope,
  isSymbol,
  isWord,
  peek,
  phraseAt,
  shown,
  since,
  skipPhrase,
  skipSymbol,
  take,
} from "./cursor.ts";
import { readDuration, startsAgo, startsDuration } from "./parse-duration.ts";
import { readMoment, readOperand } from "./parse-operand.ts";
import type { ColumnCondition, Comparison, Operand, Subject } from "./tree.ts";
import type { EventWord } from "./vocabulary.ts";

const COMPARISONS: readonly string[] = ["=", "!=", "<", "<=", ">", ">="];

/** What is asked of a column; the column itself has been read. `event` is the one whose column it is. */
export function readColumnCondition(
  c: Cursor,
  subject: Subject,
  event: EventWord | null = null,
): ColumnCondition | null {
  const token = peek(c);
  c.compared = { name: subject.name, event };
  hope(c, { slot: "operator", compared: c.compared, negated: "plain" });
  const operator = comparisonAt(c);
  if (operator) return readComparison(c, subject, operator);
  if (skipPhrase(c, "is not known")) return { kind: "known", negated: true, subject, ...since(c, subject.from) };
  if (skipPhrase(c, "is known")) return { kind: "known", negated: false, subject, ...since(c, subject.from) };
  for (const how of ["before", "after", "on"] as const) {
    if (!skipPhrase(c, how)) continue;
    const moment = readMoment(c);
    return moment && { kind: "date", how, moment, subject, ...since(c, subject.from) };
  }
  if (phraseAt(c, c.at, "more than") && startsAgo(c, c.at + 2)) {
    skipPhrase(c, "more than");
    return readAgo(c, subject, ">");
  }
  if (skipPhrase(c, "anniversary in [the] next")) {
    const duration = readDuration(c);
    return duration && { kind: "anniversary", duration, subject, ...since(c, subject.from) };
  }
  const negated = isWord(token, "not");
  if (negated) take(c);
  return readNegatable(c, subject, negated ? "not" : "plain");
}

/** The comparison sign at hand, taken. A sign of another language is left for the message. */
export function comparisonAt(c: Cursor): Comparison | null {
  const token = peek(c);
  if (token.kind !== "symbol" || !COMPARISONS.includes(token.text)) return null;
  take(c);
  return token.text as Comparison;
}

function readComparison(c: Cursor, subject: Subject, operator: Comparison): ColumnCondition | null {
  if (!startsDuration(c, c.at)) {
    const value = readOperand(c, "alone");
    if (value?.kind === "number" || value?.kind === "input")
      hope(c, { slot: "unit", tail: " ago", compared: c.compared });
    return value && { kind: "compare", operator, value, subject, ...since(c, subject.from) };
  }
  if (operator !== "=" && operator !== "!=") return readAgo(c, subject, operator);
  return fail(c, since(c, subject.from), {
    code: "expected-operator",
    message: "A time is compared with a stretch of time by `<` or `>`.",
    hint: `Write \`${subject.name} < 7 days ago\`, or \`${subject.name} on\` with a date.`,
  });
}

function readAgo(c: Cursor, subject: Subject, operator: "<" | "<=" | ">" | ">="): ColumnCondition | null {
  const duration = readDuration(c);
  if (!duration) return null;
  hope(c, { slot: "words", words: ["ago"] });
  if (!skipPhrase(c, "ago")) {
    return fail(c, duration, {
      code: "expected-ago",
      message: "A stretch of time needs AGO behind it.",
      hint: `Write \`${c.text.slice(duration.from, duration.to)} ago\`.`,
    });
  }
  return { kind: "ago", operator, duration, subject, ...since(c, subject.from) };
}

/** The conditions that take NOT in their middle. */
function readNegatable(c: Cursor, subject: Subject, sign: "not" | "plain"): ColumnCondition | null {
  const negated = sign === "not";
  if (negated && c.compared) hope(c, { slot: "operator", compared: c.compared, negated: sign });
  if (skipPhrase(c, "between")) {
    const range = readRange(c);
    return range && { kind: "between", negated, ...range, subject, ...since(c, subject.from) };
  }
  if (skipPhrase(c, "in [the] last")) {
    const duration = readDuration(c);
    return duration && { kind: "recent", negated, duration, subject, ...since(c, subject.from) };
  }
  if (isWord(peek(c), "in") && isSymbol(peek(c, 1), "(")) {
    const values = readList(c);
    return values && { kind: "among", negated, values, subject, ...since(c, subject.from) };
  }
  for (const how of ["contains", "starts with", "ends with"] as const) {
    if (!skipPhrase(c, how)) continue;
    const value = readOperand(c, "alone");
    return value && { kind: "matches", negated, how, value, subject, ...since(c, subject.from) };
  }
  return failOperator(c, subject);
}

/** `a AND b` behind BETWEEN. */
export function readRange(c: Cursor): { low: Operand; high: Operand } | null {
  const low = readOperand(c, "alone");
  if (!low) return null;
  hope(c, { slot: "words", words: ["and"] });
  if (!skipPhrase(c, "and")) {
    return fail(c, peek(c), {
      code: "expected-and",
      message: `BETWEEN takes two values with AND between them; here stands ${shown(c, peek(c))}.`,
      hint: "Write `between 10 and 20`; both ends belong to it.",
    });
  }
  const high = readOperand(c, "alone");
  return high && { low, high };
}

function readList(c: Cursor): Operand[] | null {
  take(c);
  take(c);
  const values: Operand[] = [];
  while (true) {
    const value = readOperand(c, "listed");
    if (!value) return null;
    values.push(value);
    hope(c, { slot: "words", words: [")"] });
    if (skipSymbol(c, ")")) return values;
    if (skipSymbol(c, ",")) continue;
    return fail(c, peek(c), {
      code: "missing-bracket",
      message: `A comma or a closing bracket was expected in the list, not ${shown(c, peek(c))}.`,
      hint: "Write `in ('UK', 'FR')`.",
    });
  }
}

/** What people write out of habit, and how it is said here. */
const HABITS: readonly (readonly [string, string])[] = [
  ["is null", "`is not known`"],
  ["is not null", "`is known`"],
  ["is unknown", "`is not known`"],
  ["is missing", "`is not known`"],
  ["is empty", "`is not known`, or `= ''` for an empty text"],
  ["is not", "`!=` with a value, or `is not known`"],
  ["is", "`=` with a value, or `is known`"],
  ["like", "`contains`, `starts with` or `ends with`"],
  ["equals", "`=`"],
  ["less than", "`<`, or `in last 7 days`"],
  ["more than", "`>`"],
  ["greater than", "`>`"],
  ["at least", "`>=`"],
  ["at most", "`<=`"],
  ["in segment", "`and in segment …`, which stands alone"],
  ["in", "`in (…)` with a list, or `in last 7 days`"],
  ["within", "`in last 7 days`"],
];
const SIGNS: Readonly<Record<string, string>> = {
  "==": "`=`",
  "<>": "`!=`",
  "=<": "`<=`",
  "=>": "`>=`",
  "≤": "`<=`",
  "≥": "`>=`",
  "≠": "`!=`",
  "!": "`!=`",
  "~": "`contains`",
};

function failOperator(c: Cursor, subject: Subject): null {
  const token = peek(c);
  const habit = HABITS.find(([phrase]) => phraseAt(c, c.at, phrase) > 0)?.[1] ?? SIGNS[token.text];
  const what = subject.name;
  const bare = token.kind === "end" || isSymbol(token, ")") || isWord(token, "and") || isWord(token, "or");
  if (bare) {
    return fail(c, token, {
      code: "expected-operator",
      message: `A condition on the column \`${what}\` was expected, not ${shown(c, token)}.`,
      hint: `Write \`${what} = true\`, \`${what} is known\` or another comparison.`,
    });
  }
  return fail(c, token, {
    code: "expected-operator",
    message: `A condition on the column \`${what}\` was expected, not ${shown(c, token)}.`,
    hint: habit
      ? `Write ${habit}.`
      : "Columns take =, !=, <, <=, >, >=, BETWEEN, IN ( ), CONTAINS, STARTS WITH, ENDS WITH, IS KNOWN, and times also BEFORE, AFTER, ON, IN LAST.",
  });
}
