import { fromByteOffset } from "./offset.ts";
import { type SqlWord, sqlWords } from "./sql-words.ts";

/** Where a relation or a parameter is named in one SELECT; `to` lies behind the last character, quotes included. */
export interface NamePlace {
  /** `orders` in FROM is a relation, in `orders.amount` a qualifier, `$limit` a parameter. */
  readonly role: "relation" | "qualifier" | "parameter";
  readonly name: string;
  readonly quoted: boolean;
  readonly from: number;
  readonly to: number;
}

export interface NamePlaces {
  /** In the text's order. What CTEs, aliases and lambdas name is not among them. */
  readonly places: readonly NamePlace[];
  /** Names that the statement gives itself: of CTEs, aliases, lambdas. Lower case. */
  readonly given: readonly string[];
  /** Columns without a qualifier whose name is also that of a relation that is read: a column, or a whole row. Lower case. */
  readonly alone: readonly string[];
}

type Json = null | boolean | number | string | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json;
}

/** Finds them in the engine's tree of the statement; positions are looked up in the text, where the tree may not tell them. */
export function namePlaces(tree: Json, sql: string): NamePlaces {
  const words = sqlWords(sql);
  const walk: Walk = { sql, words, places: new Map(), given: new Set(), alone: new Set() };
  for (const word of words) {
    if (word.kind === "parameter") put(walk, "parameter", word);
  }
  visit(tree, { ctes: new Set(), frames: [] }, walk);
  const places = [...walk.places.values()].sort((a, b) => a.from - b.from);
  return { places, given: [...walk.given], alone: [...walk.alone] };
}

interface Walk {
  readonly sql: string;
  readonly words: readonly SqlWord[];
  readonly places: Map<number, NamePlace>;
  readonly given: Set<string>;
  readonly alone: Set<string>;
}

/** A name of a FROM clause: true where it is that of a relation, false where the statement gave it. */
type Frame = ReadonlyMap<string, boolean>;

interface Scope {
  readonly ctes: ReadonlySet<string>;
  /** The innermost first. */
  readonly frames: readonly Frame[];
}

function visit(node: Json, outer: Scope, walk: Walk): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, outer, walk);
    return;
  }
  if (node === null || typeof node !== "object") return;
  const scope = within(node, outer, walk);
  if (isRelation(node, scope)) readRelation(node, walk);
  if (node["class"] === "COLUMN_REF") readColumn(node, scope, walk);
  if (node["class"] === "STAR") readStar(node, scope, walk);
  for (const [key, value] of Object.entries(node)) if (key !== "cte_map") visit(value, scope, walk);
}

/** What a node adds to what can be named below it. */
function within(node: JsonObject, outer: Scope, walk: Walk): Scope {
  const ctes = withCtes(node, outer, walk);
  const scope = ctes === outer.ctes ? outer : { ...outer, ctes };
  if (node["class"] === "LAMBDA") {
    const frame = new Map<string, boolean>();
    collectColumns(node["lhs"] ?? null, frame);
    for (const name of frame.keys()) walk.given.add(name);
    return { ...scope, frames: [frame, ...scope.frames] };
  }
  if (node["from_table"] === undefined || node["from_table"] === null) return scope;
  const frame = new Map<string, boolean>();
  collectTables(node["from_table"], { scope, frame, walk });
  return { ...scope, frames: [frame, ...scope.frames] };
}

/** A CTE sees those before it, and itself where it recurs. */
function withCtes(node: JsonObject, outer: Scope, walk: Walk): ReadonlySet<string> {
  const map = node["cte_map"] as { map?: { key: string; value: JsonObject }[] } | undefined;
  if (map?.map === undefined || map.map.length === 0) return outer.ctes;
  const names = new Set(outer.ctes);
  for (const { key, value } of map.map) {
    const recursive = JSON.stringify(value).includes('"type":"RECURSIVE_CTE_NODE"');
    const seen = new Set(names);
    if (recursive) seen.add(key.toLowerCase());
    visit(value, { ...outer, ctes: seen }, walk);
    names.add(key.toLowerCase());
    walk.given.add(key.toLowerCase());
  }
  return names;
}

function collectTables(
  table: Json,
  around: { readonly scope: Scope; readonly frame: Map<string, boolean>; readonly walk: Walk },
): void {
  if (table === null || typeof table !== "object" || Array.isArray(table)) return;
  const { scope, frame, walk } = around;
  const alias = String(table["alias"] ?? "").toLowerCase();
  if (alias !== "") {
    walk.given.add(alias);
    frame.set(alias, false);
  }
  if (table["type"] === "BASE_TABLE" && alias === "") {
    frame.set(String(table["table_name"]).toLowerCase(), isRelation(table, scope));
  }
  for (const side of ["left", "right", "source"]) collectTables(table[side] ?? null, around);
}

function collectColumns(node: Json, frame: Map<string, boolean>): void {
  if (Array.isArray(node)) for (const item of node) collectColumns(item, frame);
  else if (node !== null && typeof node === "object") {
    const names = node["column_names"];
    if (Array.isArray(names)) frame.set(String(names[0]).toLowerCase(), false);
    for (const value of Object.values(node)) collectColumns(value, frame);
  }
}

/** Whether a node reads a relation of the notebook; one of another schema is none. */
function isRelation(node: JsonObject, scope: Scope): boolean {
  const shown = node["type"] === "SHOW_REF" && typeof node["table_name"] === "string" && node["table_name"] !== "";
  if (node["type"] !== "BASE_TABLE" && !shown) return false;
  if (String(node["schema_name"] ?? "") !== "" || String(node["catalog_name"] ?? "") !== "") return false;
  return !scope.ctes.has(String(node["table_name"]).toLowerCase());
}

function readRelation(node: JsonObject, walk: Walk): void {
  const word = wordFrom(walk, place(node, walk), String(node["table_name"]));
  if (word !== null) put(walk, "relation", word);
}

function readColumn(node: JsonObject, scope: Scope, walk: Walk): void {
  const names = (node["column_names"] as string[]).map(String);
  const first = names[0] ?? "";
  if (!isNamed(first, scope)) return;
  if (names.length === 1) {
    walk.alone.add(first.toLowerCase());
    return;
  }
  const word = wordFrom(walk, place(node, walk), first);
  if (word !== null) put(walk, "qualifier", word);
}

/** `orders.*`, and what it leaves out or renames under that name. */
function readStar(node: JsonObject, scope: Scope, walk: Walk): void {
  const renamed = (node["rename_list"] ?? []) as { key: JsonObject }[];
  const left = (node["qualified_exclude_list"] ?? []) as JsonObject[];
  const names = [
    node["relation_name"],
    ...[...left, ...renamed.map(({ key }) => key)].map((column) => column["table"]),
  ];
  let at = place(node, walk);
  for (const name of names.map((one) => String(one ?? ""))) {
    if (name === "" || !isNamed(name, scope)) continue;
    const word = wordFrom(walk, at, name, { qualifies: true });
    if (word === null) continue;
    put(walk, "qualifier", word);
    at = word.to;
  }
}

function isNamed(name: string, scope: Scope): boolean {
  const frame = scope.frames.find((one) => one.has(name.toLowerCase()));
  return frame?.get(name.toLowerCase()) === true;
}

/** The first word of a name at or behind an offset. */
function wordFrom(
  { sql, words }: Walk,
  from: number,
  name: string,
  { qualifies }: { qualifies: boolean } = { qualifies: false },
): SqlWord | null {
  const wanted = name.toLowerCase();
  const fits = (word: SqlWord) =>
    word.kind === "name" &&
    word.from >= from &&
    word.text.toLowerCase() === wanted &&
    (!qualifies || /^\s*\./.test(sql.slice(word.to)));
  return words.find(fits) ?? null;
}

function put(walk: Walk, role: NamePlace["role"], { text, quoted, from, to }: SqlWord): void {
  walk.places.set(from, { role, name: text, quoted, from, to });
}

function place(node: JsonObject, { sql }: Walk): number {
  const at = Number(node["query_location"] ?? 0);
  return at > 1e15 ? 0 : fromByteOffset(sql, at);
}
