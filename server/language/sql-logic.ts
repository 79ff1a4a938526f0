import type { Rule } from "./tree.ts";

/** A rule without AND, OR and NOT at its top. */
export type Leaf = Exclude<Rule, { readonly kind: "and" | "or" | "not" }>;

/**
 * AND, OR and NOT over conditions that are NULL where they can't be told. NULL passes through AND and OR just as false
 * would, so it is made false only under NOT and, by the caller, at the top.
 */
export function logicSql(rule: Rule, leaf: (rule: Leaf) => string): string {
  switch (rule.kind) {
    case "and":
    case "or":
      return `(${rule.parts.map((part) => logicSql(part, leaf)).join(rule.kind === "and" ? " AND " : " OR ")})`;
    case "not":
      return `NOT ${certain(logicSql(rule.part, leaf))}`;
    default:
      return leaf(rule);
  }
}

/** True or false, never NULL. */
export function certain(condition: string): string {
  return `coalesce(${condition}, FALSE)`;
}
