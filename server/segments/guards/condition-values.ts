import type { Temporal } from "temporal-polyfill";
import { asOf, unitsBefore } from "../../language/clock.ts";
import { fromDouble } from "../../language/decimal.ts";
import type { Stretch } from "../../language/moment.ts";
import { countOf, operandValue, stretchOfMoment } from "../../language/sql-value.ts";
import type { ColumnCondition, Comparison, Duration, MeasureTest, Operand } from "../../language/tree.ts";
import { isTime, kindOf, scaleOfType } from "../../language/types.ts";
import type { Values } from "./domain.ts";
import { both, comparing, type Intervals, without } from "./intervals.ts";
import { type World, workOf } from "./world.ts";

type Tested = ColumnCondition | (MeasureTest & { readonly subject?: undefined });

const NOTHING: Values = { kind: "none" };

/** The values for which a condition on a column of a type holds; null where it can't be told from the values alone. */
export function valuesOf(world: World, rule: Tested, type: string): Values | null {
  switch (rule.kind) {
    case "compare":
      return compared(world, type, rule.operator, rule.value);
    case "between": {
      const low = compared(world, type, ">=", rule.low);
      const high = compared(world, type, "<=", rule.high);
      if (low?.kind === "none" || high?.kind === "none") return NOTHING;
      if (low?.kind !== "numbers" || high?.kind !== "numbers") return null;
      return numbers(turned(both(low.intervals, high.intervals), rule.negated));
    }
    case "among": {
      const each = rule.values.map((value) => compared(world, type, "=", value));
      // One of several that has no value compares with nothing, and the others still do.
      if (each.some((values) => values === null || values.kind === "none")) return null;
      const texts = each.flatMap((values) => (values?.kind === "texts" ? values.texts : []));
      if (texts.length === each.length) return { kind: "texts", texts, isNot: rule.negated };
      const outside = each.map((values) => (values?.kind === "numbers" ? without(values.intervals) : []));
      const none = outside.reduce(both);
      return numbers(rule.negated ? none : without(none));
    }
    case "matches": {
      const value = operandValue(workOf(world), rule.value);
      if (value.kind === "missing") return NOTHING;
      if (value.kind !== "text") return null;
      const passes = {
        contains: (text: string) => text.includes(value.value),
        "starts with": (text: string) => text.startsWith(value.value),
        "ends with": (text: string) => text.endsWith(value.value),
      }[rule.how];
      return { kind: "test", asks: `${rule.how} ${value.value}`, passes, isNot: rule.negated };
    }
    case "ago":
    case "recent":
    case "date":
      return inTime(world, rule, type);
    case "known":
    case "anniversary":
      return null;
  }
}

function compared(world: World, type: string, operator: Comparison, operand: Operand): Values | null {
  const kind = kindOf(type);
  const value = operandValue(workOf(world), operand);
  if (value.kind === "missing") return NOTHING;
  if (isTime(kind)) {
    const moment = operand.kind === "text" ? { ...operand, kind: "moment" as const, text: operand.value } : operand;
    const stretch = moment.kind === "moment" || moment.kind === "input" ? stretchOfMoment(workOf(world), moment) : null;
    return stretch && numbers(ofStretch(world, type, operator, stretch));
  }
  if (kind === "number" && value.kind === "number") {
    const isBinary = scaleOfType(type) === null;
    return numbers(comparing(operator, isBinary ? fromDouble(Number(value.value)) : value.value));
  }
  if (value.kind !== "text" && value.kind !== "boolean") return null;
  const text = String(value.value);
  if (operator === "=" || operator === "!=") return { kind: "texts", texts: [text], isNot: operator === "!=" };
  return null;
}

/** A time compared with a date, which stands for its whole day, or with a moment. */
function ofStretch(world: World, type: string, operator: Comparison, { start, end }: Stretch): Intervals {
  const first = pointOf(world, type, start);
  const within = end ? both(comparing(">=", first), comparing("<", pointOf(world, type, end))) : comparing("=", first);
  const before = comparing("<", first);
  const after = end ? comparing(">=", pointOf(world, type, end)) : comparing(">", first);
  return { "=": within, "!=": without(within), "<": before, ">": after, "<=": without(after), ">=": without(before) }[
    operator
  ];
}

function inTime(
  world: World,
  rule: ColumnCondition & { kind: "ago" | "recent" | "date" },
  type: string,
): Values | null {
  if (rule.kind === "date") {
    const operator = ({ before: "<", after: ">", on: "=" } as const)[rule.how];
    const stretch = stretchOfMoment(workOf(world), rule.moment);
    return stretch ? numbers(ofStretch(world, type, operator, stretch)) : NOTHING;
  }
  const bound = boundOf(world, rule.duration);
  if (bound === null) return null;
  const far = pointOf(world, type, bound);
  const past = comparing("<", pointOf(world, type, asOf(world.clock)));
  if (rule.kind === "recent") return numbers(turned(both(comparing(">=", far), past), rule.negated));
  // Less than 7 days ago is later than that, and still in the past.
  if (rule.operator === "<" || rule.operator === "<=")
    return numbers(both(comparing(rule.operator === "<" ? ">" : ">=", far), past));
  return numbers(comparing(rule.operator === ">" ? "<" : "<=", far));
}

/** The moment so long before `as_of`; null where it is out of reach. */
export function boundOf(world: World, duration: Duration): Temporal.Instant | null {
  const count = countOf(workOf(world), duration.count, 1);
  return count === null ? null : unitsBefore(world.clock, count, duration.unit);
}

/** A moment as a number on a column's own scale: times without a zone are compared by the wall's clock. */
function pointOf({ clock }: World, type: string, instant: Temporal.Instant): string {
  if (kindOf(type) !== "timestamp") return instant.epochNanoseconds.toString();
  const wall = instant.toZonedDateTimeISO(clock.zone).toPlainDateTime();
  return wall.toZonedDateTime("UTC").epochNanoseconds.toString();
}

function turned(intervals: Intervals, negated: boolean): Intervals {
  return negated ? without(intervals) : intervals;
}

function numbers(intervals: Intervals): Values {
  return { kind: "numbers", intervals };
}
