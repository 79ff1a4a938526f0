import { daysAhead, lastDay } from "./clock.ts";
import { sayAgo, sayBetween, sayDay, sayDays, sayLast, sayMoment, sayWindow } from "./describe-time.ts";
import { isMoment } from "./moment.ts";
import { printDuration } from "./print-operand.ts";
import type {
  ColumnCondition,
  Comparison,
  Expression,
  Measure,
  MeasureTest,
  Moment,
  Operand,
  Rule,
  Step,
  Times,
  Window,
} from "./tree.ts";
import type { Clock } from "./vocabulary.ts";

/** A rule in plain words, relative times as the dates that they are at the clock's `as_of`. */
export function describeRule(rule: Rule, clock: Clock): string {
  switch (rule.kind) {
    case "and":
    case "or":
      return rule.parts.map((part) => sayPart(part, clock)).join(`, ${rule.kind} `);
    case "not":
      return sayNot(rule.part, clock);
    case "happened":
      return sayHappened(rule.step, rule.times, rule.window, clock);
    case "sequence": {
      const steps = rule.steps.map((step) => sayStep(step, clock)).join(", then ");
      return `${steps}, all within ${printDuration(rule.within)}${rule.window ? "," : ""}${sayTail(rule.window, clock)}`;
    }
    case "measured":
      return `the ${sayMeasure(rule.measure, clock)} ${sayTest(rule.test, clock)}`;
    case "in segment":
      return `in segment ${rule.segment.name}`;
    case "entered":
    case "left":
      return `${rule.kind} segment ${rule.segment.name} ${sayWindow(rule.window, clock)}`;
    default:
      return `${rule.subject.name} ${sayCondition(rule, clock)}`;
  }
}

/** An expression in plain words. */
export function describeExpression(expression: Expression, clock: Clock): string {
  switch (expression.kind) {
    case "number":
    case "input":
      return sayValue(expression, clock);
    case "measure":
      return sayMeasure(expression, clock);
    case "negative":
      return `minus ${sayOperand(expression.part, clock)}`;
    case "arithmetic": {
      const words = { "+": "plus", "-": "minus", "*": "times", "/": "divided by" }[expression.operator];
      return `${sayOperand(expression.left, clock)} ${words} ${sayOperand(expression.right, clock)}`;
    }
    case "gap":
      return `average days from one ${sayStep(expression.step, clock)} to the next${sayTail(expression.window, clock)}`;
    case "since": {
      const { unit, which, step, window } = expression;
      const short = unit === "minute" || unit === "hour";
      const what = short ? `${unit}s` : unit === "week" ? "weeks (days over 7)" : `whole calendar ${unit}s`;
      const end = short ? "the moment of the run's as_of" : sayDay(lastDay(clock));
      return `${what} from the ${which} ${sayStep(step, clock)}${sayTail(window, clock)} to ${end}`;
    }
  }
}

/** Which events are meant, in plain words: the event, its WHERE and its window. */
export function describeEvents(step: Step, window: Window | null, clock: Clock): string {
  return `${sayStep(step, clock)}${sayTail(window, clock)}`;
}

function sayPart(rule: Rule, clock: Clock): string {
  return rule.kind === "and" || rule.kind === "or" ? `(${describeRule(rule, clock)})` : describeRule(rule, clock);
}

function sayNot(part: Rule, clock: Clock): string {
  if (part.kind === "happened" && part.times === null) {
    return sayHappened(part.step, { how: "never", count: null, from: part.from, to: part.to }, part.window, clock);
  }
  if (part.kind === "in segment") return `not ${describeRule(part, clock)}`;
  return `not (${describeRule(part, clock)})`;
}

function sayHappened(step: Step, times: Times | null, window: Window | null, clock: Clock): string {
  const tail = sayTail(window, clock);
  if (times?.how === "never") return `never ${sayStep(step, clock)}${tail}`;
  return `${sayStep(step, clock)} ${times ? sayTimes(times, clock) : "at least once"}${tail}`;
}

function sayTimes(times: Times, clock: Clock): string {
  if (!times.count) return "never";
  const count = sayValue(times.count, clock);
  return `${times.how} ${count} ${count === "1" ? "time" : "times"}`;
}

function sayStep(step: Step, clock: Clock): string {
  return step.where ? `${step.words} (where ${describeRule(step.where, clock)})` : step.words;
}

function sayTail(window: Window | null, clock: Clock): string {
  return window ? ` ${sayWindow(window, clock)}` : "";
}

function sayMeasure(measure: Measure, clock: Clock): string {
  const of = measure.property ? `${measure.property.name} of ` : "";
  const what = {
    count: "number of ",
    distinct: "number of different ",
    min: "smallest ",
    max: "largest ",
    "most frequent": "most frequent ",
  };
  const how =
    what[measure.how as keyof typeof what] ??
    (measure.how === "stddev" ? "standard deviation of " : `${measure.how} of `);
  return `${how}${of}${sayStep(measure.step, clock)}${sayTail(measure.window, clock)}`;
}

function sayTest(test: MeasureTest, clock: Clock): string {
  if (test.kind === "compare") return sayComparison(test.operator, test.value, clock);
  return `${test.negated ? "is known and not" : "is"} between ${sayValue(test.low, clock)} and ${sayValue(test.high, clock)}`;
}

const COMPARED = {
  "=": "is",
  "!=": "is known and not",
  "<": "is less than",
  "<=": "is at most",
  ">": "is more than",
  ">=": "is at least",
};
const DATED = {
  "=": "is on",
  "!=": "is known and not on",
  "<": "is before",
  "<=": "is not after",
  ">": "is after",
  ">=": "is not before",
};

function sayComparison(operator: Comparison, value: Operand, clock: Clock): string {
  const dated =
    value.kind === "moment" ||
    (value.kind === "text" && isMoment(value.value) && operator !== "=" && operator !== "!=");
  return `${(dated ? DATED : COMPARED)[operator]} ${sayValue(value, clock)}`;
}

function sayCondition(rule: ColumnCondition, clock: Clock): string {
  const not = "negated" in rule && rule.negated;
  switch (rule.kind) {
    case "compare":
      return sayComparison(rule.operator, rule.value, clock);
    case "between":
      return `${not ? "is known and not" : "is"} ${sayRange(rule.low, rule.high, clock)}`;
    case "among":
      return `${not ? "is known and none of" : "is one of"} ${rule.values.map((value) => sayValue(value, clock)).join(", ")}`;
    case "matches": {
      const [positive, negative] = {
        contains: ["contains", "contain"],
        "starts with": ["starts with", "start with"],
        "ends with": ["ends with", "end with"],
      }[rule.how];
      return `${not ? `is known and does not ${negative}` : positive} ${sayValue(rule.value, clock)}`;
    }
    case "known":
      return not ? "is missing" : "is known";
    case "ago": {
      const words = { "<": "is after", "<=": "is not before", ">": "is before", ">=": "is not after" }[rule.operator];
      return `${words} ${sayAgo(rule.duration, clock)}`;
    }
    case "date":
      return `is ${rule.how} ${sayMoment(rule.moment, clock)}`;
    case "recent":
      return `${not ? "is known and not" : "is"} ${sayLast(rule.duration, clock)}`;
    case "anniversary": {
      const { count, unit } = rule.duration;
      const end = count.kind === "number" ? daysAhead(clock, Number(count.value), unit) : null;
      return `has its anniversary ${end ? sayDays(lastDay(clock), end) : `in the next ${printDuration(rule.duration)}`}`;
    }
  }
}

function sayRange(low: Operand, high: Operand, clock: Clock): string {
  if (isMomentValue(low) && isMomentValue(high)) return sayBetween(low, high, clock);
  return `between ${sayValue(low, clock)} and ${sayValue(high, clock)}`;
}

function isMomentValue(value: Operand): value is Moment & { kind: "moment" } {
  return value.kind === "moment";
}

function sayOperand(expression: Expression, clock: Clock): string {
  const said = describeExpression(expression, clock);
  return expression.kind === "arithmetic" || expression.kind === "negative" ? `(${said})` : said;
}

function sayValue(value: Operand, clock: Clock): string {
  switch (value.kind) {
    case "number":
      return value.value;
    case "text":
      return `'${value.value}'`;
    case "boolean":
      return value.value ? "true" : "false";
    case "moment":
      return sayMoment(value, clock);
    case "input":
      return `$${value.name}`;
  }
}
