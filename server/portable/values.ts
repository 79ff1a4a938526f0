import { fromDouble, plain } from "../language/decimal.ts";
import { isMoment } from "../language/moment.ts";
import type { Operand, Step, Subject } from "../language/tree.ts";
import { isTime, kindOf, type TypeKind } from "../language/types.ts";
import { decimalValue, momentValue, NOWHERE, numberValue, textValue } from "./build.ts";
import { type Json, shownJson } from "./json.ts";
import { columnOf } from "./names.ts";
import type { Reading } from "./reading.ts";

/** `typed`: a text is a text. `written`: the column says what a text stands for, as in forms that write everything as text. */
export type Texts = "typed" | "written";

export interface ValuePlace {
  readonly subject: Subject;
  readonly step: Step | null;
  readonly texts: Texts;
  readonly at: string;
}

/** A value that a column is compared with; null, with a remark, where it is none. */
export function operandOf(
  reading: Reading,
  value: Json | undefined,
  { subject, step, texts, at }: ValuePlace,
): Operand | null {
  const kind = kindOfColumn(reading, subject, step);
  if (typeof value === "boolean") return { kind: "boolean", value, ...NOWHERE };
  if (typeof value === "number") return exactNumber(reading, value, at);
  if (typeof value === "string") return ofText(value, kind, texts);
  return reading.remarks.error(at, {
    code: "expected-value",
    message: `A text, a number or a truth was expected, not ${shownJson(value)}.`,
    hint: value === null ? "Ask whether it is known instead." : "Give one value.",
  });
}

/** A number without loss: JSON's numbers are doubles, and what they do not hold exactly is not taken for something near. */
export function exactNumber(reading: Reading, value: number, at: string): Operand | null {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return numberValue(value);
  return reading.remarks.error(at, {
    code: "number-not-exact",
    message: Number.isFinite(value)
      ? `${fromDouble(value)} is more than JSON holds exactly.`
      : "The number is too large to be one.",
    hint: "Give it as a text of digits, or a smaller one.",
  });
}

/** Null where the column is not known, or its type is not. */
export function kindOfColumn(reading: Reading, subject: Subject, step: Step | null): TypeKind | null {
  const type = columnOf(reading, subject, step)?.type;
  return type === undefined ? null : kindOf(type);
}

function ofText(text: string, kind: TypeKind | null, texts: Texts): Operand {
  if (kind !== null && isTime(kind) && isMoment(text)) return momentValue(text.trim());
  if (texts === "typed") return textValue(text);
  if (kind === "number" && /^\s*-?(?:\d+\.?\d*|\.\d+)\s*$/.test(text)) return decimalValue(plain(text.trim()));
  if (kind === "boolean" && /^(?:true|false)$/i.test(text.trim()))
    return { kind: "boolean", value: text.trim().toLowerCase() === "true", ...NOWHERE };
  return textValue(text);
}
