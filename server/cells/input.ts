import { z } from "zod";
import type { InputValue } from "../language/vocabulary.ts";
import { parseBody } from "../notebook/body.ts";
import { canonicalBody } from "../notebook/canonical.ts";
import type { Problem } from "../notebook/model.ts";
import { readYaml } from "./body.ts";
import type { CellKind, Read } from "./kind.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const schema = z.strictObject({
  type: z.enum(["date", "timestamp", "number", "text", "boolean", "choice"]),
  default: scalar.nullable(),
  label: z.string().nullable().default(null),
  min: z.union([z.string(), z.number()]).nullable().default(null),
  max: z.union([z.string(), z.number()]).nullable().default(null),
  step: z.number().positive().nullable().default(null),
  options: z.array(z.string()).default([]),
});

export type InputBody = z.infer<typeof schema>;

/** A value that the reader may change; it is known before anything runs, and yields no relation. */
export const input: CellKind<InputBody> = {
  kind: "input",
  read(cell) {
    // An input's own values are written out: they can't be other inputs'.
    const reading = readYaml(cell, schema, { inputs: [] });
    if (!reading.ok || !["text", "choice"].includes(reading.value.body.type)) return reading;
    // `default: 01` is the text 01, as it is among the options.
    const written = parseBody(cell).source(["default"]);
    if (typeof reading.value.body.default === "string" || written === null) return reading;
    const body = { ...reading.value.body, default: written };
    return { ok: true, value: { ...reading.value, body, canonical: canonicalBody(body) } };
  },
  suffixes: () => [],
  async study() {
    return { yields: [], problems: [], usesTime: false, usesSeed: false, words: {}, head: [] };
  },
  async run() {
    return [];
  },
};

export type InputResult = { ok: true; value: InputValue } | { ok: false; code: string; message: string; hint: string };

/** The value of an input: the one that was set, else its default; checked against type and bounds. */
export function inputValue(
  id: string,
  reading: Read<InputBody>,
  given: string | number | boolean | undefined,
): InputResult {
  const { body } = reading;
  const raw = given ?? body.default;
  const value = typed(body.type, raw);
  const said = given === undefined ? `the default of \`${id}\`` : `\`${id}\``;
  if (value === null) {
    return fail(
      "input-type",
      `${said} is ${JSON.stringify(raw)}, expected ${EXPECTED[body.type]}.`,
      "Give a value of that form.",
    );
  }
  if (body.type === "choice" && !body.options.includes(String(value))) {
    const options = body.options.map((option) => `\`${option}\``).join(", ");
    return fail(
      "input-option",
      `${said} is \`${value}\`, which is not one of its options.`,
      `Choose one of ${options}.`,
    );
  }
  if (body.min !== null && value < coerce(body.min, value)) {
    return fail(
      "input-range",
      `${said} is ${value}, below its least value ${body.min}.`,
      `Choose a value from ${body.min}.`,
    );
  }
  if (body.max !== null && value > coerce(body.max, value)) {
    return fail(
      "input-range",
      `${said} is ${value}, above its greatest value ${body.max}.`,
      `Choose a value up to ${body.max}.`,
    );
  }
  return { ok: true, value: { name: id, type: body.type, value } };
}

const EXPECTED: Record<InputBody["type"], string> = {
  date: "a date such as 2026-10-31",
  timestamp: "a time such as 2026-10-31T12:00:00",
  number: "a number",
  text: "a text",
  boolean: "true or false",
  choice: "one of its options",
};

function typed(type: InputBody["type"], raw: string | number | boolean | null): string | number | boolean | null {
  const text = String(raw);
  if (type === "number") return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : null;
  if (type === "date") return isDate(text) ? text : null;
  if (type === "timestamp") return isTimestamp(text) ? text : null;
  return text;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function isTimestamp(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?)?$/.exec(text);
  if (match === null || !isDate(match[1] ?? "")) return false;
  return Number(match[2] ?? 0) < 24 && Number(match[3] ?? 0) < 60 && Number(match[4] ?? 0) < 60;
}

function coerce(bound: string | number, value: string | number | boolean): string | number {
  return typeof value === "number" ? Number(bound) : String(bound);
}

function fail(code: Problem["code"], message: string, hint: string): InputResult {
  return { ok: false, code, message, hint };
}
