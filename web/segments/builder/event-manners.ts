import type {
  EventCondition,
  Measure,
  MeasureName,
  MeasureTest,
  Step,
  Subject,
  Times,
} from "../../../server/language/tree.ts";
import { isTime, kindOf } from "../../../server/language/types.ts";
import type { Column, EventWord } from "../../../server/language/vocabulary.ts";
import { DAYS, ONE } from "./column-operators.ts";
import { NOWHERE } from "./model.ts";

/** What is asked of an event: how often it happened, what a column of it comes to, or what followed it. */
export interface Manner {
  readonly id: string;
  readonly label: string;
}

/** Those that fit an event's columns, in the order in which they are offered. */
export function mannersFor(event: EventWord | null): readonly Manner[] {
  const columns = event?.columns ?? [];
  const numbers = columns.some(({ type }) => kindOf(type) === "number");
  const measures = MEASURES.filter((how) => (how === "distinct" ? columns.length > 0 : numbers));
  return [...TIMES, "count", ...measures, "sequence"].map((id) => ({ id, label: LABELS[id] ?? id }));
}

export function mannerOf(condition: EventCondition): Manner {
  const id = idOf(condition);
  return { id, label: LABELS[id] ?? id };
}

/** The same event asked another way, with its WHERE and window. */
export function withManner(condition: EventCondition, id: string, event: EventWord | null): EventCondition {
  const step = stepOf(condition);
  const window = windowOf(condition);
  const count = condition.kind === "happened" ? (condition.times?.count ?? ONE) : ONE;
  if (id === "sequence")
    return { kind: "sequence", steps: [step, { ...step, where: null }], within: DAYS, window, ...NOWHERE };
  if (id === "once") return { kind: "happened", step, times: null, window, ...NOWHERE };
  if (isTimes(id)) {
    const times: Times = { how: id, count: id === "never" ? null : count, ...NOWHERE };
    return { kind: "happened", step, times, window, ...NOWHERE };
  }
  const how = id as Exclude<MeasureName, "most frequent">;
  const kept = condition.kind === "measured" ? condition.measure.property : null;
  const property = how === "count" ? null : (kept ?? propertyFor(event?.columns ?? [], how));
  const measure: Measure = { kind: "measure", how, property, step, window, ...NOWHERE };
  const fresh: MeasureTest = { kind: "compare", operator: ">=", value: ONE };
  return { kind: "measured", measure, test: condition.kind === "measured" ? condition.test : fresh, ...NOWHERE };
}

/** The event that a condition is about; of a sequence the first. */
export function stepOf(condition: EventCondition): Step {
  if (condition.kind === "measured") return condition.measure.step;
  if (condition.kind === "happened") return condition.step;
  return condition.steps[0] ?? { words: "", relation: "", marked: false, where: null, ...NOWHERE };
}

export function withStep(condition: EventCondition, step: Step): EventCondition {
  if (condition.kind === "measured") return { ...condition, measure: { ...condition.measure, step } };
  if (condition.kind === "happened") return { ...condition, step };
  return { ...condition, steps: [step, ...condition.steps.slice(1)] };
}

export function windowOf(condition: EventCondition): Measure["window"] {
  return condition.kind === "measured" ? condition.measure.window : condition.window;
}

export function withWindow(condition: EventCondition, window: Measure["window"]): EventCondition {
  if (condition.kind === "measured") return { ...condition, measure: { ...condition.measure, window } };
  return { ...condition, window };
}

/** An event to begin with: at least once, at any time. */
export function freshEvent(event: EventWord): EventCondition {
  return { kind: "happened", step: freshStep(event), times: null, window: null, ...NOWHERE };
}

export function freshStep({ words, relation }: EventWord): Step {
  return { words, relation, marked: false, where: null, ...NOWHERE };
}

/** Columns that a measure can be taken of. */
export function measurable(columns: readonly Column[], how: MeasureName): readonly Column[] {
  return columns.filter(({ type }) => {
    const kind = kindOf(type);
    if (how === "distinct") return true;
    return kind === "number" || ((how === "min" || how === "max") && (isTime(kind) || kind === "text"));
  });
}

const TIMES = ["once", "at least", "at most", "exactly", "more than", "fewer than", "never"] as const;
const MEASURES: readonly MeasureName[] = ["sum", "average", "median", "min", "max", "stddev", "distinct"];

const LABELS: Readonly<Record<string, string>> = {
  once: "at least once",
  "at least": "at least … times",
  "at most": "at most … times",
  exactly: "exactly … times",
  "more than": "more than … times",
  "fewer than": "fewer than … times",
  never: "never",
  count: "number of times",
  sum: "sum of",
  average: "average of",
  median: "median of",
  min: "smallest",
  max: "largest",
  stddev: "standard deviation of",
  distinct: "number of different",
  sequence: "followed by",
};

function idOf(condition: EventCondition): string {
  if (condition.kind === "sequence") return "sequence";
  if (condition.kind === "measured") return condition.measure.how;
  return condition.times?.how ?? "once";
}

function isTimes(id: string): id is Times["how"] {
  return id !== "once" && TIMES.some((how) => how === id);
}

function propertyFor(columns: readonly Column[], how: MeasureName): Subject | null {
  const [first] = measurable(columns, how);
  return first === undefined ? null : { name: first.name, marked: false, ...NOWHERE };
}
