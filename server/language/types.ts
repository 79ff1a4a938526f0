/** What a column's type means to the language. */
export type TypeKind = "number" | "text" | "boolean" | "date" | "timestamp" | "timestamptz" | "other";

const NUMBERS =
  /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|INT\d?|INT|LONG|SHORT|FLOAT\d?|REAL|DOUBLE|DECIMAL|NUMERIC|DEC|BIGNUM|VARINT)\b/;

/** Reads DuckDB's name of a type. Lists, structs, blobs, times of day and intervals are `other`: known or not, no more. */
export function kindOf(type: string): TypeKind {
  const name = type.trim().toUpperCase();
  if (/[\])]$/.test(name) && !/^(DECIMAL|NUMERIC|DEC|VARCHAR|CHAR|ENUM|TEXT|STRING)\b/.test(name)) return "other";
  if (name.endsWith("]")) return "other";
  if (NUMBERS.test(name)) return "number";
  if (/^(VARCHAR|CHAR|BPCHAR|TEXT|STRING|ENUM|UUID)\b/.test(name)) return "text";
  if (/^BOOL(EAN)?$/.test(name)) return "boolean";
  if (name === "DATE") return "date";
  if (name === "TIMESTAMPTZ" || name === "TIMESTAMP WITH TIME ZONE") return "timestamptz";
  if (/^(TIMESTAMP|DATETIME)/.test(name)) return "timestamp";
  return "other";
}

export function isTime(kind: TypeKind): boolean {
  return kind === "date" || kind === "timestamp" || kind === "timestamptz";
}

/** Digits behind the point for whole numbers and decimals; null for binary floating point. */
export function scaleOfType(type: string): number | null {
  const name = type.trim().toUpperCase();
  if (/^(FLOAT|REAL|DOUBLE|BIGNUM|VARINT)/.test(name)) return null;
  const scale = /^(?:DECIMAL|NUMERIC|DEC)\b(?:\(\s*\d+\s*(?:,\s*(\d+)\s*)?\))?/.exec(name);
  if (!scale) return 0;
  // DuckDB's bare DECIMAL is DECIMAL(18,3).
  return scale[1] === undefined ? (name.includes("(") ? 0 : 3) : Number(scale[1]);
}

/** A type as a message names it. */
export function spoken(kind: TypeKind): string {
  const words = {
    number: "a number",
    text: "a text",
    boolean: "TRUE or FALSE",
    other: "neither number, text, truth nor time",
  };
  return isTime(kind) ? "a time" : (words[kind as keyof typeof words] ?? kind);
}
