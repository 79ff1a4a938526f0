import { asOf } from "./clock.ts";
import { fromDouble, plain } from "./decimal.ts";
import type { InputName, Operand } from "./tree.ts";
import type { Clock, InputValue } from "./vocabulary.ts";

/** When and where, and what the inputs are: a reading tells their values where they are known. */
export interface Told extends Clock {
  readonly inputs?: readonly InputValue[];
}

/** What stands in an input's place; null where that is not known. */
export function valueOfInput({ name, from, to }: InputName, clock: Told): Exclude<Operand, InputName> | null {
  const { type, value } = clock.inputs?.find((input) => input.name === name) ?? { type: "timestamp", value: null };
  if (value === null) return name === "as_of" ? { kind: "moment", text: asOf(clock).toString(), from, to } : null;
  if (typeof value === "boolean") return { kind: "boolean", value, from, to };
  if (typeof value === "number") return { kind: "number", value: fromDouble(value), notation: "plain", from, to };
  if (type === "date" || type === "timestamp") return { kind: "moment", text: value, from, to };
  if (type !== "number") return { kind: "text", value, from, to };
  return /^-?\d+(\.\d+)?$/.test(value) ? { kind: "number", value: plain(value), notation: "plain", from, to } : null;
}

/** Words that an input's value is told in, with the input's name. */
export function withName(words: string, from: { readonly kind: string; readonly name?: string }): string {
  return from.kind === "input" ? `${words} ($${from.name})` : words;
}
