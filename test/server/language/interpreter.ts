import { Temporal } from "temporal-polyfill";
import type {
  ColumnCondition,
  Comparison,
  Duration,
  Operand,
  Rule,
  Step,
  Times,
  Window,
} from "../../../server/language/tree.ts";
import type { Clock, Column, EventWord, Vocabulary } from "../../../server/language/vocabulary.ts";
import { instantOf, isAfter, isBefore, lastDay, now, spanOf, step, timeCompares } from "./interpret-time.ts";
import { measure } from "./interpret-values.ts";

/**
 * The language once more, slow and plain: it walks the tree for one person over rows in memory. It shares only the tree
 * with the compiler. Times are ISO texts: `2026-08-12`, `2026-08-12T09:30:00`, or with `Z` at their end.
 */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

export interface World {
  readonly vocabulary: Vocabulary;
  readonly clock: Clock;
  readonly relations: Readonly<Record<string, readonly Row[]>>;
  /** The rules of the cell at hand, `groups`, which IN SEGMENT may name. */
  readonly rules?: readonly { readonly name: string; readonly rule: Rule }[];
}

export function holds(world: World, person: Row, rule: Rule): boolean {
  switch (rule.kind) {
    case "and":
      return rule.parts.every((part) => holds(world, person, part));
    case "or":
      return rule.parts.some((part) => holds(world, person, part));
    case "not":
      return !holds(world, person, rule.part);
    case "happened":
      return timesHold(world, eventsOf(world, person, rule.step, rule.window).length, rule.times);
    case "sequence":
      return sequenceHolds(world, person, rule);
    case "measured": {
      const value = measure(world, person, rule.measure);
      if (value === null) return false;
      const { test } = rule;
      if (test.kind === "compare") return ordered(value, test.operator, plainValue(world, test.value));
      const [low, high] = [plainValue(world, test.low), plainValue(world, test.high)];
      const inside = ordered(value, ">=", low) && ordered(value, "<=", high);
      return inside !== test.negated;
    }
    case "in segment": {
      const { cell, name } = rule.segment;
      const own = cell === "groups" ? world.rules?.find((each) => each.name === name) : undefined;
      if (own) return holds(world, person, own.rule);
      const members = world.relations[cell] ?? [];
      return members.some((row) => row.customer_id === person.customer_id && row.segment === name);
    }
    case "entered":
    case "left":
      throw new Error("refreshes are tested apart");
    default:
      return conditionHolds(world, person, rule, world.vocabulary.attributes);
  }
}

function timesHold(world: World, count: number, times: Times | null): boolean {
  if (!times) return count >= 1;
  const wanted = times.count ? Number(plainValue(world, times.count)) : 0;
  if (times.how === "never") return count === 0;
  if (times.how === "at least") return count >= wanted;
  if (times.how === "at most") return count <= wanted;
  if (times.how === "more than") return count > wanted;
  return times.how === "fewer than" ? count < wanted : count === wanted;
}

/** Tries every choice of different events. */
function sequenceHolds(world: World, person: Row, rule: Rule & { kind: "sequence" }): boolean {
  const candidates = rule.steps.map((step) =>
    eventsOf(world, person, step, rule.window).map((row) => ({ row, at: timeOfEvent(world, step, row) })),
  );
  const go = (
    index: number,
    used: readonly Row[],
    first: Temporal.Instant | null,
    last: Temporal.Instant | null,
  ): boolean => {
    if (index === candidates.length)
      return first !== null && last !== null && isWithin(world, rule.within, first, last);
    return (candidates[index] ?? []).some(({ row, at }) => {
      if (used.includes(row) || (last && Temporal.Instant.compare(at, last) < 0)) return false;
      return go(index + 1, [...used, row], first ?? at, at);
    });
  };
  return go(0, [], null, null);
}

export function isWithin({ clock }: World, within: Duration, first: Temporal.Instant, last: Temporal.Instant): boolean {
  return Temporal.Instant.compare(last, step(first, within, clock.zone, 1)) <= 0;
}

/** A person's events of a kind that count. */
export function eventsOf(world: World, person: Row, wanted: Step, window: Window | null): Row[] {
  const event = wordOf(world, wanted);
  return (world.relations[event.relation] ?? []).filter((row) => {
    if (row[event.entity] === null || String(row[event.entity]) !== String(person.customer_id)) return false;
    if (event.where && row[event.where.column] !== event.where.value) return false;
    const at = row[event.at] ?? null;
    if (at === null) return false;
    const time = timeOfEvent(world, wanted, row);
    if (!isBefore(time, now(world)) || !windowHolds(world, time, window)) return false;
    return !wanted.where || whereHolds(world, row, wanted.where, event.columns);
  });
}

function whereHolds(world: World, row: Row, rule: Rule, columns: readonly Column[]): boolean {
  if (rule.kind === "and") return rule.parts.every((part) => whereHolds(world, row, part, columns));
  if (rule.kind === "or") return rule.parts.some((part) => whereHolds(world, row, part, columns));
  if (rule.kind === "not") return !whereHolds(world, row, rule.part, columns);
  if (!("subject" in rule)) throw new Error(`WHERE holds ${rule.kind}`);
  return conditionHolds(world, row, rule, columns);
}

function windowHolds(world: World, time: Temporal.Instant, window: Window | null): boolean {
  if (!window) return true;
  if ("duration" in window) {
    const before = isBefore(time, step(now(world), window.duration, world.clock.zone, -1));
    return window.kind === "last" ? !before : before;
  }
  if ("moment" in window) {
    const span = spanOf(world, window.moment);
    return window.kind === "before" ? isBefore(time, span.start) : isAfter(time, span);
  }
  const { low, high } = window;
  return !isBefore(time, spanOf(world, low).start) && !isAfter(time, spanOf(world, high));
}

function conditionHolds(world: World, row: Row, rule: ColumnCondition, columns: readonly Column[]): boolean {
  const value = row[rule.subject.name] ?? null;
  if (rule.kind === "known") return (value !== null) !== rule.negated;
  if (value === null) return false;
  const type = columns.find((column) => column.name === rule.subject.name)?.type ?? "";
  const isTime = type === "DATE" || type.startsWith("TIMESTAMP");
  const compare = (operator: Comparison, operand: Operand) =>
    isTime
      ? timeCompares(instantOf(String(value), world.clock.zone), operator, spanOf(world, operand))
      : ordered(value, operator, plainValue(world, operand));
  const time = () => instantOf(String(value), world.clock.zone);
  const ago = (duration: Duration) => step(now(world), duration, world.clock.zone, -1);
  switch (rule.kind) {
    case "compare":
      return compare(rule.operator, rule.value);
    case "between":
      return (compare(">=", rule.low) && compare("<=", rule.high)) !== rule.negated;
    case "among":
      return rule.values.some((each) => compare("=", each)) !== rule.negated;
    case "matches": {
      const part = String(plainValue(world, rule.value));
      const found = {
        contains: String(value).includes(part),
        "starts with": String(value).startsWith(part),
        "ends with": String(value).endsWith(part),
      };
      return found[rule.how] !== rule.negated;
    }
    case "ago": {
      const far = Temporal.Instant.compare(time(), ago(rule.duration));
      if (rule.operator === ">") return far < 0;
      if (rule.operator === ">=") return far <= 0;
      return (rule.operator === "<" ? far > 0 : far >= 0) && isBefore(time(), now(world));
    }
    case "date":
      return compare(({ before: "<", after: ">", on: "=" } as const)[rule.how], rule.moment);
    case "recent":
      return (!isBefore(time(), ago(rule.duration)) && isBefore(time(), now(world))) !== rule.negated;
    case "anniversary":
      return returns(world, time().toZonedDateTimeISO(world.clock.zone).toPlainDate(), rule.duration);
  }
}

/** Goes through the coming days one by one. */
function returns(world: World, day: Temporal.PlainDate, { count, unit }: Duration): boolean {
  const n = count.kind === "number" ? Number(count.value) : 0;
  const today = lastDay(world);
  const months = { month: 1, quarter: 3, year: 12 }[unit as "month"];
  const end = today.add(months ? { months: months * n } : { days: unit === "week" ? 7 * n : n });
  for (let each = today; Temporal.PlainDate.compare(each, end) < 0; each = each.add({ days: 1 })) {
    const leapless = day.month === 2 && day.day === 29 && !each.inLeapYear;
    const same = each.month === day.month && each.day === (leapless ? 28 : day.day);
    if (same && each.year > day.year) return true;
  }
  return false;
}

export function timeOfEvent(world: World, wanted: Step, row: Row): Temporal.Instant {
  return instantOf(String(row[wordOf(world, wanted).at]), world.clock.zone);
}

function plainValue({ vocabulary }: World, operand: Operand): string | number | boolean {
  if (operand.kind === "number") return Number(operand.value);
  if (operand.kind === "text" || operand.kind === "boolean") return operand.value;
  const input = operand.kind === "input" ? vocabulary.inputs.find((each) => each.name === operand.name) : undefined;
  if (input && input.value !== null) return input.value;
  throw new Error(`a ${operand.kind} is no plain value`);
}

function ordered(a: string | number | boolean, operator: Comparison, b: string | number | boolean): boolean {
  if (typeof a !== typeof b) throw new Error(`${typeof a} against ${typeof b}`);
  return { "=": a === b, "!=": a !== b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b }[operator];
}

function wordOf({ vocabulary }: World, wanted: Step): EventWord {
  const event = vocabulary.events.find((each) => each.words === wanted.words && each.relation === wanted.relation);
  if (!event) throw new Error(wanted.words);
  return event;
}
