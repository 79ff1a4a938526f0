import { isMoment, isNumber } from "./types.ts";

const MISSING = /^(?:n\/?a|nan|null|none|nil|-+|\.|\?|unknown|#n\/a)$/i;

/** What to do about a value that is not of its declared type. */
export function misfitHint(value: string, type: string): string {
  const text = value.trim();
  if (MISSING.test(text)) return `If it stands for a missing value, write \`csv: {null_values: ['${text}']}\`.`;
  if (text === "") return "Empty texts are values here; leave `null_values: []` out to read them as missing.";
  if (isNumber(type) && /^[-+]?\d{1,3}(?:[.,]\d{3})*,\d+$|^[-+]?\d+,\d+$/.test(text)) {
    return "If the comma is the decimal mark, write `csv: {decimal: ','}`; if it groups thousands, `csv: {decimal: '.'}`.";
  }
  if (isNumber(type) && /^[-+]?\d{1,3}(?:\.\d{3}){2,}$/.test(text)) {
    return "If points group the digits, write `csv: {decimal: ','}`.";
  }
  const places = /^[-+]?\d*\.(\d*?)0*$/.exec(text)?.[1]?.length ?? 0;
  if (type.startsWith("DECIMAL") && places > 0)
    return `Declare more decimals, such as DECIMAL(18,${places}), or \`number\`.`;
  if (isMoment(type) && /^\d{1,4}[/.]\d{1,2}[/.]\d{1,4}/.test(text)) {
    return "Declare it as `text`, and read it in a sql cell with `strptime(…, '%d/%m/%Y')` or as the file writes dates.";
  }
  if (type === "TIMESTAMP" && /(?:Z|[-+]\d{2}(?::?\d{2})?)$/.test(text)) {
    return "It names its zone: declare TIMESTAMP WITH TIME ZONE.";
  }
  if (type === "DATE" && /\d:\d/.test(text)) return "It has a time of day: declare TIMESTAMP.";
  return "Correct the file, declare another type, or write `on_error: set_aside` to go on without such rows.";
}
