import { literal } from "../../language/quote.ts";
import { isWhole } from "./types.ts";

/** The decimal mark that was declared for a file; null where none was: then it is a point, and nothing groups digits. */
export type DecimalMark = "." | "," | null;

/**
 * SQL for a text as a value of a type, missing where the text is not exactly one: a fraction is never cut off, a zone
 * or a time of day never dropped.
 */
export function fromText(text: string, type: string, mark: DecimalMark): string {
  if (type === "VARCHAR") return text;
  const decimal = /^DECIMAL\(\d+,(\d+)\)$/.exec(type);
  if (decimal !== null)
    return `coalesce(${number(text, type, mark, Number(decimal[1]))}, ${nearDecimal(number(text, "DOUBLE", mark, null), type)})`;
  if (isWhole(type)) return number(text, type, mark, 0);
  if (type === "DOUBLE" || type === "FLOAT") return number(text, type, mark, null);
  if (type === "BOOLEAN") return boolean(text);
  if (type === "DATE") return date(text);
  if (type === "TIMESTAMP") return matching(text, `${DAY}(?:[T ]${CLOCK})?`, `TRY_CAST(${text} AS TIMESTAMP)`);
  if (type === "TIMESTAMP WITH TIME ZONE") {
    const pattern = `${DAY}(?:[T ]${CLOCK}(?: ?(?:Z|[-+]\\d{2}(?::?\\d{2})?))?)?`;
    return matching(text, pattern, `TRY_CAST(${text} AS TIMESTAMP WITH TIME ZONE)`);
  }
  return `TRY_CAST(${text} AS ${type})`;
}

/** SQL for a value of one type as one of another, missing where it would not be the same value. */
export function fromValue(value: string, from: string, type: string): string {
  if (from === type) return value;
  if (from === "VARCHAR") return fromText(value, type, null);
  if (type === "VARCHAR") return `CAST(${value} AS VARCHAR)`;
  if (from === "DOUBLE" && type.startsWith("DECIMAL(")) return nearDecimal(value, type);
  const cast = `TRY_CAST(${value} AS ${type})`;
  if (/[[({]|^(JSON|BLOB)/.test(from) && !from.startsWith("DECIMAL")) return cast;
  return `CASE WHEN TRY_CAST(${cast} AS ${from}) IS NOT DISTINCT FROM ${value} THEN ${cast} END`;
}

/** A double such as 29.990000000000002 is 29.99 that was once reckoned with; 29.995 is not. */
function nearDecimal(double: string, type: string): string {
  const cast = `TRY_CAST(${double} AS ${type})`;
  const apart = `abs(CAST(${cast} AS DOUBLE) - ${double})`;
  return `CASE WHEN ${apart} <= 1e-12 * greatest(1, abs(${double})) THEN ${cast} END`;
}

const DAY = " *\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}";
const CLOCK = "\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{0,6}0*)?)?";

function number(text: string, type: string, mark: DecimalMark, places: number | null): string {
  const point = mark === "," ? "," : "\\.";
  const group = mark === "," ? "\\." : ",";
  const digits = mark === null ? "\\d+" : `(?:\\d{1,3}(?:${group}\\d{3})+|\\d+)`;
  const fraction = places === null ? "\\d*" : `\\d{0,${places}}0*`;
  const some = places === null ? "\\d+" : places === 0 ? "0+" : `\\d{1,${places}}0*`;
  const power = places === null ? "(?:[eE][-+]?\\d+)?" : "";
  const pattern = ` *[-+]?(?:${digits}(?:${point}${fraction})?|${point}${some})${power}`;
  const plain =
    mark === null ? text : mark === "," ? `replace(replace(${text}, '.', ''), ',', '.')` : `replace(${text}, ',', '')`;
  return matching(text, pattern, `TRY_CAST(${plain} AS ${type})`);
}

function boolean(text: string): string {
  const word = `lower(trim(${text}))`;
  return `CASE WHEN ${word} IN ('true', 't', 'yes', 'y', '1') THEN true WHEN ${word} IN ('false', 'f', 'no', 'n', '0') THEN false END`;
}

/** A time of day at midnight says no more than the date; the basic form 20261031 is a date too. */
function date(text: string): string {
  const extended = matching(
    text,
    `${DAY}(?:[T ]0?0:00(?::00(?:\\.0*)?)?)?`,
    `CAST(TRY_CAST(${text} AS TIMESTAMP) AS DATE)`,
  );
  const basic = matching(text, " *\\d{8}", `CAST(try_strptime(trim(${text}), '%Y%m%d') AS DATE)`);
  return `coalesce(${extended}, ${basic})`;
}

function matching(text: string, pattern: string, value: string): string {
  return `CASE WHEN regexp_full_match(${text}, ${literal(`${pattern} *`)}) THEN ${value} END`;
}
