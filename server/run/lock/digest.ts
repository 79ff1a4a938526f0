import { createHash } from "node:crypto";
import type { Engine } from "../../engine/engine.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { LockedColumn, LockedRelation, MeasuredColumn } from "./model.ts";

export interface DigestAsk {
  readonly engine: Engine;
  /** Absolute path of the relation's Parquet file. */
  readonly file: string;
  readonly columns: readonly Column[];
  readonly signal: AbortSignal;
}

/**
 * What is kept of a relation to compare it with: equal for equal rows in any order and by any number of threads. Each
 * row and each column is a sum of hashes of the values' text; floating-point columns are summed in fixed point, in
 * units of 2^-50 of their greatest magnitude.
 */
export async function digest(ask: DigestAsk): Promise<LockedRelation> {
  const columns = [...ask.columns].sort((a, b) => (a.name < b.name ? -1 : 1));
  const spans = await spansOf(columns, ask);
  const { sql, read } = statement(columns, spans, ask.file);
  const { rows } = await ask.engine.table({ sql, signal: ask.signal });
  return read((rows[0] ?? []).map((value) => BigInt(String(value ?? 0))));
}

/** The finite values of a floating-point column. */
interface Span {
  readonly values: number;
  readonly min: number;
  readonly max: number;
}

export function isMeasured({ type }: Pick<Column, "type">): boolean {
  return type === "DOUBLE" || type === "FLOAT";
}

async function spansOf(columns: readonly Column[], ask: DigestAsk): Promise<Map<Column, Span | null>> {
  const measured = columns.filter(isMeasured);
  if (measured.length === 0) return new Map();
  const parts = measured.flatMap(({ name }) => {
    const finite = `FILTER (WHERE isfinite(${quoted(name)}))`;
    return [`count(*) ${finite}`, ...["min", "max"].map((how) => `${how}(${quoted(name)}::DOUBLE) ${finite}`)];
  });
  const sql = `SELECT ${parts.join(", ")} FROM read_parquet(${literal(ask.file)})`;
  const { rows } = await ask.engine.table({ sql, signal: ask.signal });
  const row = (rows[0] ?? []).map(Number);
  return new Map(
    measured.map((column, index) => {
      const [values = 0, min = 0, max = 0] = row.slice(index * 3, index * 3 + 3);
      return [column, values === 0 ? null : { values, min, max }];
    }),
  );
}

const UNITS = 2 ** 50;

/** Rows are weighted from -512 to 511. */
const WEIGHTS = 512;

function statement(columns: readonly Column[], spans: ReadonlyMap<Column, Span | null>, file: string) {
  const texts = columns.map((column) => `${textOf(column)} AS ${own("t", column)}`);
  const measured = [...spans].flatMap(([column, span]) => (span === null ? [] : [{ column, span }]));
  const scaled = measured.map(({ column, span }) => `${scaledOf(column, span)} AS ${own("q", column)}`);
  const exact = columns.filter((column) => !isMeasured(column));
  const row = columns.map((column) => own("t", column)).join(" || '|' || ");
  const hashes = ["row", ...exact.map((column) => own("h", column))];
  const made = [`md5_number(${row}) AS row`, ...exact.map((one) => `md5_number(${own("t", one)}) AS ${own("h", one)}`)];
  const sums = hashes.flatMap((hash) => [`(${hash} & 18446744073709551615::UHUGEINT)`, `(${hash} >> 64)`]);
  const weight = `((row & 1023::UHUGEINT)::BIGINT - ${WEIGHTS})`;
  const parts = [
    "count(*)",
    ...sums.map((half) => `sum(${half}::UBIGINT)`),
    ...measured.flatMap(({ column }) => {
      const value = own("q", column);
      return [`sum(${value})`, `sum(abs(${value}))`, `sum(${value} * ${weight})`];
    }),
  ];
  const from = `SELECT ${[...texts, ...scaled].join(", ")} FROM read_parquet(${literal(file)})`;
  const sql = `SELECT ${parts.map((part) => `(${part})::VARCHAR`).join(", ")}\nFROM (SELECT *, ${made.join(", ")} FROM (${from}))`;
  const read = (sum: readonly bigint[]): LockedRelation => {
    const at = (index: number) => sum[index] ?? 0n;
    const hash = (index: number) => `${hex(at(1 + index * 2))}${hex(at(2 + index * 2))}`;
    const locked = columns.map(({ name, type }, index): [string, LockedColumn] => {
      const column = columns[index] as Column;
      if (!isMeasured(column)) return [name, { hash: hash(1 + exact.indexOf(column)).slice(0, 16), type }];
      const first = 1 + hashes.length * 2 + measured.findIndex((one) => one.column === column) * 3;
      return [name, measuredColumn(type, spans.get(column) ?? null, [at(first), at(first + 1), at(first + 2)])];
    });
    const types = columns.map(({ name, type }) => [name, type]);
    const whole = JSON.stringify([types, String(at(0)), hash(0)]);
    return { columns: Object.fromEntries(locked), hash: sha256(whole), rows: Number(at(0)) };
  };
  return { sql, read };
}

/** Sums in units of 2^-50 of the greatest magnitude: of values, of their magnitudes, and weighted. */
function measuredColumn(type: string, span: Span | null, sums: readonly [bigint, bigint, bigint]): MeasuredColumn {
  if (span === null) return { max: null, mean: null, min: null, mix: null, size: null, type, values: 0 };
  const { values, min, max } = span;
  const mean = (sum: bigint, per: number) => rounded((Number(sum) / UNITS / per / values) * scaleOf(span));
  const [sum, sizes, mixed] = sums;
  return {
    ...{ max: rounded(max), mean: mean(sum, 1), min: rounded(min) },
    ...{ mix: mean(mixed, WEIGHTS), size: mean(sizes, 1), type, values },
  };
}

/** Without the last bits, so that a lock written anew rarely differs by them alone. */
function rounded(value: number): number {
  return Number(value.toPrecision(14));
}

function scaleOf({ min, max }: Span): number {
  return Math.max(Math.abs(min), Math.abs(max)) || 1;
}

function scaledOf({ name }: Column, span: Span): string {
  const scale = `CAST(${literal(String(scaleOf(span)))} AS DOUBLE)`;
  const value = `${quoted(name)}::DOUBLE`;
  return `CASE WHEN isfinite(${value}) THEN CAST(round(${value} / ${scale} * ${UNITS}::DOUBLE) AS BIGINT) ELSE 0 END`;
}

/** A value as text that no other value has; of a floating-point number only what can't be measured. */
function textOf(column: Column): string {
  const value = quoted(column.name);
  if (isMeasured(column)) {
    return `CASE WHEN ${value} IS NULL THEN '~' WHEN isfinite(${value}) THEN '.' ELSE ${value}::VARCHAR END`;
  }
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BOOLEAN|DATE|DECIMAL\(.*\)|TIMESTAMP(_S|_MS|_NS)?)$/.test(column.type))
    return `coalesce(${value}::VARCHAR, '~')`;
  // An instant's text depends on the zone.
  if (column.type === "TIMESTAMP WITH TIME ZONE") return `coalesce(epoch_us(${value})::VARCHAR, '~')`;
  const text = column.type === "BLOB" ? `hex(${value})` : `${value}::VARCHAR`;
  return `coalesce(strlen(${text}) || ':' || ${text}, '~')`;
}

function own(what: string, { name }: Column): string {
  return quoted(`${what} ${name}`);
}

function hex(sum: bigint): string {
  return BigInt.asUintN(64, sum).toString(16).padStart(16, "0");
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
