import { fromDouble } from "../../language/decimal.ts";
import { printRule } from "../../language/print-rule.ts";
import type { ColumnCondition, Operand, Rule } from "../../language/tree.ts";
import { kindOf } from "../../language/types.ts";
import type { Vocabulary } from "../../language/vocabulary.ts";
import type { Json } from "../json.ts";
import type { Remarks } from "../remark.ts";

/** What a rule is written for. */
export interface JsonLogicContext {
  readonly vocabulary: Vocabulary;
  readonly remarks: Remarks;
  /** What an attribute is called there. */
  readonly named: (attribute: string) => string;
}

/**
 * A rule on attributes as JsonLogic (jsonlogic.com). Missing is null there, which JavaScript takes for 0 in `<`: each
 * condition asks first whether there is a value, so that both sides agree on everybody. Null where something can't be said.
 */
export function writeJsonLogic(rule: Rule, context: JsonLogicContext): Json | null {
  switch (rule.kind) {
    case "and":
    case "or": {
      const parts = rule.parts.map((part) => writeJsonLogic(part, context));
      return parts.includes(null) ? null : { [rule.kind]: parts };
    }
    case "not": {
      const part = writeJsonLogic(rule.part, context);
      return part === null ? null : { "!": [part] };
    }
    case "happened":
    case "sequence":
    case "measured":
      return unsaid(rule, context, "events", "Make it a feature, and write the rule on that attribute.");
    case "in segment":
    case "entered":
    case "left":
      return unsaid(rule, context, "segments", "Write that segment's own rule in its place.");
    default:
      return ofColumn(rule, context);
  }
}

function ofColumn(rule: ColumnCondition, context: JsonLogicContext): Json | null {
  const variable = { var: context.named(rule.subject.name) };
  const isKnown = { "!==": [variable, null] };
  const value = (operand: Operand) => jsonValue(operand, rule, context);
  switch (rule.kind) {
    case "known":
      return { [rule.negated ? "===" : "!=="]: [variable, null] };
    case "compare": {
      const operand = value(rule.value);
      if (operand === null) return null;
      if (rule.operator === "=") return { "===": [variable, operand] };
      return and(isKnown, { [rule.operator === "!=" ? "!==" : rule.operator]: [variable, operand] });
    }
    case "between": {
      const [low, high] = [value(rule.low), value(rule.high)];
      if (low === null || high === null) return null;
      // Of texts JsonLogic's own between takes three operands as well, but not every copy of it does.
      const within = and({ ">=": [variable, low] }, { "<=": [variable, high] });
      return and(isKnown, rule.negated ? { "!": [within] } : within);
    }
    case "among": {
      const values = rule.values.map(value);
      if (values.includes(null)) return null;
      const isIn = { in: [variable, values] };
      return rule.negated ? and(isKnown, { "!": [isIn] }) : isIn;
    }
    case "matches": {
      const part = value(rule.value);
      if (typeof part !== "string") return null;
      const found = matched(rule.how, variable, part);
      return and(isKnown, rule.negated ? { "!": [found] } : found);
    }
    default:
      return unsaid(rule, context, "dates and times", "Make the number of days an attribute, and compare that.");
  }
}

function matched(how: (ColumnCondition & { kind: "matches" })["how"], variable: Json, part: string): Json {
  if (how === "contains" || part === "") return { in: [part, variable] };
  const cut = how === "starts with" ? [0, part.length] : [-part.length];
  return { "===": [{ substr: [variable, ...cut] }, part] };
}

function jsonValue(operand: Operand, rule: ColumnCondition, context: JsonLogicContext): Json | null {
  const { name } = rule.subject;
  const type = context.vocabulary.attributes.find((column) => column.name === name)?.type;
  const isText = type !== undefined && kindOf(type) === "text";
  if (operand.kind === "boolean" || (operand.kind === "text" && (type === undefined || isText))) return operand.value;
  if (operand.kind === "number") {
    const double = Number(operand.value);
    if (fromDouble(double) === operand.value) return double;
    return unsaid(rule, context, `${operand.value} exactly`, "It has more digits than JSON's numbers.");
  }
  if (operand.kind === "input") return unsaid(rule, context, "inputs", "Put the value in its place.");
  return unsaid(rule, context, "dates and times", "Make the number of days an attribute, and compare that.");
}

function and(...parts: readonly Json[]): Json {
  return { and: parts };
}

function unsaid(rule: Rule, { remarks }: JsonLogicContext, what: string, hint: string): null {
  return remarks.error(printRule(rule), { code: "not-said-there", message: `JsonLogic does not say ${what}.`, hint });
}
