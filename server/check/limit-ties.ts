import { findingAt } from "./finding.ts";
import { idsOf, isOpaque, isTotal, missingKey, orderedBy } from "./sql/certain.ts";
import type { Scope } from "./sql/scope.ts";
import { idOf } from "./sql/scope.ts";
import { constantOf, type Node, nodeOf, nodesOf, textOf } from "./sql/tree.ts";
import type { Statement } from "./statements.ts";
import type { Check } from "./subject.ts";

/** LIMIT and DISTINCT ON that keep some of several rows which the order does not tell apart. */
export const limitTies: Check = ({ statements, facts }) =>
  statements.flatMap((statement) =>
    facts.scopes(statement).scopes.flatMap((scope) => {
      const modifiers = nodesOf(scope.node, "modifiers");
      const orders = orderedBy(modifiers.filter(isOrder).flatMap((one) => nodesOf(one, "orders")));
      return modifiers.flatMap((modifier) => {
        if (/^LIMIT/.test(textOf(modifier, "type"))) return limited(modifier, orders, scope, statement);
        const on = nodesOf(modifier, "distinct_on_targets");
        return on.length === 0 ? [] : distinctOn(on, orders, scope, statement);
      });
    }),
  );

function isOrder(modifier: Node): boolean {
  return textOf(modifier, "type") === "ORDER_MODIFIER";
}

function limited(modifier: Node, orders: readonly Node[], scope: Scope, statement: Statement) {
  const limit = nodeOf(modifier, "limit");
  const cut = limit ?? nodeOf(modifier, "offset");
  if (cut === null || constantOf(cut) === 0 || isSettled(orders, [], scope)) return [];
  const word = limit === null ? "OFFSET" : "LIMIT";
  const message =
    orders.length === 0
      ? `${word} without ORDER BY keeps whichever rows come first, which is up to chance.`
      : `${word} cuts where rows may tie, and which of them stay is up to chance.`;
  const hint = orders.length === 0 ? "Add an ORDER BY that leaves no ties: " : "Add to the ORDER BY: ";
  const key = missingKey(scope, "result").replace(/^columns that.*/, "a key, or write `ORDER BY ALL`");
  return [findingAt(statement, cut, { code: "limit-ties", message, hint: `${hint}${key}.` })];
}

function distinctOn(on: readonly Node[], orders: readonly Node[], scope: Scope, statement: Statement) {
  const [first] = on;
  if (first === undefined || isSettled(orders, on, scope)) return [];
  const message = "DISTINCT ON keeps one row of each, and the order leaves open which.";
  const hint = `Add ${missingKey(scope, "result")} to the ORDER BY.`;
  return [findingAt(statement, first, { code: "distinct-on-ties", message, hint })];
}

function isSettled(orders: readonly Node[], on: readonly Node[], scope: Scope): boolean {
  if (orders.some((order) => order.class === "STAR")) return true;
  if (orders.length > 0 && isOpaque(scope)) return true;
  const ids = scope.node.type === "SELECT_NODE" ? idsOf([...on, ...orders], scope) : unionIds(orders, scope);
  if (isTotal(ids, scope, "result")) return true;
  // Rows that agree in all that is shown are one as good as the other.
  const items = nodesOf(scope.node, "select_list");
  const isShown = items.length > 0 && items.every((item) => item.class !== "STAR");
  return on.length === 0 && isShown && idsOf(items, scope).every((id) => ids.includes(id));
}

/** What the order of a UNION names, by name or position. */
function unionIds(orders: readonly Node[], scope: Scope): string[] {
  return orders.map((order) => {
    const position = constantOf(order);
    const column = typeof position === "number" ? scope.shape.columns?.[position - 1] : undefined;
    return column === undefined ? (scope.resolve(order)?.id ?? "") : idOf(0, column.name);
  });
}
