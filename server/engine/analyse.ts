import type { DuckDBConnection } from "@duckdb/node-api";
import { type Analysis, EngineFailure } from "./engine.ts";
import { type NamePlaces, namePlaces } from "./name-places.ts";
import { fromByteOffset } from "./offset.ts";
import { readTree } from "./read-tree.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Parses one SELECT with the engine's own parser and walks its tree. Throws EngineFailure where it is not one SELECT. */
export async function analyse(connection: DuckDBConnection, sql: string): Promise<Analysis> {
  const statement = await parsed(connection, sql);
  const walk: Walk = { relations: new Map(), functions: [], parameters: new Set() };
  visit(statement, new Set(), walk);
  return {
    relations: [...walk.relations].map(([name, at]) => ({ name, at: fromByteOffset(sql, at) })),
    functions: walk.functions.map((call) => ({ ...call, at: fromByteOffset(sql, call.at) })),
    parameters: [...walk.parameters],
    canonical: JSON.stringify(withoutPlaces(statement)),
  };
}

/** Where one SELECT names relations and parameters. Throws EngineFailure where it is not one SELECT. */
export async function placesOf(connection: DuckDBConnection, sql: string): Promise<NamePlaces> {
  return namePlaces(await parsed(connection, sql), sql);
}

async function parsed(connection: DuckDBConnection, sql: string): Promise<Json> {
  const reader = await connection.runAndReadAll("SELECT json_serialize_sql($sql::VARCHAR) AS tree", { sql });
  const tree = readTree<{ [key: string]: Json }>(String(reader.getRows()[0]?.[0]));
  if (tree["error"] === true) throw refused(tree, sql);
  const statements = tree["statements"] as Json[];
  if (statements.length !== 1) {
    throw new EngineFailure("syntax", `expected one SELECT, found ${statements.length} statements`, null, []);
  }
  return statements[0] ?? null;
}

function refused(tree: { [key: string]: Json }, sql: string): EngineFailure {
  const message = String(tree["error_message"] ?? "not a SELECT");
  const position = tree["position"] === undefined ? null : fromByteOffset(sql, Number(tree["position"]));
  if (tree["error_type"] === "not implemented") {
    return new EngineFailure(
      "syntax",
      "only a SELECT can be a cell (and PIVOT only with an explicit IN list)",
      null,
      [],
    );
  }
  return new EngineFailure("syntax", message, position, []);
}

interface Walk {
  readonly relations: Map<string, number>;
  readonly functions: { name: string; at: number; table: boolean }[];
  readonly parameters: Set<string>;
}

function visit(node: Json, scope: ReadonlySet<string>, walk: Walk): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, scope, walk);
    return;
  }
  if (node === null || typeof node !== "object") return;
  const inner = withCtes(node, scope, walk);
  if (node["type"] === "BASE_TABLE") readTable(node, inner, walk);
  // Operators are functions too, and so is what a window is over.
  if (typeof node["function_name"] === "string") noteCall(node, walk);
  if (node["type"] === "TABLE_FUNCTION") {
    const { function_name: name, ...call } = node["function"] as { [key: string]: Json };
    walk.functions.push({ name: String(name).toLowerCase(), at: place(node), table: true });
    visit(call, inner, walk);
    return;
  }
  if (node["class"] === "PARAMETER") walk.parameters.add(String(node["identifier"]));
  if (node["type"] === "SHOW_REF") readShown(node, inner, walk);
  // Only what is repeated sees the rows so far; in the first part the name is another relation's.
  const isRecursive = node["type"] === "RECURSIVE_CTE_NODE";
  const repeated = isRecursive ? new Set([...inner, String(node["cte_name"]).toLowerCase()]) : inner;
  for (const [key, value] of Object.entries(node)) {
    if (key !== "cte_map") visit(value, key === "right" ? repeated : inner, walk);
  }
}

function noteCall(node: { [key: string]: Json }, walk: Walk): void {
  walk.functions.push({ name: String(node["function_name"]).toLowerCase(), at: place(node), table: false });
}

/** A CTE's name hides a relation's in its own statement; each sees those before it. */
function withCtes(node: { [key: string]: Json }, scope: ReadonlySet<string>, walk: Walk): ReadonlySet<string> {
  const map = node["cte_map"] as { map?: { key: string; value: { [key: string]: Json } }[] } | undefined;
  if (map?.map === undefined || map.map.length === 0) return scope;
  const names = new Set(scope);
  for (const entry of map.map) {
    visit(entry.value, new Set(names), walk);
    names.add(entry.key.toLowerCase());
  }
  return names;
}

function readTable(node: { [key: string]: Json }, scope: ReadonlySet<string>, walk: Walk): void {
  const schema = String(node["schema_name"] ?? "");
  const catalog = String(node["catalog_name"] ?? "");
  const table = String(node["table_name"]);
  const name = [catalog, schema, table].filter((part) => part !== "").join(".");
  if (schema === "" && catalog === "" && scope.has(table.toLowerCase())) return;
  if (!walk.relations.has(name)) walk.relations.set(name, place(node));
}

/** `DESCRIBE x` reads `x`, and `SHOW TABLES FROM x` every name in it, which is no relation of anybody's. */
function readShown(node: { [key: string]: Json }, scope: ReadonlySet<string>, walk: Walk): void {
  const isOfQuery = node["query"] !== null && node["query"] !== undefined;
  if (isOfQuery) return;
  readTable(String(node["table_name"] ?? "") === "" ? { ...node, table_name: "*" } : node, scope, walk);
}

function place(node: { [key: string]: Json }): number {
  const at = Number(node["query_location"] ?? 0);
  return at > 1e15 ? 0 : at;
}

function withoutPlaces(node: Json): Json {
  if (Array.isArray(node)) return node.map(withoutPlaces);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== "query_location")
      .map(([key, value]) => [key, withoutPlaces(value)]),
  );
}
