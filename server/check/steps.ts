import type { ColumnCondition, Expression, Rule, Step } from "../language/tree.ts";

/** A condition on a column, and the event whose property it is; null for an attribute. */
export interface Conditioned {
  readonly condition: ColumnCondition;
  readonly step: Step | null;
}

/** Every condition on a column in a rule or an expression, those inside WHERE among them. */
export function stepsOf(tree: Rule | Expression, step: Step | null = null): Conditioned[] {
  const inStep = (one: Step): Conditioned[] => (one.where === null ? [] : stepsOf(one.where, one));
  switch (tree.kind) {
    case "and":
    case "or":
      return tree.parts.flatMap((part) => stepsOf(part, step));
    case "not":
    case "negative":
      return stepsOf(tree.part, step);
    case "arithmetic":
      return [...stepsOf(tree.left, step), ...stepsOf(tree.right, step)];
    case "happened":
    case "since":
    case "gap":
    case "measure":
      return inStep(tree.step);
    case "sequence":
      return tree.steps.flatMap(inStep);
    case "measured":
      return inStep(tree.measure.step);
    case "number":
    case "input":
    case "in segment":
    case "entered":
    case "left":
      return [];
    default:
      return [{ condition: tree, step }];
  }
}
