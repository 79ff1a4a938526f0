import { fromDouble } from "../language/decimal.ts";
import { printRule } from "../language/print-rule.ts";
import type { Duration, InputName, Operand, Rule, Step, Window } from "../language/tree.ts";
import type { InputValue } from "../language/vocabulary.ts";
import { decimalValue, momentValue, NOWHERE, textValue } from "./build.ts";
import type { Remarks } from "./remark.ts";

/** A rule with the values of its inputs in their places: elsewhere there are no inputs. Each is told. */
export function withInputs(rule: Rule, inputs: readonly InputValue[], remarks: Remarks): Rule | null {
  const at = printRule(rule);
  let isWhole = true;
  const valueFor = (name: InputName): Operand => {
    const input = inputs.find((one) => one.name === name.name);
    const value = input === undefined ? null : operandOf(input);
    if (value === null) {
      isWhole = false;
      remarks.error(at, {
        code: "input-without-value",
        message: `The input \`$${name.name}\` has no value.`,
        hint: "Give it one, or write the value into the rule.",
      });
      return name;
    }
    remarks.note(at, {
      code: "input-as-value",
      message: `\`$${name.name}\` is written as its present value, ${String(input?.value)}.`,
      hint: "Write it anew when the input changes.",
    });
    return value;
  };
  const filled = fill(rule, valueFor);
  return isWhole ? filled : null;
}

type ValueFor = (name: InputName) => Operand;

function operandOf({ type, value }: InputValue): Operand | null {
  if (value === null) return null;
  if (type === "date" || type === "timestamp") return momentValue(String(value));
  if (typeof value === "number") return decimalValue(fromDouble(value));
  return typeof value === "boolean" ? { kind: "boolean", value, ...NOWHERE } : textValue(value);
}

function fill(rule: Rule, valueFor: ValueFor): Rule {
  switch (rule.kind) {
    case "and":
    case "or":
      return { ...rule, parts: rule.parts.map((part) => fill(part, valueFor)) };
    case "not":
      return { ...rule, part: fill(rule.part, valueFor) };
    case "happened": {
      const { times } = rule;
      const filled = times === null || times.count === null ? times : { ...times, count: one(times.count, valueFor) };
      return { ...rule, step: ofStep(rule.step, valueFor), times: filled, window: ofWindow(rule.window, valueFor) };
    }
    case "sequence": {
      const steps = rule.steps.map((step) => ofStep(step, valueFor));
      return { ...rule, steps, within: ofDuration(rule.within, valueFor), window: ofWindow(rule.window, valueFor) };
    }
    case "measured": {
      const { measure, test } = rule;
      const filled =
        test.kind === "compare"
          ? { ...test, value: one(test.value, valueFor) }
          : { ...test, low: one(test.low, valueFor), high: one(test.high, valueFor) };
      const window = ofWindow(measure.window, valueFor);
      return { ...rule, measure: { ...measure, step: ofStep(measure.step, valueFor), window }, test: filled };
    }
    case "in segment":
    case "known":
      return rule;
    case "entered":
    case "left":
      return { ...rule, window: ofWindow(rule.window, valueFor) ?? rule.window };
    case "compare":
    case "matches":
      return { ...rule, value: one(rule.value, valueFor) };
    case "between":
      return { ...rule, low: one(rule.low, valueFor), high: one(rule.high, valueFor) };
    case "among":
      return { ...rule, values: rule.values.map((value) => one(value, valueFor)) };
    case "date":
      return { ...rule, moment: one(rule.moment, valueFor) };
    case "ago":
    case "recent":
    case "anniversary":
      return { ...rule, duration: ofDuration(rule.duration, valueFor) };
  }
}

function ofStep(step: Step, valueFor: ValueFor): Step {
  return step.where === null ? step : { ...step, where: fill(step.where, valueFor) };
}

function ofWindow(window: Window | null, valueFor: ValueFor): Window | null {
  if (window === null) return null;
  if ("duration" in window) return { ...window, duration: ofDuration(window.duration, valueFor) };
  if ("moment" in window) return { ...window, moment: one(window.moment, valueFor) };
  return { ...window, low: one(window.low, valueFor), high: one(window.high, valueFor) };
}

function ofDuration(duration: Duration, valueFor: ValueFor): Duration {
  return { ...duration, count: one(duration.count, valueFor) };
}

/** The checker has made sure that an input's value is of the kind that its place takes. */
function one<T extends Operand>(value: T, valueFor: ValueFor): T {
  return value.kind === "input" ? (valueFor(value) as T) : value;
}
