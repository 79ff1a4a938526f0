import type { Rule } from "../../language/tree.ts";

/** The rule of those for whom a condition has no value to look at; null where it always has one. */
export function missingOf(rule: Rule): Rule | null {
  const { from, to } = rule;
  const not = (part: Rule): Rule => ({ kind: "not", from, to, part });
  if ("subject" in rule)
    return rule.kind === "known" ? null : not({ kind: "known", from, to, negated: false, subject: rule.subject });
  if (rule.kind !== "measured" || ALWAYS.has(rule.measure.how)) return null;
  // Equal to something or not: only what is missing is neither.
  const value = rule.test.kind === "compare" ? rule.test.value : rule.test.low;
  const compared = (operator: "=" | "!="): Rule => ({ ...rule, test: { kind: "compare", operator, value } });
  return not({ kind: "or", from, to, parts: [compared("="), compared("!=")] });
}

/** Measures that are 0 where there is nothing to measure. */
const ALWAYS: ReadonlySet<string> = new Set(["count", "sum", "distinct"]);
