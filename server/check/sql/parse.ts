import type { Engine } from "../../engine/engine.ts";
import { fromByteOffset } from "../../engine/offset.ts";
import { bytesBefore, isNode, type Json, type Node, nodeOf, nodesOf } from "./tree.ts";

export interface Parsed {
  /** The query's outermost node. */
  readonly query: Node;
  /** Offset of a node into the text; null where the engine does not say. */
  at(node: Node): number | null;
}

/** One SELECT as the engine parses it; null where it does not, which the study of its cell has told. */
export async function parseSql(engine: Engine, sql: string, signal: AbortSignal): Promise<Parsed | null> {
  const parameters = { sql: { type: "VARCHAR", value: sql } } as const;
  const table = await engine.table({ sql: "SELECT json_serialize_sql($sql::VARCHAR)", parameters, signal });
  const tree = JSON.parse(String(table.rows[0]?.[0] ?? "null")) as Json;
  const [statement] = isNode(tree) ? nodesOf(tree, "statements") : [];
  const query = statement === undefined ? null : nodeOf(statement, "node");
  if (query === null) return null;
  const at = (node: Node) => {
    const bytes = bytesBefore(node);
    return bytes === null ? null : fromByteOffset(sql, bytes);
  };
  return { query, at };
}
