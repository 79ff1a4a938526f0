import { asOf, daysAhead, lastDay, unitsBefore } from "./clock.ts";
import { stretchOf } from "./moment.ts";
import { literal } from "./quote.ts";
import { anniversarySql } from "./sql-anniversary.ts";
import { compareNumber } from "./sql-number.ts";
import { compareInstant, compareStretch, daySql } from "./sql-time.ts";
import { countOf, operandValue, stretchOfMoment, type Value } from "./sql-value.ts";
import { refuse, type Typed, type Work } from "./sql-work.ts";
import type { ColumnCondition, Comparison, Duration, Operand } from "./tree.ts";
import { isTime, kindOf, spoken } from "./types.ts";

/**
 * A condition on a column, as SQL that is NULL where the column or the value is missing. Callers take NULL as false,
 * except that `is known` never is.
 */
export function columnSql(work: Work, rule: ColumnCondition, column: Typed): string {
  const { zone } = work.clock;
  switch (rule.kind) {
    case "known":
      return `${column.sql} IS ${rule.negated ? "" : "NOT "}NULL`;
    case "compare":
      return compareSql(work, column, rule.operator, rule.value);
    case "between":
      return betweenSql(work, column, rule);
    case "among": {
      const operator = rule.negated ? "!=" : "=";
      const parts = rule.values.map((value) => compareSql(work, column, operator, value));
      return `(${parts.join(rule.negated ? " AND " : " OR ")})`;
    }
    case "matches":
      return matchSql(work, column, rule);
    case "date": {
      const stretch = stretchOfMoment(work, rule.moment);
      const operator = ({ before: "<", after: ">", on: "=" } as const)[rule.how];
      return stretch ? compareStretch(column, operator, stretch, zone) : NEVER;
    }
    case "ago": {
      const bound = boundOf(work, rule.duration);
      if (!bound) return NEVER;
      // `last_purchase < 7 days ago` is later than as_of − 7 days, and nothing counts that is not before as_of.
      const later = rule.operator === "<" || rule.operator === "<=";
      const flipped = ({ "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const)[rule.operator];
      const compared = compareInstant(column, flipped, bound, zone);
      return later ? `(${compared} AND ${compareInstant(column, "<", asOf(work.clock), zone)})` : compared;
    }
    case "recent": {
      const bound = boundOf(work, rule.duration);
      if (!bound) return NEVER;
      const end = compareInstant(column, "<", asOf(work.clock), zone);
      return `${rule.negated ? "NOT " : ""}(${compareInstant(column, ">=", bound, zone)} AND ${end})`;
    }
    case "anniversary": {
      const count = countOf(work, rule.duration.count, 1);
      const end = count === null ? null : daysAhead(work.clock, count, rule.duration.unit);
      if (!end) return NEVER;
      return anniversarySql(daySql(column, zone), lastDay(work.clock), end);
    }
  }
}

/** A column, or a measure, compared with a value. */
export function compareSql(work: Work, column: Typed, operator: Comparison, operand: Operand): string {
  const value = operandValue(work, operand);
  if (value.kind === "missing") return NEVER;
  const kind = kindOf(column.type);
  if (isTime(kind)) {
    const stretch = value.kind === "text" ? stretchOf(value.value, work.clock.zone) : stretchIn(value);
    if (stretch) return compareStretch(column, operator, stretch, work.clock.zone);
  }
  if (kind === "number" && value.kind === "number") return compareNumber(column, operator, value.value);
  const sign = operator === "!=" ? "<>" : operator;
  if (kind === "text" && value.kind === "text") return `${textSql(column)} ${sign} ${literal(value.value)}`;
  if (kind === "boolean" && value.kind === "boolean") return `${column.sql} ${sign} ${value.value ? "TRUE" : "FALSE"}`;
  const message = `${spoken(kind)} of type ${column.type} can't be compared with ${value.kind === "moment" ? "a date" : `a ${value.kind}`}.`;
  refuse(work, operand, {
    code: "wrong-type",
    message: message.charAt(0).toUpperCase() + message.slice(1),
    hint: "Compare like with like.",
  });
  return NEVER;
}

/** Both ends belong to it; an end that is a date is its whole day. */
export function betweenSql(
  work: Work,
  column: Typed,
  { low, high, negated }: { low: Operand; high: Operand; negated: boolean },
): string {
  const both = `(${compareSql(work, column, ">=", low)} AND ${compareSql(work, column, "<=", high)})`;
  if (!negated) return both;
  // With one end missing, NOT would make a false of the other end true.
  const missing = [low, high].some((end) => operandValue(work, end).kind === "missing");
  return missing ? NEVER : `NOT ${both}`;
}

/** What is neither true nor false, and so counts as false. */
export const NEVER = "CAST(NULL AS BOOLEAN)";

/** The moment that many units before `as_of`. */
export function boundOf(work: Work, duration: Duration) {
  const count = countOf(work, duration.count, 1);
  if (count === null) return null;
  const bound = unitsBefore(work.clock, count, duration.unit);
  if (bound) return bound;
  const message = `${count} ${duration.unit}s before as_of is before the year 2.`;
  refuse(work, duration, { code: "out-of-range", message, hint: "Take a shorter stretch." });
  return null;
}

function matchSql(work: Work, column: Typed, rule: ColumnCondition & { kind: "matches" }): string {
  const value = operandValue(work, rule.value);
  if (value.kind === "missing") return NEVER;
  if (value.kind !== "text" || kindOf(column.type) !== "text") {
    const message = `${rule.how.toUpperCase()} looks for a text in a text; the column's type is ${column.type}.`;
    refuse(work, rule, { code: "wrong-type", message, hint: "Compare it by =, <, > or BETWEEN." });
    return NEVER;
  }
  // Functions, not LIKE: `%` and `_` are plain characters.
  const test = { contains: "contains", "starts with": "starts_with", "ends with": "ends_with" }[rule.how];
  return `${rule.negated ? "NOT " : ""}${test}(${textSql(column)}, ${literal(value.value)})`;
}

/** A text column; enumerations and UUIDs are compared by their text, since not every text is a value of theirs. */
function textSql(column: Typed): string {
  return /^(VARCHAR|TEXT|STRING)$/i.test(column.type.trim()) ? column.sql : `CAST(${column.sql} AS VARCHAR)`;
}

function stretchIn(value: Value) {
  return value.kind === "moment" ? value.stretch : null;
}
