import { checkMoment, checkOperand, checkQuantity, typeProblem } from "./check-values.ts";
import type { ColumnCondition, Expression, Measure, Rule, Span, Step, Window } from "./tree.ts";
import { isTime, kindOf, spoken, type TypeKind } from "./types.ts";
import type { Column, LanguageProblem, Vocabulary } from "./vocabulary.ts";

/** Conditions whose types don't fit: a number compared with a text, a window on what is no time, an input of a wrong kind. */
export function checkRule(rule: Rule, vocabulary: Vocabulary): LanguageProblem[] {
  return checkPart(vocabulary, rule, vocabulary.attributes);
}

/** Expressions that calculate with what are no numbers. */
export function checkExpression(expression: Expression, vocabulary: Vocabulary): LanguageProblem[] {
  switch (expression.kind) {
    case "number":
      return [];
    case "input":
      return checkQuantity(vocabulary, expression);
    case "negative":
      return checkCalculated(expression.part, vocabulary);
    case "arithmetic":
      return [...checkCalculated(expression.left, vocabulary), ...checkCalculated(expression.right, vocabulary)];
    case "since":
    case "gap":
      return [...checkStep(vocabulary, expression.step), ...checkWindow(vocabulary, expression.window)];
    case "measure":
      return checkMeasure(vocabulary, expression);
  }
}

function checkCalculated(expression: Expression, vocabulary: Vocabulary): LanguageProblem[] {
  const problems = checkExpression(expression, vocabulary);
  if (expression.kind !== "measure") return problems;
  const kind = kindOfMeasure(vocabulary, expression);
  if (kind === null || kind === "number") return problems;
  const message = `The ${expression.how} of \`${expression.property?.name}\` is ${spoken(kind)}, which can't be calculated with.`;
  return [...problems, typeProblem(expression, { message, hint: "Calculate with numbers only." })];
}

function checkPart(vocabulary: Vocabulary, rule: Rule, columns: readonly Column[]): LanguageProblem[] {
  switch (rule.kind) {
    case "and":
    case "or":
      return rule.parts.flatMap((part) => checkPart(vocabulary, part, columns));
    case "not":
      return checkPart(vocabulary, rule.part, columns);
    case "happened": {
      const count = checkQuantity(vocabulary, rule.times?.count ?? null);
      return [...checkStep(vocabulary, rule.step), ...count, ...checkWindow(vocabulary, rule.window)];
    }
    case "sequence": {
      const steps = rule.steps.flatMap((step) => checkStep(vocabulary, step));
      return [...steps, ...checkQuantity(vocabulary, rule.within.count), ...checkWindow(vocabulary, rule.window)];
    }
    case "measured": {
      const { measure, test } = rule;
      const kind = kindOfMeasure(vocabulary, measure);
      const values = test.kind === "compare" ? [test.value] : [test.low, test.high];
      const checked = values.flatMap((value) => checkOperand(vocabulary, value, kind, `The ${measure.how}`));
      return [...checkMeasure(vocabulary, measure), ...checked];
    }
    case "in segment":
      return [];
    case "entered":
    case "left":
      return checkWindow(vocabulary, rule.window);
    default:
      return checkColumn(vocabulary, rule, columns);
  }
}

function checkColumn(vocabulary: Vocabulary, rule: ColumnCondition, columns: readonly Column[]): LanguageProblem[] {
  const kind = kindOfColumn(vocabulary, rule.subject.name, columns);
  const name = `\`${rule.subject.name}\``;
  switch (rule.kind) {
    case "known":
      return [];
    case "compare": {
      const unordered = kind === "boolean" && rule.operator !== "=" && rule.operator !== "!=";
      const slip = { message: `${name} is true or false, which has no order.`, hint: "Compare it by = or !=." };
      return [...(unordered ? [typeProblem(rule, slip)] : []), ...checkOperand(vocabulary, rule.value, kind, name)];
    }
    case "between":
      return [rule.low, rule.high].flatMap((value) => checkOperand(vocabulary, value, kind, name));
    case "among":
      return rule.values.flatMap((value) => checkOperand(vocabulary, value, kind, name));
    case "matches": {
      const message = `${name} is ${kind && spoken(kind)}; ${rule.how.toUpperCase()} looks into texts.`;
      const slip = { message, hint: "Compare it by =, <, > or BETWEEN." };
      const misfit = kind !== null && kind !== "text" ? [typeProblem(rule.subject, slip)] : [];
      return [...misfit, ...checkOperand(vocabulary, rule.value, "text", `${rule.how.toUpperCase()}'s value`)];
    }
    case "date":
      return [...checkMoment(vocabulary, rule.moment), ...needTime(rule.subject, kind)];
    case "ago":
    case "recent":
      return [...checkQuantity(vocabulary, rule.duration.count), ...needTime(rule.subject, kind)];
    case "anniversary": {
      const short = rule.duration.unit === "minute" || rule.duration.unit === "hour";
      const message = "An anniversary is a day, so minutes and hours don't apply.";
      const hint = "Write `anniversary in next 7 days`.";
      const slip = { ...typeProblem(rule.duration, { message, hint }), code: "unknown-unit" };
      const count = checkQuantity(vocabulary, rule.duration.count);
      return [...(short ? [slip] : []), ...count, ...needTime(rule.subject, kind)];
    }
  }
}

function needTime(subject: Span & { readonly name: string }, kind: TypeKind | null): LanguageProblem[] {
  if (kind === null || isTime(kind)) return [];
  const message = `\`${subject.name}\` is ${spoken(kind)}, not a time.`;
  const hint = "Windows and dates need a column of type DATE or TIMESTAMP.";
  return [{ ...typeProblem(subject, { message, hint }), code: "not-a-time" }];
}

function checkStep(vocabulary: Vocabulary, step: Step): LanguageProblem[] {
  return step.where ? checkPart(vocabulary, step.where, columnsOf(vocabulary, step)) : [];
}

function checkWindow(vocabulary: Vocabulary, window: Window | null): LanguageProblem[] {
  if (!window) return [];
  if ("duration" in window) return checkQuantity(vocabulary, window.duration.count);
  const moments = "moment" in window ? [window.moment] : [window.low, window.high];
  return moments.flatMap((moment) => checkMoment(vocabulary, moment));
}

/** A column without any value is read as text, since nothing tells what it would hold. */
const NUMBERS =
  "Take a column of numbers, or `distinct`. If it would hold numbers, were any there, give it a type under `columns` of its source.";

function checkMeasure(vocabulary: Vocabulary, measure: Measure): LanguageProblem[] {
  const { how, property, step, window } = measure;
  const around = [...checkStep(vocabulary, step), ...checkWindow(vocabulary, window)];
  const kind = property && kindOfColumn(vocabulary, property.name, columnsOf(vocabulary, step));
  if (!property || kind === null || how === "distinct" || how === "most frequent") return around;
  if (how === "min" || how === "max") {
    const slip = { message: `\`${property.name}\` has no order.`, hint: "Take a number, a text or a time." };
    return kind === "other" || kind === "boolean" ? [...around, typeProblem(property, slip)] : around;
  }
  if (kind === "number") return around;
  const message = `\`${property.name}\` is ${spoken(kind)}; ${how.toUpperCase()} needs numbers.`;
  return [...around, typeProblem(property, { message, hint: NUMBERS })];
}

/** What a measure yields; null where that is not known. */
function kindOfMeasure(vocabulary: Vocabulary, { how, property, step }: Measure): TypeKind | null {
  if (how !== "min" && how !== "max" && how !== "most frequent") return "number";
  return property && kindOfColumn(vocabulary, property.name, columnsOf(vocabulary, step));
}

function kindOfColumn(vocabulary: Vocabulary, name: string, columns: readonly Column[]): TypeKind | null {
  const type = columns.find((column) => column.name === name)?.type;
  return type === undefined || vocabulary.provisional ? null : kindOf(type);
}

function columnsOf(vocabulary: Vocabulary, step: Step): readonly Column[] {
  const event = vocabulary.events.find((each) => each.words === step.words && each.relation === step.relation);
  return event?.columns ?? [];
}
