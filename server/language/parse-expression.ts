import { checkExpression } from "./check-types.ts";
import {
  type Cursor,
  fail,
  hope,
  isSymbol,
  openCursor,
  peek,
  phraseAt,
  shown,
  since,
  skipPhrase,
  skipSymbol,
  take,
} from "./cursor.ts";
import { nearest } from "./nearest.ts";
import { readTail } from "./parse-event.ts";
import { readMeasure } from "./parse-measure.ts";
import { failQuote, readInput, readNumber, startsNumber } from "./parse-operand.ts";
import { readStepName } from "./parse-step.ts";
import { orderProblems } from "./problems.ts";
import type { Expression, MeasureName } from "./tree.ts";
import type { LanguageProblem, Vocabulary } from "./vocabulary.ts";
import { unitOf } from "./words.ts";

/** Reads a feature's expression. `expression` is null where its shape can't be read; any problem means that it can't be run. */
export function parseExpression(
  text: string,
  vocabulary: Vocabulary,
): { expression: Expression | null; problems: LanguageProblem[] } {
  const c = openCursor(text, vocabulary);
  const expression = readWhole(c);
  if (expression) c.problems.push(...checkExpression(expression, vocabulary));
  return { expression, problems: orderProblems(c.problems) };
}

/** Reads as far as the text goes, for what may come next. */
export function readOpenExpression(c: Cursor): void {
  readSum(c);
}

function readWhole(c: Cursor): Expression | null {
  const expression = readSum(c);
  if (!expression || peek(c).kind === "end") return expression;
  const token = peek(c);
  if (isSymbol(token, ")")) {
    const hint = "Take it out, or open a bracket before it.";
    return fail(c, token, { code: "missing-bracket", message: "This bracket closes nothing.", hint });
  }
  const comparison = ["=", "<", ">", "<=", ">=", "!="].includes(token.text);
  return fail(c, token, {
    code: "trailing-text",
    message: `+, -, *, / or the end was expected, not ${shown(c, token)}.`,
    hint: comparison
      ? "A feature is a value; comparisons belong into rules, or behind WHERE."
      : "Behind an event may stand WHERE with conditions, and one window such as `in last 90 days`.",
  });
}

function readSum(c: Cursor): Expression | null {
  return readChain(c, ["+", "-"], () => readChain(c, ["*", "/"], () => readFactor(c)));
}

/** Operators of one rank, from left to right. */
function readChain(
  c: Cursor,
  operators: readonly ("+" | "-" | "*" | "/")[],
  readPart: () => Expression | null,
): Expression | null {
  const { from } = peek(c);
  let left = readPart();
  while (left) {
    const operator = operators.find((symbol) => isSymbol(peek(c), symbol));
    if (!operator) return left;
    take(c);
    const right = readPart();
    left = right && { kind: "arithmetic", operator, left, right, ...since(c, from) };
  }
  return left;
}

function readFactor(c: Cursor): Expression | null {
  hope(c, { slot: "feature" });
  const token = peek(c);
  if (startsNumber(c, c.at)) return readNumber(c, "alone");
  if (token.kind === "input") return readInput(c);
  if (skipSymbol(c, "-")) {
    const part = readFactor(c);
    return part && { kind: "negative", part, ...since(c, token.from) };
  }
  if (skipSymbol(c, "(")) {
    const inner = readSum(c);
    if (!inner || skipSymbol(c, ")")) return inner;
    return fail(c, peek(c), {
      code: "missing-bracket",
      message: `A closing bracket was expected, not ${shown(c, peek(c))}.`,
      hint: "Put ) where the group ends.",
    });
  }
  return readAggregate(c);
}

const NAMES: readonly (MeasureName & string)[] = [
  "most frequent",
  "count",
  "sum",
  "average",
  "median",
  "min",
  "max",
  "stddev",
  "distinct",
];

function readAggregate(c: Cursor): Expression | null {
  const { from } = peek(c);
  const unit = peek(c).kind === "word" ? unitOf(peek(c).text) : null;
  if (unit && phraseAt(c, c.at + 1, "since")) return readSince(c);
  if (skipPhrase(c, "average days between")) {
    const name = readStepName(c);
    const tail = name && readTail(c, name, "window");
    return tail && { kind: "gap", step: tail.step, window: tail.window, ...since(c, from) };
  }
  const how = NAMES.find((name) => skipPhrase(c, name));
  return how ? readMeasure(c, how, from) : failAggregate(c);
}

function readSince(c: Cursor): Expression | null {
  const word = take(c);
  const unit = unitOf(word.text) ?? "day";
  skipPhrase(c, "since");
  hope(c, { slot: "words", words: ["last", "first"] });
  const which = (["last", "first"] as const).find((each) => skipPhrase(c, each));
  if (!which) {
    return fail(c, peek(c), {
      code: "expected-which",
      message: `LAST or FIRST and an event were expected, not ${shown(c, peek(c))}.`,
      hint: `Write \`${unit}s since last placed order\`.`,
    });
  }
  const name = readStepName(c);
  const tail = name && readTail(c, name, "window");
  return tail && { kind: "since", unit, which, step: tail.step, window: tail.window, ...since(c, word.from) };
}

const FORMS =
  "Features are `days since last …`, `count of …`, `sum of … of …` (also average, median, min, max, stddev, distinct), `most frequent … of …` and `average days between …`.";

function failAggregate(c: Cursor): null {
  const token = peek(c);
  if (token.kind === "broken") return failQuote(c);
  if (token.kind === "end") {
    return fail(c, token, {
      code: "expected-expression",
      message: "A feature was expected, but the text ends here.",
      hint: FORMS,
    });
  }
  const near = token.kind === "word" ? nearest(token.text, [...NAMES, "days since", "average days between"]) : [];
  const habits: Readonly<Record<string, string>> = {
    avg: "average",
    mean: "average",
    total: "sum",
    number: "count",
    mode: "most frequent",
  };
  const meant = habits[token.text.toLowerCase()] ?? near[0];
  return fail(c, token, {
    code: "expected-expression",
    message: `A feature does not begin with ${shown(c, token)}.`,
    hint: meant ? `Did you mean \`${meant}\`? ${FORMS}` : `${FORMS} Other SQL goes into \`{sql: …}\`.`,
  });
}
