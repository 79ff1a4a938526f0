import { fromDouble } from "../../language/decimal.ts";
import type { ColumnCondition, Duration, Operand, Rule, Step, Subject, Window } from "../../language/tree.ts";
import type { Json, JsonObject } from "../json.ts";
import { matchName, SEGMENT_OPERATORS } from "./operators.ts";

/**
 * A rule as react-querybuilder's tree (version 8: `combinator`, `not`, `rules`, and `field`, `operator`, `value`), with
 * `segbook: 1` at its root, which says that texts are texts. Reading it gives the same tree.
 */
export function writeTree(rule: Rule): JsonObject {
  return { segbook: 1, ...groupOf(rule) };
}

function groupOf(rule: Rule): JsonObject {
  if (rule.kind === "and" || rule.kind === "or") return { combinator: rule.kind, rules: rule.parts.map(partOf) };
  if (rule.kind !== "not") return { combinator: "and", rules: [partOf(rule)] };
  const { part } = rule;
  if (part.kind === "and" || part.kind === "or")
    return { combinator: part.kind, not: true, rules: part.parts.map(partOf) };
  return { combinator: "and", not: true, rules: [partOf(part)] };
}

function partOf(rule: Rule): JsonObject {
  switch (rule.kind) {
    case "and":
    case "or":
    case "not":
      return groupOf(rule);
    case "happened": {
      const { how, count } = rule.times ?? { how: null, count: null };
      const value = how === null ? null : count === null ? { how } : { how, count: written(count) };
      return { ...stepOf(rule.step), operator: "happened", value, ...windowOf(rule.window) };
    }
    case "sequence": {
      const [first, ...others] = rule.steps.map(stepOf);
      return { ...first, operator: "then", value: others, within: durationOf(rule.within), ...windowOf(rule.window) };
    }
    case "measured": {
      const { how, property, step, window } = rule.measure;
      const { test } = rule;
      const tested =
        test.kind === "compare"
          ? { operator: test.operator, value: written(test.value) }
          : { operator: test.negated ? "notBetween" : "between", value: [written(test.low), written(test.high)] };
      const of = property === null ? {} : { of: property.name };
      return { ...stepOf(step), measure: how, ...of, ...tested, ...windowOf(window) };
    }
    case "in segment":
    case "entered":
    case "left": {
      const { cell, name, qualified } = rule.segment;
      const operator = Object.entries(SEGMENT_OPERATORS).find(([, kind]) => kind === rule.kind)?.[0] ?? rule.kind;
      const window = rule.kind === "in segment" ? {} : windowOf(rule.window);
      return { field: "segment", operator, value: name, cell, ...(qualified ? { qualified } : {}), ...window };
    }
    default:
      return { ...fieldOf(rule.subject), ...conditionOf(rule) };
  }
}

function conditionOf(rule: ColumnCondition): JsonObject {
  switch (rule.kind) {
    case "compare":
      return { operator: rule.operator, value: written(rule.value) };
    case "between":
      return { operator: rule.negated ? "notBetween" : "between", value: [written(rule.low), written(rule.high)] };
    case "among":
      return { operator: rule.negated ? "notIn" : "in", value: rule.values.map(written) };
    case "matches":
      return { operator: matchName(rule), value: written(rule.value) };
    case "known":
      return { operator: rule.negated ? "null" : "notNull", value: null };
    case "ago":
      return { operator: rule.operator, value: { ago: durationOf(rule.duration) } };
    case "date":
      return { operator: rule.how, value: written(rule.moment) };
    case "recent":
      return { operator: rule.negated ? "notInLast" : "inLast", value: durationOf(rule.duration) };
    case "anniversary":
      return { operator: "anniversaryInNext", value: durationOf(rule.duration) };
  }
}

function fieldOf({ name, marked }: Subject): JsonObject {
  return { field: name, ...(marked ? { marked } : {}) };
}

function stepOf({ words, relation, marked, where }: Step): JsonObject {
  const conditions = where === null ? {} : { where: groupOf(where) };
  return { field: words, event: relation, ...(marked ? { marked } : {}), ...conditions };
}

function windowOf(window: Window | null): JsonObject {
  if (window === null) return {};
  if ("duration" in window) return { window: { [window.kind]: durationOf(window.duration) } };
  if ("moment" in window) return { window: { [window.kind]: written(window.moment) } };
  return { window: { between: [written(window.low), written(window.high)] } };
}

function durationOf({ count, unit }: Duration): JsonObject {
  return { count: written(count), unit };
}

/** A number is one of JSON's where that holds it exactly. */
function written(value: Operand): Json {
  switch (value.kind) {
    case "text":
    case "boolean":
      return value.value;
    case "moment":
      return { moment: value.text };
    case "input":
      return { input: value.name };
    case "number": {
      if (value.notation !== "plain") return { number: value.value, notation: value.notation };
      const double = Number(value.value);
      const isExact = fromDouble(double) === value.value && (!Number.isInteger(double) || Number.isSafeInteger(double));
      return isExact ? double : { number: value.value };
    }
  }
}
