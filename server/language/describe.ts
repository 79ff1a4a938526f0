import { daysAhead, lastDay } from "./clock.ts";
import { type Told, valueOfInput, withName } from "./describe-input.ts";
import {
  namingZoneOnce,
  sayAgo,
  sayBetween,
  sayDay,
  sayDays,
  sayLast,
  sayMoment,
  sayWindow,
  sayWithin,
} from "./describe-time.ts";
import { isMoment } from "./moment.ts";
import { printDuration } from "./print-operand.ts";
import type {
  ColumnCondition,
  Comparison,
  Duration,
  Expression,
  Measure,
  MeasureTest,
  Moment,
  Operand,
  Rule,
  SegmentName,
  Step,
  Times,
  Window,
} from "./tree.ts";

/** A rule in plain words, relative times as the dates that they are at the clock's `as_of`; their zone is named once. */
export function describeRule(rule: Rule, clock: Told): string {
  return namingZoneOnce(sayRule(rule, clock), clock.zone);
}

function sayRule(rule: Rule, clock: Told): string {
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
      return `${steps}, all within ${sayDuration(rule.within, clock)}${rule.window ? "," : ""}${sayTail(rule.window, clock)}`;
    }
    case "measured":
      return `the ${sayMeasure(rule.measure, clock)} ${sayTest(rule.test, clock)}`;
    case "in segment":
      return `in segment ${saySegment(rule.segment)}`;
    case "entered":
    case "left":
      return `${rule.kind} segment ${saySegment(rule.segment)} ${sayWindow(rule.window, clock)}`;
    default:
      return `${rule.subject.name} ${sayCondition(rule, clock)}`;
  }
}

/** An expression in plain words. */
export function describeExpression(expression: Expression, clock: Told): string {
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
      return `average days from one ${sayEvents(expression.step, "event", clock)} to the next${sayTail(expression.window, clock)}`;
    case "since": {
      const { unit, which, step, window } = expression;
      const short = unit === "minute" || unit === "hour";
      const what = short ? `${unit}s` : unit === "week" ? "weeks (days over 7)" : `whole calendar ${unit}s`;
      const end = short ? "the moment of the run's as_of" : sayDay(lastDay(clock));
      return `${what} from the ${which} ${sayEvents(step, "event", clock)}${sayTail(window, clock)} to ${end}`;
    }
  }
}

/** Which events are meant, in plain words: the event, its WHERE and its window. */
export function describeEvents(step: Step, window: Window | null, clock: Told): string {
  return `${sayStep(step, clock)}${sayTail(window, clock)}`;
}

function sayPart(rule: Rule, clock: Told): string {
  return rule.kind === "and" || rule.kind === "or" ? `(${sayRule(rule, clock)})` : sayRule(rule, clock);
}

function sayNot(part: Rule, clock: Told): string {
  if (part.kind === "happened" && part.times === null) {
    return sayHappened(part.step, { how: "never", count: null, from: part.from, to: part.to }, part.window, clock);
  }
  if (part.kind === "in segment") return `not ${sayRule(part, clock)}`;
  return `not (${sayRule(part, clock)})`;
}

function saySegment({ cell, name, qualified }: SegmentName): string {
  return qualified ? `${name} of ${cell}` : name;
}

function sayHappened(step: Step, times: Times | null, window: Window | null, clock: Told): string {
  const tail = sayTail(window, clock);
  if (times?.how === "never") return `never ${sayStep(step, clock)}${tail}`;
  return `${sayStep(step, clock)} ${times ? sayTimes(times, clock) : "at least once"}${tail}`;
}

function sayTimes(times: Times, clock: Told): string {
  if (!times.count) return "never";
  const count = sayValue(times.count, clock);
  return `${times.how} ${count} ${/^1( |$)/.test(count) ? "time" : "times"}`;
}

function sayDuration({ count, unit }: Duration, clock: Told): string {
  const said = sayValue(count, clock);
  return `${said} ${said === "1" ? unit : `${unit}s`}`;
}

function sayStep(step: Step, clock: Told): string {
  return `${step.words}${sayWhere(step, clock)}`;
}

/** An event's words are what somebody did or a name; where events are counted, they stand before a noun. */
function sayEvents(step: Step, noun: "event" | "events", clock: Told): string {
  return `${step.words} ${noun}${sayWhere(step, clock)}`;
}

function sayWhere({ where }: Step, clock: Told): string {
  return where ? ` (where ${sayRule(where, clock)})` : "";
}

function sayTail(window: Window | null, clock: Told): string {
  return window ? ` ${sayWindow(window, clock)}` : "";
}

function sayMeasure(measure: Measure, clock: Told): string {
  const of = measure.property ? `${measure.property.name} of ` : "";
  const events = sayEvents(measure.step, "events", clock);
  return `${MEASURED[measure.how]} ${of}${events}${sayTail(measure.window, clock)}`;
}

const MEASURED: Readonly<Record<Measure["how"], string>> = {
  count: "number of",
  distinct: "number of different values of",
  sum: "sum of",
  average: "average",
  median: "median",
  min: "smallest",
  max: "largest",
  stddev: "standard deviation of",
  "most frequent": "most frequent",
};

function sayTest(test: MeasureTest, clock: Told): string {
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

function sayComparison(operator: Comparison, value: Operand, clock: Told): string {
  const known = value.kind === "input" ? valueOfInput(value, clock) : value;
  // A quoted date that is compared by order is a date; one that something is equal to may be a text.
  const quoted = operator === "=" || operator === "!=" ? null : quotedMoment(value);
  const dated = known?.kind === "moment" || quoted !== null;
  return `${(dated ? DATED : COMPARED)[operator]} ${sayValue(quoted ?? value, clock)}`;
}

function sayCondition(rule: ColumnCondition, clock: Told): string {
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
      if (rule.operator === "<") return `is ${sayWithin("after", rule.duration, clock)}`;
      if (rule.operator === "<=") return `is ${sayWithin("not before", rule.duration, clock)}`;
      return `${rule.operator === ">" ? "is before" : "is not after"} ${sayAgo(rule.duration, clock)}`;
    }
    case "date":
      return `is ${rule.how} ${sayMoment(rule.moment, clock)}`;
    case "recent":
      return `${not ? "is known and not" : "is"} ${sayLast(rule.duration, clock)}`;
    case "anniversary": {
      const { count, unit } = rule.duration;
      const known = count.kind === "input" ? valueOfInput(count, clock) : count;
      const end = known?.kind === "number" ? daysAhead(clock, Number(known.value), unit) : null;
      const days = end ? sayDays(lastDay(clock), end) : `in the next ${printDuration(rule.duration)}`;
      return end ? withName(`has its anniversary ${days}`, count) : `has its anniversary ${days}`;
    }
  }
}

function sayRange(first: Operand, second: Operand, clock: Told): string {
  const [low, high] = [quotedMoment(first) ?? first, quotedMoment(second) ?? second];
  if (isMomentValue(low, clock) && isMomentValue(high, clock)) return sayBetween(low, high, clock);
  return `between ${sayValue(low, clock)} and ${sayValue(high, clock)}`;
}

function quotedMoment(value: Operand): Moment | null {
  const { from, to } = value;
  return value.kind === "text" && isMoment(value.value) ? { kind: "moment", text: value.value, from, to } : null;
}

function isMomentValue(value: Operand, clock: Told): value is Moment {
  return value.kind === "moment" || (value.kind === "input" && valueOfInput(value, clock)?.kind === "moment");
}

function sayOperand(expression: Expression, clock: Told): string {
  const said = describeExpression(expression, clock);
  return expression.kind === "arithmetic" || expression.kind === "negative" ? `(${said})` : said;
}

function sayValue(value: Operand, clock: Told): string {
  switch (value.kind) {
    case "number":
      return value.value;
    case "text":
      return `'${value.value}'`;
    case "boolean":
      return value.value ? "true" : "false";
    case "moment":
      return sayMoment(value, clock);
    case "input": {
      const known = valueOfInput(value, clock);
      return known === null ? `$${value.name}` : withName(sayValue(known, clock), value);
    }
  }
}
