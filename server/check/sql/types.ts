import type { Scope } from "./scope.ts";
import { type Node, nodeOf, nodesOf, textOf } from "./tree.ts";

/** Functions whose result is a double whatever they are given. */
const DOUBLES = new Set(["/", "sqrt", "ln", "log", "log2", "log10", "exp", "pow", "power", "avg", "mean", "random"]);

/** Functions whose result has the type of what they are given. */
const LIKE_THEIR_OWN = new Set(["+", "-", "*", "sum", "min", "max", "abs", "coalesce", "greatest", "least", "nullif"]);

/** The type of an expression as far as it tells one; DOUBLE where any part makes it one. */
export function typeOf(node: Node, scope: Scope): string | null {
  if (node.class === "COLUMN_REF") return scope.resolve(node)?.type ?? null;
  if (node.class === "CAST") return textOf(nodeOf(node, "cast_type") ?? {}, "id") || null;
  const name = textOf(node, "function_name").toLowerCase();
  if (node.class === "FUNCTION" && DOUBLES.has(name)) return "DOUBLE";
  const isLike = node.class === "FUNCTION" && LIKE_THEIR_OWN.has(name);
  if (isLike || node.class === "OPERATOR") return widest(nodesOf(node, "children"), scope);
  if (node.class !== "CASE") return null;
  const branches = nodesOf(node, "case_checks").flatMap((check) =>
    [nodeOf(check, "then_expr")].filter((one) => one !== null),
  );
  const otherwise = nodeOf(node, "else_expr");
  return widest(otherwise === null ? branches : [...branches, otherwise], scope);
}

export function isFloating(type: string | null): boolean {
  return type === "DOUBLE" || type === "FLOAT";
}

function widest(nodes: readonly Node[], scope: Scope): string | null {
  const types = nodes.map((node) => typeOf(node, scope));
  return types.find(isFloating) ?? types.find((type) => type !== null) ?? null;
}
