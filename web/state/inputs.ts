import type { InputView } from "../../server/run/view.ts";

export type InputValue = string | number | boolean;

/** Values of a notebook's inputs that differ from what the notebook says, by id. */
export type InputValues = Readonly<Record<string, InputValue>>;

/** Reads the values of known inputs from an address's query; what is not of the input's type is left out. */
export function valuesFromQuery(query: string, inputs: readonly InputView[]): InputValues {
  const params = new URLSearchParams(query);
  const values: Record<string, InputValue> = {};
  for (const input of inputs) {
    const written = params.get(input.id);
    const value = written === null ? null : readValue(written, input.type);
    if (value !== null && value !== input.fallback) values[input.id] = value;
  }
  return values;
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

/** A value as its input's type reads it; null where it is not one. */
export function readValue(written: string, type: InputView["type"]): InputValue | null {
  if (type === "boolean") return written === "true" ? true : written === "false" ? false : null;
  if (type !== "number") return written;
  const number = Number(written);
  return written.trim() === "" || !Number.isFinite(number) ? null : number;
}
