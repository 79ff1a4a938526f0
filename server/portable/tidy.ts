import type { ColumnCondition, Rule } from "../language/tree.ts";
import { turnedSign } from "./signs.ts";

/**
 * The same rule in fewer words: beside `x is known`, `NOT x = 'a'` is `x != 'a'`, and whatever needs a value of x makes
 * `x is known` needless. What other tools must say in two conditions comes back as one.
 */
export function tidy(rule: Rule): Rule {
  if (rule.kind === "not") {
    const part = tidy(rule.part);
    return part.kind === "known" ? { ...part, negated: !part.negated } : { ...rule, part };
  }
  if (rule.kind !== "and" && rule.kind !== "or") return rule;
  const parts = rule.parts
    .map(tidy)
    .flatMap((part) => (part.kind === rule.kind && "parts" in part ? part.parts : [part]));
  const tidied = rule.kind === "and" ? beside(parts) : parts;
  const [only] = tidied;
  return tidied.length === 1 && only !== undefined ? only : { ...rule, parts: tidied };
}

function beside(parts: readonly Rule[]): Rule[] {
  const known = new Set(parts.flatMap((part) => (part.kind === "known" && !part.negated ? [part.subject.name] : [])));
  const turned = parts.map((part) => turnedWithin(part, known));
  const needing = new Set(
    turned.flatMap((part) => ("subject" in part && part.kind !== "known" ? [part.subject.name] : [])),
  );
  return turned.filter((part) => !(part.kind === "known" && !part.negated && needing.has(part.subject.name)));
}

function turnedWithin(part: Rule, known: ReadonlySet<string>): Rule {
  if (part.kind !== "not" || !("subject" in part.part) || !known.has(part.part.subject.name)) return part;
  return turned(part.part) ?? part;
}

/** The condition that holds where this one fails and there is a value; null where there is no one word for it. */
export function turned(condition: ColumnCondition): ColumnCondition | null {
  switch (condition.kind) {
    case "compare": {
      const operator = turnedSign(condition.operator);
      return { ...condition, operator };
    }
    case "between":
    case "among":
    case "matches":
    case "recent":
      return { ...condition, negated: !condition.negated };
    default:
      return null;
  }
}
