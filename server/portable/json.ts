import type { Remarks } from "./remark.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Files of others are read up to so many characters. */
const MOST_TEXT = 5_000_000;

/** JSON as it stands in a file; null, with a remark, where it is none. */
export function parseJson(text: string, remarks: Remarks): { value: Json } | null {
  if (text.length > MOST_TEXT) {
    return remarks.error("$", {
      code: "too-large",
      message: `The file has ${text.length.toLocaleString("en")} characters; at most ${MOST_TEXT.toLocaleString("en")} are read.`,
      hint: "Take out of it what is not the segment's definition.",
    });
  }
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, "")) as Json };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return remarks.error(placeOf(text, said), {
      code: "not-json",
      message: "The file is not JSON.",
      hint: said.replace(/\s+/g, " ").slice(0, 200),
    });
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** What an object holds itself under a key: everything answers to `constructor`, and a file may say `__proto__`. */
export function get(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function textOf(object: JsonObject, key: string): string | null {
  const value = get(object, key);
  return typeof value === "string" ? value : null;
}

/** A value as a remark shows it. */
export function shownJson(value: Json | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** A place in JSON, one key or index further on. */
export function below(at: string, step: string | number): string {
  if (typeof step === "number") return `${at}[${step}]`;
  return /^[A-Za-z_][\w-]*$/.test(step) ? `${at}.${step}` : `${at}[${JSON.stringify(step)}]`;
}

function placeOf(text: string, said: string): string {
  const offset = /position (\d+)/.exec(said)?.[1];
  if (offset === undefined) return "$";
  const before = text.slice(0, Number(offset)).split(/\r\n|\n|\r/);
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
