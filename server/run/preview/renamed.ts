import type { Rule, Step } from "../../language/tree.ts";

/** Other names of relations and cells; a name that is not among them stays. */
export type Names = ReadonlyMap<string, string>;

/** The same rule over relations of other names. */
export function renamed(rule: Rule, names: Names): Rule {
  const named = (step: Step): Step => ({ ...step, relation: names.get(step.relation) ?? step.relation });
  switch (rule.kind) {
    case "and":
    case "or":
      return { ...rule, parts: rule.parts.map((part) => renamed(part, names)) };
    case "not":
      return { ...rule, part: renamed(rule.part, names) };
    case "happened":
      return { ...rule, step: named(rule.step) };
    case "sequence":
      return { ...rule, steps: rule.steps.map(named) };
    case "measured":
      return { ...rule, measure: { ...rule.measure, step: named(rule.measure.step) } };
    case "in segment":
      return { ...rule, segment: { ...rule.segment, cell: names.get(rule.segment.cell) ?? rule.segment.cell } };
    default:
      return rule;
  }
}
