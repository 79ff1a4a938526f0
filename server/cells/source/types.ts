import type { Engine } from "../../engine/engine.ts";
import { EngineFailure } from "../../engine/engine.ts";
import { didYouMean } from "../../notebook/nearest.ts";
import { isEnclosed } from "./enclosed.ts";
import { SourceFault } from "./fault.ts";
import type { SourceBody } from "./schema.ts";

const NAMES = [
  "text",
  "number",
  "VARCHAR",
  "BOOLEAN",
  "TINYINT",
  "SMALLINT",
  "INTEGER",
  "BIGINT",
  "HUGEINT",
  "UTINYINT",
  "USMALLINT",
  "UINTEGER",
  "UBIGINT",
  "FLOAT",
  "DOUBLE",
  "DECIMAL",
  "DATE",
  "TIME",
  "TIMESTAMP",
  "TIMESTAMP WITH TIME ZONE",
  "TIMESTAMPTZ",
  "INTERVAL",
  "UUID",
  "BLOB",
  "JSON",
];

/** The engine's own spelling of a declared type, with `text` and `number` for VARCHAR and DOUBLE. Throws SourceFault. */
export async function declaredType(engine: Engine, written: string, path: readonly string[]): Promise<string> {
  const type = ALIASES.get(written.trim().toLowerCase()) ?? written.trim();
  try {
    if (type === "" || !isEnclosed(type)) throw new EngineFailure("syntax", "not a type", null, []);
    const [column] = await engine.describe({ sql: `SELECT CAST(NULL AS ${type})` });
    if (column !== undefined) return column.type;
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
  }
  const word = /^[A-Za-z ]*/.exec(written.trim())?.[0] ?? "";
  const hint = didYouMean(
    word,
    NAMES,
    "Use a type of the engine such as VARCHAR, BIGINT, DECIMAL(18,2), DATE or TIMESTAMP.",
  );
  throw new SourceFault({ code: "unknown-type", message: `\`${written}\` is not a type.`, hint }, path);
}

const ALIASES = new Map([
  ["text", "VARCHAR"],
  ["number", "DOUBLE"],
]);

const WHOLE = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;

export function isWhole(type: string): boolean {
  return WHOLE.test(type);
}

export function isNumber(type: string): boolean {
  return isWhole(type) || type === "DOUBLE" || type === "FLOAT" || type.startsWith("DECIMAL(");
}

/** What an event's time may be. */
export function isMoment(type: string): boolean {
  return type === "DATE" || type.startsWith("TIMESTAMP");
}

/** What a value of a type looks like, for messages. */
export function looksOf(type: string): string {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (decimal !== null) return `a number with at most ${decimal[2]} decimals (${type})`;
  if (isWhole(type)) return `a whole number (${type})`;
  return LOOKS.get(type) ?? `a value of ${type}`;
}

const LOOKS = new Map([
  ["DOUBLE", "a number"],
  ["FLOAT", "a number"],
  ["BOOLEAN", "true or false"],
  ["DATE", "a date such as 2026-10-31"],
  ["TIME", "a time of day such as 12:00:00"],
  ["TIMESTAMP", "a time such as 2026-10-31 12:00:00"],
  ["TIMESTAMP WITH TIME ZONE", "a time such as 2026-10-31T12:00:00Z"],
]);

/** The types that a source declares, by our name of the column. Throws SourceFault. */
export async function declaredTypes(engine: Engine, body: SourceBody): Promise<Map<string, string>> {
  const types = new Map<string, string>();
  for (const [name, { type }] of Object.entries(body.columns)) {
    if (type !== null) types.set(name, await declaredType(engine, type, ["columns", name, "type"]));
  }
  return types;
}

/** The type of a column without a value: what the source expects of it. */
export function unseenType(name: string, body: SourceBody): string {
  if (name === body.at) return "TIMESTAMP";
  const expected = Object.hasOwn(body.columns, name) ? body.columns[name] : undefined;
  const bound = expected?.min ?? expected?.max ?? null;
  if (bound === null) return "VARCHAR";
  return typeof bound === "number" || Number.isFinite(Number(bound)) ? "DOUBLE" : "TIMESTAMP";
}
