import { type Cursor, fail, hope, isSymbol, peek, phraseAt, shown, since, take, tokenAt } from "./cursor.ts";
import { readInput, readNumber } from "./parse-operand.ts";
import type { Duration, Quantity } from "./tree.ts";
import { unitOf } from "./words.ts";

/** `7 days`. The count is whole and at least 1. */
export function readDuration(c: Cursor): Duration | null {
  const { from } = peek(c);
  const count = readQuantity(c, "a number of days, weeks or the like");
  if (!count) return null;
  if (count.kind === "number" && count.value === "0") {
    return fail(c, count, {
      code: "bad-number",
      message: "A stretch of time can't be 0 long.",
      hint: "Write 1 or more.",
    });
  }
  hope(c, { slot: "unit", tail: "" });
  const word = peek(c);
  const unit = word.kind === "word" ? unitOf(word.text) : null;
  if (!unit) {
    return fail(c, word, {
      code: "unknown-unit",
      message: `A unit of time was expected, not ${shown(c, word)}.`,
      hint: "Units are minutes, hours, days, weeks, months, quarters and years.",
    });
  }
  take(c);
  return { count, unit, ...since(c, from) };
}

/** A whole number, or an input that holds one. */
export function readQuantity(c: Cursor, what: string): Quantity | null {
  hope(c, { slot: "count" });
  const token = peek(c);
  if (token.kind === "input") return readInput(c);
  if (token.kind !== "number") {
    return fail(c, token, {
      code: "bad-number",
      message: `Expected ${what}, not ${shown(c, token)}.`,
      hint:
        token.kind === "word" && unitOf(token.text) !== null
          ? `Write \`1 ${token.text.toLowerCase()}\`.`
          : "Write a whole number in digits, such as `3`.",
    });
  }
  const number = readNumber(c, "alone");
  if (!number) return null;
  if (number.notation === "plain" && /^\d+$/.test(number.value)) return number;
  return fail(c, number, {
    code: "bad-number",
    message: `Expected a whole number, not \`${c.text.slice(number.from, number.to)}\`.`,
    hint: "Parts of a unit are written in a smaller one: `36 hours` for a day and a half.",
  });
}

/** Whether a count and a unit of time stand at a token, which is what tells `7 days ago` from a number. */
export function startsDuration(c: Cursor, index: number): boolean {
  const first = tokenAt(c, index);
  if (first.kind === "input") return isUnit(c, index + 1);
  if (first.kind !== "number") return false;
  let at = index + 1;
  while (isSymbol(tokenAt(c, at), ",") && tokenAt(c, at + 1).kind === "number") at += 2;
  return isUnit(c, at);
}

/** Whether `n unit ago` stands at a token. */
export function startsAgo(c: Cursor, index: number): boolean {
  if (!startsDuration(c, index)) return false;
  let at = index + 1;
  while (!isUnit(c, at)) at += 1;
  return phraseAt(c, at + 1, "ago") > 0;
}

function isUnit(c: Cursor, index: number): boolean {
  const token = tokenAt(c, index);
  return token.kind === "word" && unitOf(token.text) !== null;
}
