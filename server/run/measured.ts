import type { PlainValue } from "../engine/engine.ts";
import { name as quoted } from "../language/quote.ts";

/** Bars of a small histogram. */
export const BARS = 20;

/** So many of the commonest values are told. */
export const TOP = 40;

const NUMBER = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U?(TINY|SMALL|BIG|HUGE)INT|UINTEGER|FLOAT|DOUBLE|DECIMAL)/;
const TIME = /^(DATE|TIMESTAMP)/;

export function isTime(type: string): boolean {
  return TIME.test(type);
}

/** The column as a double, where it has a size; else null. Values that are no number are left out. */
export function measured(column: { name: string; type: string }): string | null {
  const plain = quoted(column.name);
  if (column.type.endsWith("]")) return null;
  if (isTime(column.type)) return `epoch_ms(${plain}::TIMESTAMP)::DOUBLE`;
  if (/^(FLOAT|DOUBLE)/.test(column.type)) return `CASE WHEN isfinite(${plain}) THEN ${plain}::DOUBLE END`;
  return NUMBER.test(column.type) ? `${plain}::DOUBLE` : null;
}

export function numberOf(value: PlainValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
