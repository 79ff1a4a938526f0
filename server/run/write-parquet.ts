import { type Engine, EngineFailure, type Statement } from "../engine/engine.ts";
import { literal, name as quoted } from "../language/quote.ts";
import type { Column } from "../language/vocabulary.ts";

export interface WriteAsk extends Statement {
  /** Absolute path of the file. */
  readonly path: string;
  /** No more rows than these are of use. */
  readonly most?: number;
}

/** With so many rows at most the engine stops in time; of more it would keep all until the last is there. */
const STOPS_BELOW = 10_000_000;

/**
 * Writes the rows of a SELECT as a Parquet file; gives their number and the columns as the file has them. The format has
 * no integers wider than 64 bits and would make doubles of them: they are written as BIGINT, or where one does not fit as
 * DECIMAL(38,0). With `most` rows and more of them it may end after one too many. Throws EngineFailure with places in the SELECT's own text.
 */
export async function writeParquet(engine: Engine, ask: WriteAsk): Promise<{ rows: number; columns: Column[] }> {
  const { signal, parameters } = ask;
  const { columns } = await engine
    .table({
      sql: `SELECT * FROM (\n${ask.sql}\n) LIMIT 0`,
      ...(parameters && { parameters }),
      ...(signal && { signal }),
    })
    .catch((error: unknown) => {
      throw moved(error, "SELECT * FROM (\n".length);
    });
  const wide = columns.filter((column) => /^U?HUGEINT$/.test(column.type));
  if (wide.length === 0) return copy(engine, ask, "");
  try {
    return await copy(engine, ask, narrowed(wide, "BIGINT"));
  } catch (error) {
    const isTooWide = error instanceof EngineFailure && /INT128|HUGEINT/.test(error.message);
    if (!isTooWide) throw error;
    return copy(engine, ask, narrowed(wide, "DECIMAL(38,0)"));
  }
}

function narrowed(columns: readonly Column[], type: string): string {
  const casts = columns.map(({ name }) => `CAST(${quoted(name)} AS ${type}) AS ${quoted(name)}`);
  return `SELECT * REPLACE (${casts.join(", ")}) FROM (\n`;
}

async function copy(engine: Engine, ask: WriteAsk, around: string): Promise<{ rows: number; columns: Column[] }> {
  const { path, sql, signal, most } = ask;
  const isBounded = most !== undefined && most < STOPS_BELOW;
  const opening = `COPY (\n${isBounded ? "SELECT * FROM (\n" : ""}${around}`;
  const closing = `${around === "" ? "" : "\n)"}${isBounded ? `\n) LIMIT ${most + 1}` : ""}\n)`;
  const statement = `${opening}${sql}${closing} TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`;
  const copied = await engine.table({ ...ask, sql: statement }).catch((error: unknown) => {
    throw moved(error, opening.length);
  });
  const columns = await engine.describe({
    sql: `SELECT * FROM read_parquet(${literal(path)})`,
    ...(signal && { signal }),
  });
  return { rows: Number(copied.rows[0]?.[0] ?? 0), columns };
}

function moved(error: unknown, by: number): unknown {
  if (!(error instanceof EngineFailure) || error.position === null) return error;
  return new EngineFailure(error.kind, error.message, Math.max(0, error.position - by), error.candidates);
}
