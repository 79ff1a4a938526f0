import type {
  ColumnCondition,
  Duration,
  Moment,
  NumberValue,
  Operand,
  Subject,
} from "../../../server/language/tree.ts";
import { isTime, type TypeKind } from "../../../server/language/types.ts";
import { NOWHERE } from "./model.ts";

/** How a column is asked, as one chooses it; NOT is part of it where the language has it so. */
export interface ColumnOperator {
  readonly id: string;
  readonly label: string;
}

/** The operators that fit a type, in the order in which they are offered. */
export function operatorsFor(kind: TypeKind): readonly ColumnOperator[] {
  const wanted = isTime(kind) ? TIME : (FITTING[kind] ?? ANY);
  return wanted.map((id) => ({ id, label: LABELS[id] ?? id }));
}

/** The operator that a condition has. */
export function operatorOf(condition: ColumnCondition): ColumnOperator {
  const id = idOf(condition);
  return { id, label: LABELS[id] ?? id };
}

/** The same column asked another way, with as much of what it was compared with as fits. */
export function withOperator(condition: ColumnCondition, id: string, kind: TypeKind): ColumnCondition {
  const { subject } = condition;
  const not = id.startsWith("not ");
  const what = id.replace(/^not /, "");
  const [first, second] = operandsOf(condition);
  const value = first ?? freshValue(kind);
  const duration = durationOf(condition) ?? DAYS;
  const moment = momentOf(first) ?? TODAY;
  const around = { subject, ...NOWHERE };
  if (isComparison(what)) return { ...around, kind: "compare", operator: what, value };
  if (isAgo(what)) return { ...around, kind: "ago", operator: what.slice("ago ".length) as "<", duration };
  switch (what) {
    case "between":
      return { ...around, kind: "between", negated: not, low: value, high: second ?? value };
    case "in": {
      const values = condition.kind === "among" ? condition.values : [value];
      return { ...around, kind: "among", negated: not, values };
    }
    case "contains":
    case "starts with":
    case "ends with":
      return { ...around, kind: "matches", negated: not, how: what, value };
    case "before":
    case "after":
    case "on":
      return { ...around, kind: "date", how: what, moment };
    case "in last":
      return { ...around, kind: "recent", negated: not, duration };
    case "anniversary":
      return { ...around, kind: "anniversary", duration };
    default:
      return { ...around, kind: "known", negated: not };
  }
}

/** A condition on a column to begin with. */
export function freshCondition(subject: Subject, kind: TypeKind): ColumnCondition {
  const known: ColumnCondition = { kind: "known", negated: false, subject, ...NOWHERE };
  const [first] = operatorsFor(kind);
  return withOperator(known, first?.id ?? "known", kind);
}

/** A value of a type to begin with. */
export function freshValue(kind: TypeKind): Operand {
  if (kind === "number") return { kind: "number", value: "0", notation: "plain", ...NOWHERE };
  if (kind === "boolean") return { kind: "boolean", value: true, ...NOWHERE };
  return isTime(kind) ? TODAY : { kind: "text", value: "", ...NOWHERE };
}

export const ONE: NumberValue = { kind: "number", value: "1", notation: "plain", ...NOWHERE };
export const DAYS: Duration = { count: { ...ONE, value: "30" }, unit: "day", ...NOWHERE };
export const TODAY: Moment = { kind: "input", name: "as_of", ...NOWHERE };

const COMPARISONS = ["=", "!=", "<", "<=", ">", ">="] as const;
const SETS = ["between", "not between", "in", "not in"];
const KNOWN = ["known", "not known"];

const FITTING: Readonly<Partial<Record<TypeKind, readonly string[]>>> = {
  number: [">=", ">", "=", "!=", "<", "<=", ...SETS, ...KNOWN],
  text: [
    ...["=", "!=", "in", "not in", "contains", "not contains", "starts with", "not starts with"],
    ...["ends with", "not ends with", ...KNOWN],
  ],
  boolean: ["=", "!=", ...KNOWN],
};
const TIME: readonly string[] = [
  ...["in last", "not in last", "ago <", "ago >", "before", "after", "on", "between", "not between", "anniversary"],
  ...KNOWN,
];
const ANY: readonly string[] = KNOWN;

const LABELS: Readonly<Record<string, string>> = {
  "=": "is",
  "!=": "is not",
  "<": "is less than",
  "<=": "is at most",
  ">": "is more than",
  ">=": "is at least",
  between: "is between",
  "not between": "is not between",
  in: "is one of",
  "not in": "is none of",
  contains: "contains",
  "not contains": "does not contain",
  "starts with": "starts with",
  "not starts with": "does not start with",
  "ends with": "ends with",
  "not ends with": "does not end with",
  known: "is known",
  "not known": "is not known",
  "ago <": "was less than … ago",
  "ago <=": "was at most … ago",
  "ago >": "was more than … ago",
  "ago >=": "was at least … ago",
  before: "was before",
  after: "was after",
  on: "was on",
  "in last": "was in the last",
  "not in last": "was not in the last",
  anniversary: "has its anniversary in the next",
};

function idOf(condition: ColumnCondition): string {
  const not = "negated" in condition && condition.negated ? "not " : "";
  switch (condition.kind) {
    case "compare":
      return condition.operator;
    case "ago":
      return `ago ${condition.operator}`;
    case "between":
    case "known":
      return not + condition.kind;
    case "among":
      return `${not}in`;
    case "matches":
    case "date":
      return not + condition.how;
    case "recent":
      return `${not}in last`;
    case "anniversary":
      return "anniversary";
  }
}

function operandsOf(condition: ColumnCondition): readonly Operand[] {
  switch (condition.kind) {
    case "compare":
    case "matches":
      return [condition.value];
    case "between":
      return [condition.low, condition.high];
    case "among":
      return condition.values;
    case "date":
      return [condition.moment];
    default:
      return [];
  }
}

function durationOf(condition: ColumnCondition): Duration | null {
  return "duration" in condition ? condition.duration : null;
}

function momentOf(operand: Operand | undefined): Moment | null {
  return operand?.kind === "moment" || operand?.kind === "input" ? operand : null;
}

function isComparison(id: string): id is (typeof COMPARISONS)[number] {
  return COMPARISONS.some((operator) => operator === id);
}

function isAgo(id: string): boolean {
  return id.startsWith("ago ");
}
