import { UNNEST } from "../../engine/guard.ts";
import { isAggregate } from "./functions.ts";
import type { Resolved } from "./scope.ts";
import { columnNames, constantOf, type Node, nodesOf, ownNodes, textOf } from "./tree.ts";

export interface Groups {
  /** Ids of what is grouped by: columns of FROM, and expressions by their own text. */
  readonly ids: readonly string[];
}

/** What a SELECT groups by; null where it does not group. One row for all is a group by nothing. */
export function groupsOf(node: Node, resolve: (node: Node | null) => Resolved | null): Groups | null {
  const items = nodesOf(node, "select_list");
  if (textOf(node, "aggregate_handling") === "FORCE_AGGREGATES")
    return { ids: items.filter((item) => !hasAggregate(item)).map((item) => expressionId(item, resolve)) };
  const written = nodesOf(node, "group_expressions");
  if (written.length === 0) return items.some(hasAggregate) ? { ids: [] } : null;
  // With GROUPING SETS a group may come more than once.
  const sets = node.group_sets;
  if (Array.isArray(sets) && sets.length > 1) return { ids: [`sets ${JSON.stringify(sets)}`] };
  return { ids: written.map((one) => expressionId(meant(one, items, resolve), resolve)) };
}

/** An expression that is told by its position or by its name in the SELECT list. */
export function meant(one: Node, items: readonly Node[], resolve: (node: Node | null) => Resolved | null): Node {
  const position = constantOf(one);
  if (typeof position === "number") return items[position - 1] ?? one;
  const names = columnNames(one);
  if (names?.length !== 1 || resolve(one) !== null) return one;
  return items.find((item) => textOf(item, "alias").toLowerCase() === names[0]?.toLowerCase()) ?? one;
}

/** A column's id, or for other expressions their text without places and names. */
export function expressionId(node: Node, resolve: (node: Node | null) => Resolved | null): string {
  const column = resolve(node);
  if (column !== null) return column.id;
  return JSON.stringify(node, (key, value: unknown) =>
    key === "query_location" || key === "alias" ? undefined : value,
  );
}

/** Whether the SELECT list makes several rows of one, by `unnest`: then no key tells them apart. */
export function makesRows(select: Node): boolean {
  const called = [...ownNodes(select.select_list)].map((node) => textOf(node, "function_name").toLowerCase());
  return UNNEST.some((name) => called.includes(name));
}

export function hasAggregate(item: Node): boolean {
  for (const node of ownNodes(item)) {
    if (node.class === "WINDOW") return false;
    if (node.class === "FUNCTION" && isAggregate(textOf(node, "function_name"))) return true;
  }
  return false;
}
