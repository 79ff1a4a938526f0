import { parseRule } from "../../../server/language/parse-rule.ts";
import { printOperand } from "../../../server/language/print-operand.ts";
import type { Operand } from "../../../server/language/tree.ts";
import type { TypeKind } from "../../../server/language/types.ts";
import type { InputValue } from "../../../server/language/vocabulary.ts";
import { NOWHERE } from "./model.ts";

/** A value as it stands in its field: texts without their quotes, unless they would be read as an input's name. */
export function fieldText(value: Operand): string {
  if (value.kind !== "text") return printOperand(value);
  return value.value.startsWith("$") || /^'.*'$/.test(value.value) ? printOperand(value) : value.value;
}

/**
 * The value that is meant by what is typed where a value of this type is expected; null where it is none. Money, shares
 * and grouped digits keep their notation; `$name` is an input where there is one of that name.
 */
export function typedOperand(typed: string, kind: TypeKind, inputs: readonly InputValue[]): Operand | null {
  const text = typed.trim();
  const isInput = /^\$[a-z]/i.test(text) && inputs.some(({ name }) => `$${name}` === text);
  if (isInput) return { kind: "input", name: text.slice(1), ...NOWHERE };
  if (kind === "text" || kind === "other") {
    const quoted = /^'((?:[^']|'')*)'$/.exec(text);
    const value = quoted?.[1]?.replaceAll("''", "'") ?? typed;
    return { kind: "text", value, ...NOWHERE };
  }
  if (text === "") return null;
  const read = parseRule(`x = ${text}`, {
    attributes: [{ name: "x", type: "ANY" }],
    events: [],
    segments: [],
    inputs,
    provisional: true,
  });
  if (read.rule?.kind !== "compare" || read.problems.length > 0) return null;
  const { value } = read.rule;
  const fits =
    value.kind === "input" ||
    (kind === "number"
      ? value.kind === "number"
      : kind === "boolean"
        ? value.kind === "boolean"
        : value.kind === "moment");
  return fits ? { ...value, ...NOWHERE } : null;
}

/** What is expected, for whoever typed something else. */
export function expected(kind: TypeKind): string {
  if (kind === "number") return "A number, such as 200, $200, 1,500 or 20%, or an input, such as $least.";
  if (kind === "boolean") return "true or false.";
  return "A date, such as 2026-10-31, with a time where wanted, or an input, such as $as_of.";
}
