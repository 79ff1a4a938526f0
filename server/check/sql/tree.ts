export type Json = null | boolean | number | string | readonly Json[] | Node;

/** A node of the engine's parsed statement. */
export interface Node {
  readonly [key: string]: Json;
}

export function isNode(json: Json | undefined): json is Node {
  return json !== null && typeof json === "object" && !Array.isArray(json);
}

/** The nodes of a list; none where the key holds something else. */
export function nodesOf(node: Node, key: string): Node[] {
  const list = node[key];
  return Array.isArray(list) ? (list as readonly Json[]).filter(isNode) : [];
}

export function nodeOf(node: Node, key: string): Node | null {
  const child = node[key];
  return isNode(child) ? child : null;
}

export function textOf(node: Node, key: string): string {
  const text = node[key];
  return typeof text === "string" ? text : "";
}

/** Bytes before a node in the statement; null where the engine does not say. */
export function bytesBefore(node: Node): number | null {
  const at = Number(node.query_location ?? Number.NaN);
  return Number.isFinite(at) && at < 1e15 ? at : null;
}

/** A node and all below it, but for queries inside it: those have names of their own. */
export function* ownNodes(json: Json | undefined): Generator<Node> {
  if (Array.isArray(json)) {
    for (const item of json as readonly Json[]) yield* ownNodes(item);
    return;
  }
  if (!isNode(json)) return;
  yield json;
  for (const [key, child] of Object.entries(json)) if (key !== "subquery" && key !== "cte_map") yield* ownNodes(child);
}

/** Queries inside an expression. */
export function* innerQueries(json: Json | undefined): Generator<Node> {
  for (const node of ownNodes(json)) {
    const query = node.class === "SUBQUERY" ? nodeOf(node, "subquery") : null;
    const inner = query === null ? null : nodeOf(query, "node");
    if (inner !== null) yield inner;
  }
}

/** The parts of a condition that are joined by AND. */
export function conjuncts(condition: Node | null): Node[] {
  if (condition === null) return [];
  return condition.type === "CONJUNCTION_AND" ? nodesOf(condition, "children").flatMap(conjuncts) : [condition];
}

/** Names of a column as written, the column's own last; null where the node is none. */
export function columnNames(node: Node | null): string[] | null {
  return node?.class === "COLUMN_REF" ? (node.column_names as string[]) : null;
}

/** A constant's value; undefined where the node is none. */
export function constantOf(node: Node | null): string | number | boolean | null | undefined {
  const value = node?.class === "CONSTANT" ? nodeOf(node, "value") : null;
  if (value === null) return undefined;
  return value.is_null === true ? null : (value.value as string | number | boolean);
}
