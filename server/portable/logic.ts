import type { ColumnCondition, Rule } from "../language/tree.ts";

/** AND, OR over what a platform can ask. */
export type Formula<Atom> =
  | { readonly kind: "atom"; readonly atom: Atom }
  | { readonly kind: "all" | "any"; readonly parts: readonly Formula<Atom>[] };

/** Whether a condition is to hold or to fail; a missing value makes every condition on it fail. */
export type Sense = "holds" | "fails";

export type Leaf = Exclude<Rule, { kind: "and" | "or" | "not" }>;

/**
 * A rule with its NOTs pushed down to the conditions, each of which `leaf` writes in the sense that it is needed in. Null
 * where one of them can't be written; all are tried, so that each is told.
 */
export function formulaOf<Atom>(
  rule: Rule,
  sense: Sense,
  leaf: (condition: Leaf, sense: Sense) => Formula<Atom> | null,
): Formula<Atom> | null {
  switch (rule.kind) {
    case "not":
      return formulaOf(rule.part, sense === "holds" ? "fails" : "holds", leaf);
    case "and":
    case "or": {
      const parts = rule.parts.map((part) => formulaOf(part, sense, leaf));
      const whole = parts.filter((part) => part !== null);
      if (whole.length < parts.length) return null;
      return { kind: (rule.kind === "and") === (sense === "holds") ? "all" : "any", parts: whole };
    }
    default:
      return leaf(rule, sense);
  }
}

/** What is wanted of a condition that is not negated itself, and what of people without a value. */
export type Wanted = "is" | "is not" | "is or unknown" | "is not or unknown";

/** A condition on a column without its own negation, and what is wanted of it. */
export function plainOf(condition: ColumnCondition, sense: Sense): { condition: ColumnCondition; wanted: Wanted } {
  const negated =
    condition.kind === "compare" ? condition.operator === "!=" : "negated" in condition && condition.negated;
  const plain = negated ? withoutNegation(condition) : condition;
  if (sense === "holds") return { condition: plain, wanted: negated ? "is not" : "is" };
  return { condition: plain, wanted: negated ? "is or unknown" : "is not or unknown" };
}

export function atom<Atom>(of: Atom): Formula<Atom> {
  return { kind: "atom", atom: of };
}

export function allOf<Atom>(...parts: readonly Formula<Atom>[]): Formula<Atom> {
  return { kind: "all", parts };
}

export function anyOf<Atom>(...parts: readonly Formula<Atom>[]): Formula<Atom> {
  return { kind: "any", parts };
}

function withoutNegation(condition: ColumnCondition): ColumnCondition {
  if (condition.kind === "compare") return { ...condition, operator: "=" };
  return "negated" in condition ? { ...condition, negated: false } : condition;
}
