import type { Engine } from "../../engine/engine.ts";
import { readTree } from "../../engine/read-tree.ts";
import type { Json } from "../../portable/json.ts";

/** What the engine's own parser makes of a condition. */
export interface ParsedCondition {
  /** Null where it can't be parsed. */
  readonly statement: Json;
  /** Place in the text of a node of the statement. */
  readonly at: (node: Json) => string;
  /** What the parser says where it is none. */
  readonly message: string | null;
}

/** Longer texts than this are no condition that somebody wrote. */
const MOST_TEXT = 1_000_000;

/** Parses one SELECT, or a condition with or without WHERE before it. */
export async function parsedCondition(
  source: string,
  { engine, signal }: { engine: Engine; signal: AbortSignal },
): Promise<ParsedCondition> {
  const before = /^\s*(?:SELECT|WITH|FROM)\b/i.test(source)
    ? ""
    : /^\s*WHERE\b/i.test(source)
      ? "SELECT * FROM x "
      : "SELECT * FROM x WHERE ";
  const unparsed = (message: string, place = "$"): ParsedCondition => ({ statement: null, at: () => place, message });
  if (source.length > MOST_TEXT) return unparsed("The text is longer than a condition can be.");
  if (source.includes("\0")) return unparsed("The text holds the NUL character.");
  if (deepest(source) > MOST_DEPTH) return unparsed(`Brackets stand more than ${MOST_DEPTH} deep in one another.`);
  const sql = `${before}${source.trim().replace(/;\s*$/, "")}`;
  const skipped = source.length - source.trimStart().length - before.length;
  const parameters = { sql: { type: "VARCHAR", value: sql } as const };
  const [row] = await engine.rows({ sql: "SELECT json_serialize_sql($sql::VARCHAR) AS tree", parameters, signal });
  const tree = readTree<{ error?: boolean; error_message?: string; position?: string; statements?: Json[] }>(
    String(row?.tree),
  );
  const placed = (bytes: number) => placeOf(source, charactersOf(sql, bytes) + skipped);
  if (tree.error === true) {
    const position = Number(tree.position ?? Number.NaN);
    return unparsed(tree.error_message ?? "It is no SELECT.", Number.isFinite(position) ? placed(position) : "$");
  }
  const [statement, ...more] = tree.statements ?? [];
  if (statement === undefined || more.length > 0) return unparsed("One SELECT was expected.");
  const at = (node: Json) => {
    const offset = offsetOf(node);
    return offset === null ? "$" : placed(offset);
  };
  return { statement, at, message: null };
}

/** The parser goes down with the brackets, and has no end of its own. */
const MOST_DEPTH = 500;

function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (const character of text) {
    if (character === "(") most = Math.max(most, ++depth);
    if (character === ")") depth -= 1;
  }
  // Each NOT goes down as well.
  return Math.max(most, (text.match(/\bNOT\b/gi) ?? []).length / 10);
}

/** Nodes that the parser makes up have the largest number there is. */
function offsetOf(node: Json): number | null {
  const held =
    typeof node === "object" && node !== null && !Array.isArray(node) ? (node as { query_location?: Json }) : {};
  const offset = held.query_location;
  return typeof offset === "number" && offset < 2 ** 53 ? offset : null;
}

function charactersOf(text: string, bytes: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes)).length;
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, Math.max(0, offset)).split(/\r\n|\n|\r/);
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
