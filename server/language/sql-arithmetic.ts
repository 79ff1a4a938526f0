import { scaleOf } from "./decimal.ts";
import { literal } from "./quote.ts";
import type { Typed } from "./sql-work.ts";
import { scaleOfType } from "./types.ts";

/**
 * Calculates with two numbers. Sums and products of whole numbers and decimals stay exact, and an overflow is the
 * engine's error; a quotient is a double, missing where the divisor is 0.
 */
export function arithmeticSql(operator: "+" | "-" | "*" | "/", left: Typed, right: Typed): Typed {
  if (operator === "/") return { sql: `(${double(left)} / nullif(${double(right)}, 0))`, type: "DOUBLE" };
  const scales = [scaleOfType(left.type), scaleOfType(right.type)];
  const scale = scales.includes(null) ? null : scaleAfter(operator, scales[0] ?? 0, scales[1] ?? 0);
  if (scale === null) return { sql: `(${double(left)} ${operator} ${double(right)})`, type: "DOUBLE" };
  const whole = isWhole(left.type) && isWhole(right.type);
  return { sql: `(${wide(left)} ${operator} ${wide(right)})`, type: whole ? "BIGINT" : `DECIMAL(38,${scale})` };
}

/** A number as written, exactly where the engine can hold it. */
export function numberSql(value: string): Typed {
  const digits = value.replace(/[-.]/g, "").length;
  if (digits > 38) return { sql: doubleOf(value), type: "DOUBLE" };
  const scale = scaleOf(value);
  if (scale === 0 && digits <= 18) return { sql: `CAST(${value} AS BIGINT)`, type: "BIGINT" };
  return { sql: `CAST(${value} AS DECIMAL(38,${scale}))`, type: `DECIMAL(38,${scale})` };
}

export function doubleOf(value: number | string): string {
  return `CAST(${literal(String(value))} AS DOUBLE)`;
}

/** Digits behind the point; more than the engine keeps with room to spare are left to doubles. */
function scaleAfter(operator: "+" | "-" | "*", left: number, right: number): number | null {
  const scale = operator === "*" ? left + right : Math.max(left, right);
  return scale <= 18 ? scale : null;
}

function isWhole(type: string): boolean {
  return scaleOfType(type) === 0 && !/^(DECIMAL|NUMERIC|DEC|U?HUGEINT|UBIGINT)/i.test(type);
}

/** A number with room to calculate: small whole numbers would overflow their own type. */
function wide({ sql, type }: Typed): string {
  if (/^(DECIMAL|NUMERIC|DEC|BIGINT)/i.test(type)) return sql;
  return `CAST(${sql} AS ${isWhole(type) ? "BIGINT" : "DECIMAL(38,0)"})`;
}

function double({ sql }: Typed): string {
  return `CAST(${sql} AS DOUBLE)`;
}
