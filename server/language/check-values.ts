import { isMoment } from "./moment.ts";
import type { Moment, Operand, Quantity, Span } from "./tree.ts";
import { isTime, spoken, type TypeKind } from "./types.ts";
import type { InputValue, LanguageProblem, Vocabulary } from "./vocabulary.ts";

/** Whether a value fits what it is compared with; `kind` is null where that is not known. */
export function checkOperand(
  vocabulary: Vocabulary,
  value: Operand,
  kind: TypeKind | null,
  what: string,
): LanguageProblem[] {
  if (kind === null) return [];
  const given = value.kind === "input" ? kindOfInput(vocabulary, value.name) : value.kind;
  if (given === null || fits(given, value, kind)) return [];
  const written = value.kind === "input" ? `$${value.name}` : value.kind === "text" ? `'${value.value}'` : "the value";
  const message = `${what} is ${spoken(kind)}, but ${written} is ${SPOKEN[given]}.`;
  return [typeProblem(value, { message, hint: hintFor(kind, value) })];
}

/** An input that stands for a date must hold one. */
export function checkMoment(vocabulary: Vocabulary, moment: Moment): LanguageProblem[] {
  const given = moment.kind === "input" ? kindOfInput(vocabulary, moment.name) : null;
  if (moment.kind !== "input" || given === null || given === "moment") return [];
  const message = `A date was expected, but the input \`${moment.name}\` is ${SPOKEN[given]}.`;
  return [typeProblem(moment, { message, hint: "Give the input the type `date` or `timestamp`." })];
}

/** An input that stands for a number must hold one. */
export function checkQuantity(vocabulary: Vocabulary, count: Quantity | null): LanguageProblem[] {
  const given = count?.kind === "input" ? kindOfInput(vocabulary, count.name) : null;
  if (count?.kind !== "input" || given === null || given === "number") return [];
  const message = `A number was expected, but the input \`${count.name}\` is ${SPOKEN[given]}.`;
  return [typeProblem(count, { message, hint: "Give the input the type `number`." })];
}

export function typeProblem(span: Span, slip: { message: string; hint: string }): LanguageProblem {
  return { code: "wrong-type", from: span.from, to: span.to, ...slip };
}

type Given = "number" | "text" | "boolean" | "moment";
const SPOKEN: Readonly<Record<Given, string>> = {
  number: "a number",
  text: "a text",
  boolean: "TRUE or FALSE",
  moment: "a date",
};

/** The input of that name; `$as_of` is always there. */
export function inputNamed(vocabulary: Vocabulary, name: string): InputValue | null {
  const known = vocabulary.inputs.find((input) => input.name === name);
  if (known) return known;
  return name === "as_of" ? { name, type: "timestamp", value: null } : null;
}

function kindOfInput(vocabulary: Vocabulary, name: string): Given | null {
  const input = inputNamed(vocabulary, name);
  if (!input) return null;
  if (input.type === "date" || input.type === "timestamp") return "moment";
  if (input.type !== "choice") return input.type;
  return typeof input.value === "number" ? "number" : "text";
}

function fits(given: Given, value: Operand, kind: TypeKind): boolean {
  if (isTime(kind)) return given === "moment" || (value.kind === "text" && isMoment(value.value));
  return given === kind;
}

function hintFor(kind: TypeKind, value: Operand): string {
  if (kind === "number" && value.kind === "text") return "Leave the quotes out.";
  if (kind === "number") return "Write a number.";
  if (kind === "text") return "Put it in quotes.";
  if (kind === "boolean") return "Write TRUE or FALSE.";
  if (isTime(kind)) return "Write a date such as `2026-08-12`, or `< 7 days ago`.";
  return "Only IS KNOWN can be asked of it.";
}
