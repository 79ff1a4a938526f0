import { findingAt } from "./finding.ts";
import { functionName, idsOf, isOpaque, isTotal, missingKey, orderedBy, scopeNodes } from "./sql/certain.ts";
import type { Scope } from "./sql/scope.ts";
import { type Node, nodesOf, textOf } from "./sql/tree.ts";
import type { Check } from "./subject.ts";

const NUMBERING = new Set(["row_number", "ntile"]);
const PICKING = new Set(["first_value", "last_value", "first", "last", "nth_value", "lag", "lead", "any_value"]);

/** Windows that number rows, or look at the row beside, in an order that leaves ties. */
export const windowTies: Check = ({ statements, facts }) =>
  statements.flatMap((statement) =>
    facts.scopes(statement).scopes.flatMap((scope) =>
      [...scopeNodes(scope)]
        .filter((node) => node.class === "WINDOW" && hasTies(node, scope))
        .map((node) => {
          const name = functionName(node);
          const orders = nodesOf(node, "orders");
          const message =
            orders.length === 0
              ? `\`${name}\` has no ORDER BY: which row comes first is up to chance.`
              : `\`${name}\` has an order that may leave ties, and which of them comes first is up to chance.`;
          const hint = `Add ${missingKey(scope, "result")} to the ORDER BY of the window.`;
          return findingAt(statement, node, { code: "window-ties", message, hint });
        }),
    ),
  );

function hasTies(node: Node, scope: Scope): boolean {
  const name = functionName(node);
  const isByRow = /_ROWS$/.test(textOf(node, "start")) || /_ROWS$/.test(textOf(node, "end"));
  if (!NUMBERING.has(name) && !PICKING.has(name) && !isByRow) return false;
  const orders = orderedBy(nodesOf(node, "orders"));
  if (orders.length > 0 && isOpaque(scope)) return false;
  const ids = idsOf([...nodesOf(node, "partitions"), ...orders], scope);
  if (isTotal(ids, scope, "result")) return false;
  // What ties agree on is the same whichever comes first.
  const picked = idsOf(nodesOf(node, "children").slice(0, 1), scope);
  return NUMBERING.has(name) || isByRow || !picked.every((id) => ids.includes(id));
}
