import { fromDouble, plain } from "../language/decimal.ts";
import type {
  ColumnCondition,
  Comparison,
  Duration,
  MomentValue,
  NumberValue,
  Operand,
  Rule,
  Subject,
  TextValue,
  Times,
  Unit,
} from "../language/tree.ts";

/** Trees carry offsets into a text; what comes from elsewhere has none. */
export const NOWHERE = { from: 0, to: 0 };

export function allOf(parts: readonly Rule[]): Rule | null {
  return joined("and", parts);
}

export function anyOf(parts: readonly Rule[]): Rule | null {
  return joined("or", parts);
}

export function not(part: Rule): Rule {
  return { kind: "not", part, ...NOWHERE };
}

export function compare(subject: Subject, operator: Comparison, value: Operand): ColumnCondition {
  return { kind: "compare", subject, operator, value, ...NOWHERE };
}

export function known(subject: Subject, which: "known" | "not known"): ColumnCondition {
  return { kind: "known", subject, negated: which === "not known", ...NOWHERE };
}

export function subject(name: string): Subject {
  return { name, marked: false, ...NOWHERE };
}

export function textValue(value: string): TextValue {
  return { kind: "text", value, ...NOWHERE };
}

/** A finite number, in its shortest digits that read back as the same double. */
export function numberValue(value: number): NumberValue {
  return decimalValue(fromDouble(value));
}

export function decimalValue(digits: string): NumberValue {
  return { kind: "number", value: plain(digits), notation: "plain", ...NOWHERE };
}

export function momentValue(text: string): MomentValue {
  return { kind: "moment", text, ...NOWHERE };
}

export function duration(count: number, unit: Unit): Duration {
  return { count: numberValue(count), unit, ...NOWHERE };
}

export function times(how: Exclude<Times["how"], "never">, count: number): Times {
  return { how, count: numberValue(count), ...NOWHERE };
}

export const NEVER: Times = { how: "never", count: null, ...NOWHERE };

function joined(kind: "and" | "or", parts: readonly Rule[]): Rule | null {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0) return first ?? null;
  return { kind, parts, ...NOWHERE };
}
