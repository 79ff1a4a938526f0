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
  const measured = [...spans].flatMap(([column, span]) => (span === null ? [] : [{ column, span }]));
  const hashes = columns.map((column) => `${hashOf(column)} AS ${own("h", column)}`);
  const scaled = measured.map(({ column, span }) => `${scaledOf(column, span)} AS ${own("q", column)}`);
  // Shifted, so that values which change places between columns make another row.
  const row = columns
    .map((column, index) => `(${own("h", column)} >> ${index % 32})`)
    .reduce((a, b) => `xor(${a}, ${b})`);
  const weight = `((row & 1023)::BIGINT - ${WEIGHTS})`;
  const parts = [
    ...["count(*)", "sum(row)", ...columns.map((column) => `sum(${own("h", column)})`)],
    ...measured.flatMap(({ column }) => {
      const value = own("q", column);
      return [`sum(${value})`, `sum(abs(${value}))`, `sum(${value} * ${weight})`];
    }),
  ];
  const from = `SELECT ${[...hashes, ...scaled].join(", ")} FROM read_parquet(${literal(file)})`;
  const sql = `SELECT ${parts.map((part) => `(${part})::VARCHAR`).join(", ")}\nFROM (SELECT *, ${row} AS row FROM (${from}))`;
  const read = (sums: readonly bigint[]): LockedRelation => {
    const [rows = 0n, all = 0n, ...rest] = sums;
    const locked = columns.map((column, index): [string, LockedColumn] => {
      const { name, type } = column;
      if (!isMeasured(column)) return [name, { hash: hex(rest[index] ?? 0n), type }];
      const first = columns.length + measured.findIndex((one) => one.column === column) * 3;
      const [sum = 0n, sizes = 0n, mixed = 0n] = rest.slice(first, first + 3);
      return [name, measuredColumn(type, spans.get(column) ?? null, { sum, sizes, mixed })];
    });
    const whole = JSON.stringify([columns.map(({ name, type }) => [name, type]), String(rows), hex(all)]);
    return { columns: Object.fromEntries(locked), hash: sha256(whole), rows: Number(rows) };
  };
  return { sql, read };
}

interface Sums {
  /** In units of 2^-50 of the greatest magnitude: of the values, of their magnitudes, and of the values weighted. */
  readonly sum: bigint;
  readonly sizes: bigint;
  readonly mixed: bigint;
}

function measuredColumn(type: string, span: Span | null, { sum, sizes, mixed }: Sums): MeasuredColumn {
  if (span === null) return { max: null, mean: null, min: null, mix: null, size: null, type, values: 0 };
  const { values, min, max } = span;
  const mean = (total: bigint, per: number) => rounded((Number(total) / UNITS / per / values) * scaleOf(span));
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

/** 64 bits of a value's text; of a floating-point number only what can't be measured. */
function hashOf(column: Column): string {
  const value = quoted(column.name);
  if (isMeasured(column)) {
    const other = `CASE WHEN isnan(${value}) THEN 2 WHEN ${value} > 0 THEN 3 ELSE 4 END`;
    return `(CASE WHEN ${value} IS NULL THEN 0 WHEN isfinite(${value}) THEN 1 ELSE ${other} END)::UBIGINT`;
  }
  return `coalesce((md5_number(${textOf(column)}) >> 64)::UBIGINT, 0)`;
}

function textOf({ name, type }: Column): string {
  const value = quoted(name);
  // An instant's text depends on the zone.
  if (type === "TIMESTAMP WITH TIME ZONE") return `epoch_us(${value})::VARCHAR`;
  return type === "BLOB" ? `hex(${value})` : `${value}::VARCHAR`;
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
