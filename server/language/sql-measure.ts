import { columnOf, type Filter } from "./sql-events.ts";
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
  const add = (aggregate: (condition: string | null) => string) =>
    `${people}.${addAggregate(work, scan, filter, aggregate)}`;
  if (how === "count" || !column) {
    return { sql: `coalesce(${add((condition) => `count(*)${filterClause(condition)}`)}, 0)`, type: "BIGINT" };
  }
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
      return { sql: `coalesce(${add(sum.aggregate)}, 0)`, type: sum.type };
    }
    case "average": {
      if (scaleOfType(type) !== null)
        return { sql: add((condition) => `avg(${x})${filterClause(condition)}`), type: "DOUBLE" };
      const sum = add(sumOfDoubles(double));
      return {
        sql: `(${sum} / nullif(${add((condition) => `count(${x})${filterClause(condition)}`)}, 0))`,
        type: "DOUBLE",
      };
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
      return { sql: add((condition) => `${how}(${x})${filterClause(condition)}`), type };
  }
}

/** A sum that does not depend on the order of rows and threads. */
function sumOf({ sql: x, type }: Typed): { aggregate: (condition: string | null) => string; type: string } {
  const scale = scaleOfType(type);
  if (scale === null) return { aggregate: sumOfDoubles(`CAST(${x} AS DOUBLE)`), type: "DOUBLE" };
  if (/^(DECIMAL|NUMERIC|DEC)/i.test(type)) {
    return { aggregate: (condition) => `sum(${x})${filterClause(condition)}`, type: `DECIMAL(38,${scale})` };
  }
  if (/^U?HUGEINT|^UBIGINT/i.test(type)) {
    return {
      aggregate: (condition) => `sum(CAST(${x} AS DECIMAL(38,0)))${filterClause(condition)}`,
      type: "DECIMAL(38,0)",
    };
  }
  // The engine's HUGEINT becomes a double in a Parquet file; a sum beyond BIGINT is an error rather than a rounded number.
  return { aggregate: (condition) => `CAST(sum(${x})${filterClause(condition)} AS BIGINT)`, type: "BIGINT" };
}

const SCALE = "4611686018427387904";

/**
 * A sum of doubles in fixed point, as whole part and fraction in 2^-62, both exact in any order: the result is the
 * exact sum, rounded, where no value has bits below 2^-62 (2e-19). Values beyond BIGINT, infinite ones and NaN are
 * added as doubles, the least first. 0 where there is none. The engine's own `sum` and `fsum` differ from run to run with several threads.
 */
function sumOfDoubles(x: string): (condition: string | null) => string {
  const whole = `TRY_CAST(round(${x}) AS BIGINT)`;
  const fraction = `TRY_CAST((${x} - round(${x})) * CAST(${SCALE} AS DOUBLE) AS BIGINT)`;
  return (condition) => {
    const filter = filterClause(condition);
    const others = `list(${x})${filterClause(condition, `${whole} IS NULL AND ${x} IS NOT NULL`)}`;
    const rest = `coalesce(list_sum(list_sort(${others})), 0)`;
    const exact = `CAST(coalesce(sum(${whole})${filter}, 0) AS DOUBLE)`;
    return `(${exact} + CAST(coalesce(sum(${fraction})${filter}, 0) AS DOUBLE) / CAST(${SCALE} AS DOUBLE) + ${rest})`;
  };
}
