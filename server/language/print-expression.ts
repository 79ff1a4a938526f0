import { printOperand } from "./print-operand.ts";
import { printMeasure, printStep, printWindow } from "./print-rule.ts";
import type { Expression } from "./tree.ts";

/** An expression's text; reading it again gives the same tree, offsets aside. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "number":
    case "input":
      return printOperand(expression);
    case "measure":
      return printMeasure(expression);
    case "negative":
      // `-5` would be read as a number of its own.
      return expression.part.kind === "number"
        ? `-(${printOperand(expression.part)})`
        : `-${printTight(expression.part)}`;
    case "arithmetic": {
      const { operator, left, right } = expression;
      const product = operator === "*" || operator === "/";
      const first = product ? printFactor(left) : printExpression(left);
      const second = product || isSum(right) ? printTight(right) : printExpression(right);
      return `${first} ${operator} ${second}`;
    }
    case "since":
    case "gap": {
      const what = expression.kind === "gap" ? "average days between" : `${expression.unit}s since ${expression.which}`;
      const tail = expression.window ? ` ${printWindow(expression.window)}` : "";
      return `${what} ${printStep(expression.step, expression.window ? "closed" : "open")}${tail}`;
    }
  }
}

function isSum(expression: Expression): boolean {
  return expression.kind === "arithmetic" && (expression.operator === "+" || expression.operator === "-");
}

/** Left of `*` and `/`: a sum takes brackets, a product does not. */
function printFactor(expression: Expression): string {
  return isSum(expression) ? `(${printExpression(expression)})` : printExpression(expression);
}

/** Right of an operator and behind a sign: everything calculated takes brackets, and so does a second sign. */
function printTight(expression: Expression): string {
  const whole =
    expression.kind === "arithmetic" ||
    expression.kind === "negative" ||
    (expression.kind === "number" && expression.value.startsWith("-"));
  return whole ? `(${printExpression(expression)})` : printExpression(expression);
}
