import { expressionId, makesRows, meant } from "./groups.ts";
import { idOf, type Scope } from "./scope.ts";
import { coversKey } from "./shape.ts";
import { type Node, nodeOf, nodesOf, ownNodes, textOf } from "./tree.ts";

/** The nodes that belong to a scope itself, and to no query inside it. */
export function scopeNodes({ node }: Scope): Iterable<Node> {
  return ownNodes(node.type === "SELECT_NODE" ? node : node.modifiers);
}

/** Everything that is settled once these columns are: what they are equal to, and what their keys tell. */
export function settledBy(ids: Iterable<string>, scope: Scope): Set<string> {
  const settled = new Set(ids);
  for (let before = -1; before !== settled.size; ) {
    before = settled.size;
    for (const { node, equal } of scope.joins) {
      const kind = textOf(node, "join_type");
      // Where a row meets nothing, the missing key of the other side tells nothing of this one.
      for (const { left, right } of equal) {
        if (settled.has(left.id) && (kind === "INNER" || kind === "LEFT")) settled.add(right.id);
        if (settled.has(right.id) && (kind === "INNER" || kind === "RIGHT")) settled.add(left.id);
      }
    }
    scope.tables.forEach(({ shape }, index) => {
      const ids = shape.keys.map((key) => key.map((name) => idOf(index, name)));
      if (coversKey(settled, ids)) for (const { name } of shape.columns ?? []) settled.add(idOf(index, name));
    });
  }
  return settled;
}

/** Ids of expressions, those among them that are told by position or by name. */
export function idsOf(nodes: readonly Node[], scope: Scope): string[] {
  const items = nodesOf(scope.node, "select_list");
  return nodes.map((node) => expressionId(meant(node, items, scope.resolve), scope.resolve));
}

/** What stands behind ORDER BY. */
export function orderedBy(orders: readonly Node[]): Node[] {
  return orders.flatMap((order) => {
    const expression = nodeOf(order, "expression");
    return expression === null ? [] : componentsOf(expression);
  });
}

/** `(a, b)` is compared by its parts, one after the other. */
export function componentsOf(node: Node): Node[] {
  return node.class === "FUNCTION" && functionName(node) === "row"
    ? nodesOf(node, "children").flatMap(componentsOf)
    : [node];
}

/** Whether no two rows are alike in all of these columns, or so alike that it does not matter which comes first. */
export function isTotal(ids: readonly string[], scope: Scope, of: "rows" | "result"): boolean {
  const settled = settledBy(ids, scope);
  if (coversKey(settled, of === "rows" ? scope.rowKeys : scope.keys)) return true;
  if (of === "result" && (scope.groups !== null || makesRows(scope.node))) return false;
  const all = scope.tables.flatMap(({ shape }, index) => shape.columns?.map(({ name }) => idOf(index, name)) ?? [null]);
  return all.length > 0 && all.every((id) => id !== null && settled.has(id));
}

/** Whether rows come out of something that is not looked into, so that nothing is known of their keys. */
export function isOpaque(scope: Scope): boolean {
  return scope.tables.length === 0 || scope.tables.some(({ shape }) => shape.opaque);
}

/** What to add to an ORDER BY, in words: the shortest key, where one is known. */
export function missingKey(scope: Scope, of: "rows" | "result"): string {
  const keys = of === "rows" ? scope.rowKeys : scope.keys;
  const named = keys.filter((key) => key.length > 0 && key.every((id) => /^\d+\.\w+$/.test(id)));
  const [shortest] = [...named].sort((a, b) => a.length - b.length);
  if (shortest === undefined) return "columns that tell every row apart";
  return shortest.map((id) => `\`${id.replace(/^\d+\./, "")}\``).join(" and ");
}

export function functionName(node: Node): string {
  return textOf(node, "function_name").toLowerCase();
}
