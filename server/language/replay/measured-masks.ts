import { floorTo, scaleOf } from "../decimal.ts";
import { betweenSql, compareSql } from "../sql-column.ts";
import { columnOf } from "../sql-events.ts";
import { exactSumType } from "../sql-measure.ts";
import { operandValue } from "../sql-value.ts";
import type { Typed, Work } from "../sql-work.ts";
import type { Comparison, EventCondition, MeasureTest, Operand } from "../tree.ts";
import { allBits } from "./bits.ts";
import { atLeast, countedOf, type Leaves, negated, putDown } from "./leaves.ts";
import type { Counted } from "./tallies.ts";

/** A condition on a count or an exact sum; null of any other measure. */
export function measuredMask(leaves: Leaves, { measure, test }: EventCondition & { kind: "measured" }): string | null {
  const { how, property, step, window } = measure;
  if (how !== "count" && how !== "sum") return null;
  const counted = countedOf(leaves, step, window);
  if (counted === null) return null;
  if (how === "count") return countMask(leaves, counted, test);
  const column = property === null ? null : columnOf(counted.event, property.name);
  return column === null ? null : sumMask(leaves, { counted, column, test });
}

function countMask(leaves: Leaves, counted: Counted, test: MeasureTest): string | null {
  if (test.kind === "compare") return comparedCount(leaves, counted, test.operator, test.value);
  const low = comparedCount(leaves, counted, ">=", test.low);
  const high = comparedCount(leaves, counted, "<=", test.high);
  if (low === null || high === null) return null;
  return test.negated ? negated(leaves, `(${low} & ${high})`) : `(${low} & ${high})`;
}

function comparedCount(leaves: Leaves, counted: Counted, operator: Comparison, operand: Operand): string | null {
  const work = leaves.people[0]?.work;
  const value = work === undefined ? null : operandValue(work, operand);
  if (value?.kind !== "number") return null;
  const below = Number(floorTo(value.value, 0));
  if (!Number.isSafeInteger(below)) return null;
  const isWhole = scaleOf(value.value) === 0;
  const more = atLeast(leaves, counted, below + 1);
  const least = isWhole ? atLeast(leaves, counted, below) : more;
  const exactly = isWhole ? `(${least} & ${negated(leaves, more)})` : "CAST(0 AS BIGINT)";
  switch (operator) {
    case ">":
      return more;
    case ">=":
      return least;
    case "<":
      return negated(leaves, least);
    case "<=":
      return negated(leaves, more);
    case "=":
      return exactly;
    case "!=":
      return negated(leaves, exactly);
  }
}

/** The moments at which the sum answers otherwise than nothing does, turned round where nothing answers yes. */
function sumMask(
  leaves: Leaves,
  { counted, column, test }: { counted: Counted; column: Typed; test: MeasureTest },
): string | null {
  const type = exactSumType(column.type);
  const tests = new Set(leaves.people.map(({ work }) => tested(work, { sql: "s", type: type ?? "" }, test)));
  const [one] = tests;
  const work = leaves.people[0]?.work;
  if (type === null || one === undefined || work === undefined || tests.size > 1) return null;
  const ofNothing = tested(work, { sql: `CAST(0 AS ${type})`, type }, test);
  const differs = (sum: string) => {
    const own = tested(work, { sql: sum, type }, test);
    return `coalesce(${own}, FALSE) <> coalesce(${ofNothing}, FALSE)`;
  };
  const mask = putDown(leaves, ["sum", column.sql, one, counted.condition, counted.before, counted.since], (name) => {
    return { kind: "sum", counted, column: name, of: column.sql, type, differs };
  });
  return `CASE WHEN ${ofNothing} THEN ${allBits(leaves.people.length)} - ${mask} ELSE ${mask} END`;
}

function tested(work: Work, column: Typed, test: MeasureTest): string {
  return test.kind === "compare" ? compareSql(work, column, test.operator, test.value) : betweenSql(work, column, test);
}
