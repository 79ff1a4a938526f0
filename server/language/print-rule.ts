import { printColumn, printName } from "./print-name.ts";
import { printDuration, printMoment, printOperand } from "./print-operand.ts";
import type { ColumnCondition, Measure, MeasureTest, Rule, SegmentName, Step, Times, Window } from "./tree.ts";

/**
 * A rule's text. Reading it again under the same vocabulary gives the same tree, offsets aside; printing that gives the
 * same text.
 */
export function printRule(rule: Rule): string {
  return print(rule, "closed");
}

/**
 * `closed` where nothing can follow but the end or a bracket; `open` where AND or OR may, which a WHERE without
 * brackets would swallow.
 */
type Place = "closed" | "open";

function print(rule: Rule, place: Place): string {
  switch (rule.kind) {
    case "and":
    case "or":
      return rule.parts.map((part) => printPart(part)).join(rule.kind === "and" ? " AND " : " OR ");
    case "not":
      return `NOT ${printPart(rule.part)}`;
    case "happened": {
      const tail = [rule.times && printTimes(rule.times), rule.window && printWindow(rule.window)].filter(
        (part) => part !== null,
      );
      return [printStep(rule.step, tail.length > 0 ? "closed" : place), ...tail].join(" ");
    }
    case "sequence": {
      const steps = rule.steps.map((step) => printStep(step, "closed")).join(" then ");
      const window = rule.window ? ` ${printWindow(rule.window)}` : "";
      return `${steps} within ${printDuration(rule.within)}${window}`;
    }
    case "measured":
      return `${printMeasure(rule.measure)} ${printTest(rule.test)}`;
    case "in segment":
      return `in segment ${printSegment(rule.segment)}`;
    case "entered":
    case "left":
      return `${rule.kind} segment ${printSegment(rule.segment)} ${printWindow(rule.window)}`;
    default:
      return printCondition(rule);
  }
}

/** A part of AND, OR or NOT; another AND or OR inside keeps its brackets, so that the groups stay what they are. */
function printPart(rule: Rule): string {
  return rule.kind === "and" || rule.kind === "or" ? `(${print(rule, "closed")})` : print(rule, "open");
}

function printCondition(rule: ColumnCondition): string {
  const subject = `${rule.subject.marked ? "attribute " : ""}${printColumn(rule.subject.name)}`;
  const not = "negated" in rule && rule.negated ? "not " : "";
  switch (rule.kind) {
    case "compare":
      return `${subject} ${rule.operator} ${printOperand(rule.value)}`;
    case "between":
      return `${subject} ${not}between ${printOperand(rule.low)} and ${printOperand(rule.high)}`;
    case "among":
      return `${subject} ${not}in (${rule.values.map(printOperand).join(", ")})`;
    case "matches":
      return `${subject} ${not}${rule.how} ${printOperand(rule.value)}`;
    case "known":
      return `${subject} is ${not}known`;
    case "ago":
      return `${subject} ${rule.operator} ${printDuration(rule.duration)} ago`;
    case "date":
      return `${subject} ${rule.how} ${printMoment(rule.moment)}`;
    case "recent":
      return `${subject} ${not}in last ${printDuration(rule.duration)}`;
    case "anniversary":
      return `${subject} anniversary in next ${printDuration(rule.duration)}`;
  }
}

function printTimes(times: Times): string {
  return times.count === null ? "never" : `${times.how} ${printOperand(times.count)} times`;
}

function printTest(test: MeasureTest): string {
  if (test.kind === "compare") return `${test.operator} ${printOperand(test.value)}`;
  return `${test.negated ? "not " : ""}between ${printOperand(test.low)} and ${printOperand(test.high)}`;
}

function printSegment(segment: SegmentName): string {
  return segment.qualified ? `${segment.cell}.${printName(segment.name)}` : printName(segment.name);
}

/** An event and its WHERE, which stands in brackets unless it is one condition and nothing can follow it by AND or OR. */
export function printStep(step: Step, place: "closed" | "open"): string {
  const event = `${step.marked ? "event " : ""}${printName(step.words)}`;
  if (!step.where) return event;
  const single = step.where.kind !== "and" && step.where.kind !== "or" && step.where.kind !== "not";
  const where = printRule(step.where);
  return `${event} where ${single && place === "closed" ? where : `(${where})`}`;
}

export function printWindow(window: Window): string {
  switch (window.kind) {
    case "last":
      return `in last ${printDuration(window.duration)}`;
    case "ago":
      return `more than ${printDuration(window.duration)} ago`;
    case "before":
    case "after":
      return `${window.kind} ${printMoment(window.moment)}`;
    case "between":
      return `between ${printMoment(window.low)} and ${printMoment(window.high)}`;
  }
}

/** A measure; its WHERE keeps brackets where a comparison may follow. */
export function printMeasure(measure: Measure): string {
  const { how, property, step, window } = measure;
  const of = property
    ? `${how === "distinct" || how === "most frequent" ? how : `${how} of`} ${printColumn(property.name)} of`
    : "count of";
  const tail = window ? ` ${printWindow(window)}` : "";
  return `${of} ${printStep(step, window ? "closed" : "open")}${tail}`;
}
