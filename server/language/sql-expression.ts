import { asOf, lastDay } from "./clock.ts";
import { arithmeticSql, doubleOf, numberSql } from "./sql-arithmetic.ts";
import { commonestSql } from "./sql-commonest.ts";
import { columnOf, filterOf } from "./sql-events.ts";
import { measureSql, simple } from "./sql-measure.ts";
import { addAggregate, scanOf } from "./sql-scan.ts";
import { dateSql, daySql, microsSql } from "./sql-time.ts";
import { operandValue } from "./sql-value.ts";
import { eventOf, type Typed, type Work } from "./sql-work.ts";
import type { Expression, Step, Window } from "./tree.ts";

const MISSING: Typed = { sql: "CAST(NULL AS BIGINT)", type: "BIGINT" };

/**
 * An expression over the columns of `people`, with its type: `days since` and months, quarters and years BIGINT, weeks,
 * hours and minutes DOUBLE, quotients DOUBLE, measures as `measureSql` says, sums and products exact where both sides are.
 */
export function expressionSql(work: Work, expression: Expression, people: string): Typed {
  switch (expression.kind) {
    case "number":
      return numberSql(expression.value);
    case "input": {
      const value = operandValue(work, expression);
      return value.kind === "number" ? numberSql(value.value) : MISSING;
    }
    case "negative": {
      const part = expressionSql(work, expression.part, people);
      return { sql: `(-${part.sql})`, type: part.type };
    }
    case "arithmetic": {
      const left = expressionSql(work, expression.left, people);
      return arithmeticSql(expression.operator, left, expressionSql(work, expression.right, people));
    }
    case "measure": {
      const { how, property, step, window } = expression;
      const event = eventOf(work, step);
      if (!event) return MISSING;
      const filter = filterOf(work, event, step.where, window);
      if (how === "most frequent") return commonestSql(work, people, { event, property: property?.name ?? "", filter });
      return measureSql(work, scanOf(work, event), people, { how, property: property?.name ?? null, filter });
    }
    case "since":
      return sinceSql(work, expression, people);
    case "gap":
      return gapSql(work, expression, people);
  }
}

/** Whether none of the events that the expression asks for exists, so that `fill` applies. */
export function noEventSql(work: Work, expression: Expression, people: string): string {
  const counts = new Set(stepsOf(expression).map(({ step, window }) => countSql(work, step, window, people)));
  return counts.size === 0 ? "FALSE" : [...counts].map((count) => `${count} = 0`).join(" AND ");
}

/** The events that an expression speaks of, with their windows. */
export function stepsOf(expression: Expression): { step: Step; window: Window | null }[] {
  switch (expression.kind) {
    case "measure":
    case "since":
    case "gap":
      return [expression];
    case "negative":
      return stepsOf(expression.part);
    case "arithmetic":
      return [...stepsOf(expression.left), ...stepsOf(expression.right)];
    default:
      return [];
  }
}

function countSql(work: Work, step: Step, window: Window | null, people: string): string {
  const event = eventOf(work, step);
  if (!event) return "0";
  const filter = filterOf(work, event, step.where, window);
  return measureSql(work, scanOf(work, event), people, { how: "count", property: null, filter }).sql;
}

/** The time of the first or last event that counts. */
function extremeSql(
  work: Work,
  { step, window }: { step: Step; window: Window | null },
  how: "min" | "max",
  people: string,
): Typed | null {
  const event = eventOf(work, step);
  if (!event) return null;
  const at = columnOf(event, event.at);
  const filter = filterOf(work, event, step.where, window);
  const column = addAggregate(work, scanOf(work, event), filter, simple(how, `${how}(${at.sql})`));
  return { sql: `${people}.${column}`, type: at.type };
}

/** Days are whole calendar days in the zone up to the last one that counts, weeks those over 7; hours and minutes are elapsed. */
function sinceSql(work: Work, expression: Expression & { kind: "since" }, people: string): Typed {
  const time = extremeSql(work, expression, expression.which === "last" ? "max" : "min", people);
  if (!time) return MISSING;
  const { unit } = expression;
  const { zone } = work.clock;
  if (unit === "minute" || unit === "hour") {
    const micros = unit === "minute" ? 60e6 : 3600e6;
    const now = asOf(work.clock).epochMilliseconds * 1000;
    return { sql: `(CAST(${now} - ${microsSql(time, zone)} AS DOUBLE) / ${doubleOf(micros)})`, type: "DOUBLE" };
  }
  const day = daySql(time, zone);
  const last = dateSql(lastDay(work.clock));
  if (unit === "day") return { sql: `(${last} - ${day})`, type: "BIGINT" };
  if (unit === "week") return { sql: `((${last} - ${day}) / ${doubleOf(7)})`, type: "DOUBLE" };
  return { sql: `datesub('${unit}', ${day}, ${last})`, type: "BIGINT" };
}

/** The days from the first to the last event over the number of gaps; missing with fewer than two events. */
function gapSql(work: Work, expression: Expression & { kind: "gap" }, people: string): Typed {
  const first = extremeSql(work, expression, "min", people);
  const last = extremeSql(work, expression, "max", people);
  if (!first || !last) return MISSING;
  const days = `(${daySql(last, work.clock.zone)} - ${daySql(first, work.clock.zone)})`;
  const count = countSql(work, expression.step, expression.window, people);
  return { sql: `(CAST(${days} AS DOUBLE) / nullif(${count} - 1, 0))`, type: "DOUBLE" };
}
