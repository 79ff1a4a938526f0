import { isMap, isScalar } from "yaml";
import { parseYaml } from "./parse.ts";

export type ScalarValue = string | number | boolean | null;

/** A scalar as YAML on one line: plain where YAML reads it back as the same value, else quoted. */
export function renderScalar(value: ScalarValue): string {
  // Without the point it would be a whole number that is too large to be exact.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return String(value).replace(/^-?\d+$/, "$&.0");
  if (typeof value !== "string") return String(value);
  return isPlain(value) ? value : quoted(value);
}

/** A key as YAML; keys are text whatever they look like. */
export function renderKey(key: string): string {
  return /^[\p{L}\p{N}_](?:[\p{L}\p{N}_ .&+()/-]*[\p{L}\p{N}_.)])?$/u.test(key) ? key : quoted(key);
}

/** A text as the lines of a block scalar without its `|-`, or null where a block could not hold it as it is. */
export function blockLines(text: string, indent: string, end: string): string | null {
  if (
    text.trim() === "" ||
    /^[ \t\n]|[ \t\n]$|[^\n\t\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)
  ) {
    return null;
  }
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : indent + line))
    .join(end);
}

function isPlain(value: string): boolean {
  if (value === "" || /[\r\n]/.test(value)) return false;
  // In both styles, as a value may stand in either and looks the same in both.
  return [`k: ${value}`, `{k: ${value}}`].every((text) => {
    const { contents, errors } = parseYaml(text);
    if (errors.length > 0 || !isMap(contents) || contents.items.length !== 1) return false;
    const read = contents.items[0]?.value;
    return isScalar(read) && read.type === "PLAIN" && read.value === value;
  });
}

function quoted(value: string): string {
  return /^[\x20-\x7e\u00a0-\u2027\u2030-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(value)
    ? `'${value.replaceAll("'", "''")}'`
    : JSON.stringify(value).replace(
        /[\u007f-\u009f\u2028\u2029\ufeff]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
}
