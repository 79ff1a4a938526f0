import { inputNamed } from "./check-values.ts";
import { asOf } from "./clock.ts";
import { fromDouble, plain } from "./decimal.ts";
import { type Stretch, stretchOf } from "./moment.ts";
import { refuse, type Work } from "./sql-work.ts";
import type { Moment, Operand, Quantity } from "./tree.ts";

/** What an operand is once its input, if it is one, has been looked up. */
export type Value =
  | { readonly kind: "number"; readonly value: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "moment"; readonly stretch: Stretch }
  | { readonly kind: "missing" };

const MISSING: Value = { kind: "missing" };

/** An operand's value. An input without a value is missing, and nothing compares with what is missing. */
export function operandValue(work: Work, operand: Operand): Value {
  switch (operand.kind) {
    case "number":
    case "text":
    case "boolean":
      return operand;
    case "moment": {
      const stretch = stretchOf(operand.text, work.clock.zone);
      return stretch ? { kind: "moment", stretch } : MISSING;
    }
    case "input":
      return valueOfInput(work, operand);
  }
}

/** What a date or time covers; null where its input has no value. */
export function stretchOfMoment(work: Work, moment: Moment): Stretch | null {
  const value = operandValue(work, moment);
  if (value.kind === "moment") return value.stretch;
  const stretch = value.kind === "text" ? stretchOf(value.value, work.clock.zone) : null;
  if (!stretch && value.kind !== "missing") {
    refuse(work, moment, {
      code: "wrong-type",
      message: "A date was expected here.",
      hint: "Give the input the type `date` or `timestamp`.",
    });
  }
  return stretch;
}

/** A whole number of times or units; null, with a problem, where its input holds none. */
export function countOf(work: Work, count: Quantity, least: 0 | 1): number | null {
  const value = operandValue(work, count);
  const number = value.kind === "number" && /^\d+$/.test(value.value) ? Number(value.value) : null;
  if (number !== null && number >= least && Number.isSafeInteger(number)) return number;
  const what = count.kind === "input" ? `The input \`${count.name}\`` : "The number";
  if (number !== null && number >= least) {
    const message = `${what} is larger than any count that can be told exactly.`;
    refuse(work, count, { code: "bad-input", message, hint: "Take a smaller one." });
    return null;
  }
  refuse(work, count, {
    code: "bad-input",
    message: `${what} must be a whole number of at least ${least} here.`,
    hint: "Change its value.",
  });
  return null;
}

function valueOfInput(work: Work, operand: Operand & { kind: "input" }): Value {
  const known = work.vocabulary.inputs.find((each) => each.name === operand.name);
  if (!known && operand.name === "as_of") return { kind: "moment", stretch: { start: asOf(work.clock), end: null } };
  const input = inputNamed(work.vocabulary, operand.name);
  if (!input) {
    const message = `There is no input \`${operand.name}\`.`;
    refuse(work, operand, { code: "unknown-input", message, hint: "Add an input cell of that name." });
    return MISSING;
  }
  const { type, value } = input;
  if (value === null) return MISSING;
  if (typeof value === "boolean") return { kind: "boolean", value };
  if (typeof value === "number") return numberOf(work, operand, value);
  if (type === "number") return numberOf(work, operand, value.trim() === "" ? Number.NaN : Number(value), value.trim());
  if (type !== "date" && type !== "timestamp") return { kind: "text", value };
  const stretch = stretchOf(value, work.clock.zone);
  if (stretch) return { kind: "moment", stretch };
  const message = `The input \`${operand.name}\` holds \`${value}\`, which is no date.`;
  refuse(work, operand, { code: "bad-input", message, hint: "Dates are written as `2026-08-12`." });
  return MISSING;
}

/** Digits are taken as written where there are some, so that a long decimal keeps all of them. */
function numberOf(work: Work, operand: Operand & { kind: "input" }, value: number, written = ""): Value {
  if (/^-?\d+(\.\d+)?$/.test(written)) return { kind: "number", value: plain(written) };
  if (Number.isFinite(value)) return { kind: "number", value: fromDouble(value) };
  const message = `The input \`${operand.name}\` holds no number.`;
  refuse(work, operand, { code: "bad-input", message, hint: "Write digits with a point before decimals." });
  return MISSING;
}
