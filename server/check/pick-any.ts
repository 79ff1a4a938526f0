import { findingAt } from "./finding.ts";
import {
  componentsOf,
  functionName,
  idsOf,
  isOpaque,
  isTotal,
  missingKey,
  orderedBy,
  scopeNodes,
  settledBy,
} from "./sql/certain.ts";
import { ESTIMATES, LISTS, PICKS } from "./sql/functions.ts";
import type { Scope } from "./sql/scope.ts";
import { type Node, nodeOf, nodesOf } from "./sql/tree.ts";
import type { Check } from "./subject.ts";

/** Functions for which the order of a list does not matter, or which make one. */
const ORDERLESS = new Set(["list_sort", "array_sort", "len", "length", "array_length", "list_unique", "list_contains"]);

/** Aggregates whose value hangs on which row comes first: `first`, `any_value`, `arg_max`, `mode`, estimates, and lists. */
export const pickAny: Check = ({ statements, facts }) =>
  statements.flatMap((statement) =>
    facts.scopes(statement).scopes.flatMap((scope) => {
      const nodes = [...scopeNodes(scope)].filter((node) => node.class === "FUNCTION");
      const sorted = new Set(
        nodes.filter((node) => ORDERLESS.has(functionName(node))).flatMap((node) => nodesOf(node, "children")),
      );
      const listed = nodes.filter((node) => LISTS.has(functionName(node)) && !sorted.has(node) && isLoose(node, scope));
      const picked = nodes.filter((node) => PICKS.has(functionName(node)) && isLoose(node, scope));
      return [
        ...nodes
          .filter((node) => ESTIMATES.has(functionName(node)))
          .map((node) => {
            const message = `\`${functionName(node)}\` is an estimate that depends on the order in which the rows happen to come.`;
            const hint = "Write `quantile_cont`, which is exact; or count, and keep the first of a total order.";
            return findingAt(statement, node, { code: "pick-any", message, hint });
          }),
        ...picked.map((node) => findingAt(statement, node, { code: "pick-any", ...picksAny(node, scope) })),
        ...listed.map((node) => {
          const message = `\`${functionName(node)}\` puts its values in the order in which the rows happen to come.`;
          const hint = "Give it an order that leaves no ties, such as `list(x ORDER BY x)`.";
          return findingAt(statement, node, { code: "list-order", message, hint });
        }),
      ];
    }),
  );

function isLoose(node: Node, scope: Scope): boolean {
  const name = functionName(node);
  const [value, by] = nodesOf(node, "children");
  if (value === undefined) return false;
  const groups = scope.groups ?? [];
  const [valueId = ""] = idsOf([value], scope);
  if (settledBy(groups, scope).has(valueId)) return false;
  if (name === "mode") return true;
  const orders = orderedBy(nodesOf(nodeOf(node, "order_bys") ?? {}, "orders"));
  const isBest = /^(arg|max_|min_)/.test(name);
  const ids = idsOf(isBest && by !== undefined ? [...orders, ...componentsOf(by)] : orders, scope);
  if (ids.length > 0 && (ids.includes(valueId) || isOpaque(scope))) return false;
  return !isTotal([...groups, ...ids], scope, "rows");
}

function picksAny(node: Node, scope: Scope): { message: string; hint: string } {
  const name = functionName(node);
  if (name === "mode") {
    const message = "`mode` picks by chance where two values are equally frequent.";
    return {
      message,
      hint: "In a features cell `most frequent … of` settles ties; or take the least of the commonest.",
    };
  }
  if (/^(arg|max_|min_)/.test(name)) {
    const message = `\`${name}\` picks by chance where several rows have the same greatest or least value.`;
    return { message, hint: `Write \`first(… ORDER BY …)\` with ${missingKey(scope, "rows")} last in the order.` };
  }
  const message = `\`${name}\` takes the value of whichever row comes first, which is up to chance.`;
  return { message, hint: `Write \`${name}(… ORDER BY …)\` with ${missingKey(scope, "rows")} last, or \`max(…)\`.` };
}
