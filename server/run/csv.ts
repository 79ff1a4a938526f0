import type { PlainValue } from "../engine/engine.ts";

/** One line of CSV. Missing is empty, and an empty text is two quotes, so that both survive. */
export function csvLine(values: readonly PlainValue[], neutralised: boolean): string {
  return `${values.map((value) => field(neutralised ? neutral(value) : value)).join(",")}\n`;
}

function field(value: PlainValue): string {
  if (value === null) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a spreadsheet would take for a formula is marked as text; what is a number stays one. */
function neutral(value: PlainValue): PlainValue {
  if (typeof value !== "string" || !/^[=+\-@\t\r]/.test(value)) return value;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value) ? value : `'${value}`;
}
