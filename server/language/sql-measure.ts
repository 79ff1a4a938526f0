import { columnOf, type Filter } from "./sql-events.ts";
import type { AggregateSql, Combining, Part } from "./sql-pass.ts";
import { addAggregate, filterClause, type Scan } from "./sql-scan.ts";
import type { Typed, Work } from "./sql-work.ts";
import type { MeasureName } from "./tree.ts";
import { scaleOfType } from "./types.ts";

/** What every measure but `most frequent`, which needs a pass of its own, is computed by. */
export interface Aggregate {
  readonly how: Exclude<MeasureName, "most frequent">;
  readonly property: string | null;
  readonly filter: Filter;
}

/**
 * A measure as a column of `people`, which is a row of zeros and missing values for whoever has no such event. Types:
 * `count` and `distinct` BIGINT; `sum` BIGINT of whole numbers, DECIMAL of decimals, DOUBLE of doubles; `average`,
 * `median` and `stddev` (of a sample, n − 1) DOUBLE; `min` and `max` the column's own.
 */
export function measureSql(work: Work, scan: Scan, people: string, { how, property, filter }: Aggregate): Typed {
  const column = property === null ? null : columnOf(scan.event, property);
  const add = (aggregate: AggregateSql | Combining) => `${people}.${addAggregate(work, scan, filter, aggregate)}`;
  if (how === "count" || !column) return { sql: `coalesce(${add(simple("count", "count(*)"))}, 0)`, type: "BIGINT" };
  const { sql: x, type } = column;
  const double = `CAST(${x} AS DOUBLE)`;
  switch (how) {
    case "distinct":
      return {
        sql: `coalesce(${add((condition) => `count(DISTINCT ${x})${filterClause(condition)}`)}, 0)`,
        type: "BIGINT",
      };
    case "sum": {
      const sum = sumOf(column);
      return { sql: `coalesce(${add(sum.combining)}, 0)`, type: sum.type };
    }
    case "average": {
      if (scaleOfType(type) !== null)
        return { sql: add((condition) => `avg(${x})${filterClause(condition)}`), type: "DOUBLE" };
      const sum = add(sumOfDoubles(double));
      return { sql: `(${sum} / nullif(${add(simple("count", `count(${x})`))}, 0))`, type: "DOUBLE" };
    }
    case "median":
      return { sql: add((condition) => `median(${double})${filterClause(condition)}`), type: "DOUBLE" };
    case "stddev": {
      // In the order of the values: the engine's own running variance depends on the order of the threads.
      const values = (condition: string | null) => `list(${double})${filterClause(condition, `${x} IS NOT NULL`)}`;
      return {
        sql: add((condition) => `list_aggregate(list_sort(${values(condition)}), 'stddev_samp')`),
        type: "DOUBLE",
      };
    }
    case "min":
    case "max":
      return { sql: add(simple(how, `${how}(${x})`)), type };
  }
}

/** An aggregate that is its own only part. */
export function simple(how: Part["how"], aggregate: string): Combining {
  return wrapped({ how, of: (condition) => `${aggregate}${filterClause(condition)}` }, (part) => part);
}

function wrapped(part: Part, whole: (part: string) => string): Combining {
  return { parts: [part], whole: ([one = "NULL"]) => whole(one) };
}

/** The type of a sum of whole numbers or decimals; null of doubles, whose sum is exact in parts alone. */
export function exactSumType(type: string): string | null {
  return scaleOfType(type) === null ? null : sumOf({ sql: "NULL", type }).type;
}

/** A sum that does not depend on the order of rows and threads. */
function sumOf({ sql: x, type }: Typed): { combining: Combining; type: string } {
  const scale = scaleOfType(type);
  if (scale === null) return { combining: sumOfDoubles(`CAST(${x} AS DOUBLE)`), type: "DOUBLE" };
  if (/^(DECIMAL|NUMERIC|DEC)/i.test(type)) {
    return { combining: simple("sum", `sum(${x})`), type: `DECIMAL(38,${scale})` };
  }
  if (/^U?HUGEINT|^UBIGINT/i.test(type)) {
    return { combining: simple("sum", `sum(CAST(${x} AS DECIMAL(38,0)))`), type: "DECIMAL(38,0)" };
  }
  // The engine's HUGEINT becomes a double in a Parquet file; a sum beyond BIGINT is an error rather than a rounded number.
  const sum: Part = { how: "sum", of: (condition) => `sum(${x})${filterClause(condition)}` };
  return { combining: wrapped(sum, (part) => `CAST(${part} AS BIGINT)`), type: "BIGINT" };
}

const SCALE = "4611686018427387904";

/**
 * A sum of doubles in fixed point, as whole part and fraction in 2^-62, both exact in any order: the result is the
 * exact sum, rounded, where no value has bits below 2^-62 (2e-19). Values beyond BIGINT, infinite ones and NaN are
 * added as doubles, the least first. 0 where there is none. The engine's own `sum` and `fsum` differ from run to run with several threads.
 */
function sumOfDoubles(x: string): Combining {
  const whole = `TRY_CAST(round(${x}) AS BIGINT)`;
  const fraction = `TRY_CAST((${x} - round(${x})) * CAST(${SCALE} AS DOUBLE) AS BIGINT)`;
  const sum = (of: string): Part => ({ how: "sum", of: (condition) => `sum(${of})${filterClause(condition)}` });
  const isOther = `${whole} IS NULL AND ${x} IS NOT NULL`;
  const others: Part = { how: "list", of: (condition) => `list(${x})${filterClause(condition, isOther)}` };
  return {
    parts: [sum(whole), sum(fraction), others],
    whole: ([wholes, fractions, list]) => {
      const exact = `CAST(coalesce(${wholes}, 0) AS DOUBLE)`;
      const rest = `coalesce(list_sum(list_sort(${list})), 0)`;
      return `(${exact} + CAST(coalesce(${fractions}, 0) AS DOUBLE) / CAST(${SCALE} AS DOUBLE) + ${rest})`;
    },
  };
}
