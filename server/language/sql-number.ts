import { floorTo, scaleOf } from "./decimal.ts";
import { literal } from "./quote.ts";
import type { Typed } from "./sql-work.ts";
import type { Comparison } from "./tree.ts";
import { scaleOfType } from "./types.ts";

/**
 * A column of numbers compared with a decimal, exactly. A whole or decimal column can't hold more digits behind the
 * point than its scale, so a longer bound is replaced by the next one below that it can hold: `n > 0.5` is `n > 0`. That
 * keeps the engine from widening the column, which overflows for large ones.
 */
export function compareNumber(column: Typed, operator: Comparison, value: string): string {
  const scale = scaleOfType(column.type);
  if (scale === null) return `${column.sql} ${SIGNS[operator]} ${doubleSql(value, column.type)}`;
  if (scaleOf(value) <= scale) return `${column.sql} ${SIGNS[operator]} ${value}`;
  const below = floorTo(value, scale);
  switch (operator) {
    case "=":
      return `(${column.sql} IS NULL AND NULL)`;
    case "!=":
      return `${column.sql} IS NOT NULL`;
    case "<":
    case "<=":
      return `${column.sql} <= ${below}`;
    case ">":
    case ">=":
      return `${column.sql} > ${below}`;
  }
}

const SIGNS = { "=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=" } as const;

/** A decimal as the nearest double, or float where the column is one. */
function doubleSql(value: string, type: string): string {
  const narrow = /^(FLOAT|FLOAT4|REAL)$/i.test(type.trim());
  return `CAST(${literal(value)} AS ${narrow ? "FLOAT" : "DOUBLE"})`;
}
