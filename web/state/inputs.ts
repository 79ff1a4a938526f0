import { isMoment } from "../../server/notebook/moment.ts";
import type { InputView } from "../../server/run/view.ts";
import { readInput } from "../parts/input-value.ts";

export type InputValue = string | number | boolean;

/** Values of a notebook's inputs that differ from what the notebook says, by id. */
export type InputValues = Readonly<Record<string, InputValue>>;

/** What an address says of inputs: values that hold, and in words what does not. */
export interface QueryValues {
  readonly values: InputValues;
  /** By the name in the address. */
  readonly faults: Readonly<Record<string, string>>;
}

/** Reads the values of inputs from an address's query; what is wrong is left out and told. */
export function valuesFromQuery(query: string, inputs: readonly InputView[]): QueryValues {
  const values: Record<string, InputValue> = {};
  const faults: Record<string, string> = {};
  for (const [name, written] of new URLSearchParams(query)) {
    const input = inputs.find(({ id }) => id === name);
    const read =
      input === undefined ? { reason: "This notebook has no input of that name." } : readValue(written, input);
    if (read.reason !== undefined) faults[name] = `\`${name}=${written}\`: ${read.reason}`;
    else if (read.value !== input?.fallback) values[name] = read.value;
  }
  return { values, faults };
}

/** The query that says the values, with its question mark; empty where none differs. */
export function queryOfValues(values: InputValues): string {
  const params = new URLSearchParams();
  for (const id of Object.keys(values).sort()) params.set(id, String(values[id]));
  const query = params.toString();
  return query === "" ? "" : `?${query}`;
}

/** The values with one changed; a value equal to the notebook's own is not kept. */
export function withValue(values: InputValues, input: InputView, value: InputValue): InputValues {
  const { [input.id]: _, ...rest } = values;
  return value === input.fallback ? rest : { ...rest, [input.id]: value };
}

/** A value as its input reads it, or why it is none. */
function readValue(
  written: string,
  { type, min, max, step, options }: InputView,
): { value: InputValue; reason?: never } | { value?: never; reason: string } {
  if (type === "boolean")
    return written === "true" || written === "false"
      ? { value: written === "true" }
      : { reason: "It is true or false." };
  if (type === "choice" && !options.includes(written)) return { reason: `It is one of ${options.join(", ")}.` };
  if ((type === "date" && !isDay(written)) || (type === "timestamp" && !isMoment(written)))
    return { reason: "That is no day that exists." };
  return readInput(type, written, { min, max, step });
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(text);
}
