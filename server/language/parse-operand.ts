import {
  breaksAt,
  type Cursor,
  fail,
  hope,
  isSymbol,
  isWord,
  peek,
  report,
  shown,
  since,
  take,
  tokenAt,
} from "./cursor.ts";
import { plain, shift } from "./decimal.ts";
import { isMoment } from "./moment.ts";
import { suggest } from "./nearest.ts";
import type { InputName, Moment, NumberValue, Operand } from "./tree.ts";
import { unitOf } from "./words.ts";

/** In a list every comma separates; elsewhere a comma may group digits by threes. */
type Place = "alone" | "listed";

/** What stands right of an operator: a number, a text, TRUE or FALSE, a date, or an input. */
export function readOperand(c: Cursor, place: Place): Operand | null {
  hope(c, { slot: "value", compared: c.compared });
  const token = peek(c);
  if (startsNumber(c, c.at)) return readNumber(c, place);
  if (token.kind === "single" || token.kind === "double") {
    take(c);
    return { kind: "text", value: token.text, from: token.from, to: token.to };
  }
  if (token.kind === "moment") return readMoment(c);
  if (token.kind === "input") return readInput(c);
  if (isWord(token, "true") || isWord(token, "false")) {
    take(c);
    return { kind: "boolean", value: isWord(token, "true"), from: token.from, to: token.to };
  }
  return failValue(c);
}

/** A number as written: `200`, `-5`, `$200`, `1,500.50`, `20%`. */
export function readNumber(c: Cursor, place: Place): NumberValue | null {
  const { from } = peek(c);
  let negative = isSymbol(peek(c), "-");
  if (negative) take(c);
  const money = isSymbol(peek(c), "$");
  if (money) take(c);
  if (money && !negative && isSymbol(peek(c), "-")) {
    negative = true;
    take(c);
  }
  const digits = readDigits(c, place);
  if (digits === null) return null;
  const percent = isSymbol(peek(c), "%");
  if (percent) take(c);
  const span = since(c, from);
  const after = peek(c);
  if (money && percent) {
    return fail(c, span, {
      code: "bad-number",
      message: "A number is either money or a share.",
      hint: "Leave out `$` or `%`.",
    });
  }
  if (after.kind === "word" && after.from === span.to && !unitOf(after.text)) {
    const written = c.text.slice(from, after.to);
    return fail(
      c,
      { from, to: after.to },
      {
        code: "bad-number",
        message: `\`${written}\` is not a number.`,
        hint: "Write digits, such as `1500`, `1,500`, `$1,500` or `20%`; a text takes quotes, a unit is a word, such as `7 days`.",
      },
    );
  }
  const value = plain(`${negative ? "-" : ""}${digits}`);
  if (percent) return { kind: "number", value: shift(value, -2), notation: "percent", ...span };
  return { kind: "number", value, notation: money ? "money" : "plain", ...span };
}

/** Whether digits, with a sign and `$` before them or without, stand at a token. */
export function startsNumber(c: Cursor, index: number): boolean {
  let at = index;
  const signed = isSymbol(tokenAt(c, at), "-");
  if (signed) at += 1;
  const money = isSymbol(tokenAt(c, at), "$");
  if (money) at += 1;
  if (money && !signed && isSymbol(tokenAt(c, at), "-")) at += 1;
  return tokenAt(c, at).kind === "number";
}

/** A date, a time, or an input that holds one. Quotes around a date are allowed. */
export function readMoment(c: Cursor): Moment | null {
  hope(c, { slot: "moment" });
  const token = peek(c);
  if (token.kind === "input") return readInput(c);
  const written = token.kind === "moment" || token.kind === "single" || token.kind === "double";
  if (written && isMoment(token.text)) {
    take(c);
    return { kind: "moment", text: token.text.trim(), from: token.from, to: token.to };
  }
  const what = written ? `\`${token.text}\` is not a date that exists` : `A date was expected, not ${shown(c, token)}`;
  return fail(c, token, {
    code: "bad-date",
    message: `${what}.`,
    hint: RELATIVE[token.text.toLowerCase()] ?? "Write dates as `2026-08-12`, and times as `2026-08-12 09:30`.",
  });
}

/** Days that move with the moment are written as stretches up to it. */
const RELATIVE: Readonly<Record<string, string>> = {
  today: "Write `in last 1 day`, or `$as_of` for the moment itself.",
  now: "The moment itself is `$as_of`.",
  yesterday: "Write `in last 1 day`, or the date.",
};

export function readInput(c: Cursor): InputName {
  const token = take(c);
  const names = [...c.vocabulary.inputs.map((input) => input.name), "as_of"];
  if (!names.includes(token.text)) {
    report(c, token, {
      code: "unknown-input",
      message: `There is no input \`${token.text}\`.`,
      hint: suggest(token.text, names, "inputs"),
    });
  }
  return { kind: "input", name: token.text, from: token.from, to: token.to };
}

/** Digits with groups of three where a comma may group. */
function readDigits(c: Cursor, place: Place): string | null {
  const first = take(c);
  let digits = first.text;
  let end = first.to;
  let grouped = true;
  while (
    place === "alone" &&
    isSymbol(peek(c), ",") &&
    peek(c).from === end &&
    peek(c, 1).kind === "number" &&
    peek(c, 1).from === end + 1
  ) {
    take(c);
    const group = take(c);
    grouped &&= /^\d{1,3}$/.test(first.text) && /^\d+$/.test(digits) && /^\d{3}(?:\.\d+)?$/.test(group.text);
    digits += group.text;
    end = group.to;
  }
  if (grouped) return digits;
  return fail(
    c,
    { from: first.from, to: end },
    {
      code: "bad-number",
      message: `\`${c.text.slice(first.from, end)}\` is not a number: a comma separates groups of three digits.`,
      hint: "Leave the comma out, or put a point before decimals.",
    },
  );
}

function failValue(c: Cursor): null {
  const token = peek(c);
  if (token.kind === "broken") return failQuote(c);
  if (token.kind === "backtick") {
    return fail(c, token, {
      code: "unquoted-text",
      message: "A name in backticks stands right of an operator, where a value was expected.",
      hint: `If it is a text, write '${token.text.replaceAll("'", "''")}'. One column can't be compared with another.`,
    });
  }
  if (token.kind !== "word" || breaksAt(c, c.at)) {
    return fail(c, token, {
      code: "expected-value",
      message: `A value was expected, not ${shown(c, token)}.`,
      hint: /^[“”„«»‘’‚]/.test(c.text.slice(token.from))
        ? "Write straight quotes: 'X'. Word processors bend them."
        : "A value is a number, a text in quotes, TRUE, FALSE, a date or an input such as `$name`.",
    });
  }
  let last = c.at;
  while (tokenAt(c, last + 1).kind === "word" && !breaksAt(c, last + 1)) last += 1;
  const span = { from: token.from, to: tokenAt(c, last).to };
  const text = c.text.slice(span.from, span.to);
  const isMissing = text.toLowerCase() === "null";
  const hint = isMissing
    ? `What is missing is asked for by \`is not known\`; the text is '${text}'.`
    : `Write '${text}'.`;
  return fail(c, span, { code: "unquoted-text", message: `\`${text}\` has no quotes.`, hint });
}

/** A text or name whose closing quote is missing. */
export function failQuote(c: Cursor): null {
  const token = peek(c);
  const mark = c.text.charAt(token.from);
  return fail(c, token, {
    code: "unfinished-quote",
    message: `The quote that opens here is never closed.`,
    hint: `Put ${mark} at its end; inside, the same quote is doubled.`,
  });
}
