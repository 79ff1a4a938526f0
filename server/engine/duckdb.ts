import type { DuckDBConnection, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { name as quoteName } from "../language/quote.ts";
import type { Column } from "../language/vocabulary.ts";
import { analyse, placesOf } from "./analyse.ts";
import { Breath } from "./breath.ts";
import { Chunks } from "./chunks.ts";
import { completeWords } from "./complete.ts";
import { type Confinement, confine } from "./confine.ts";
import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBInstance,
  INTEGER,
  TIMESTAMP,
  VARCHAR,
  version,
} from "./duckdb-package.ts";
import {
  Cancelled,
  type Engine,
  EngineFailure,
  LimitReached,
  type LoadColumn,
  type Statement,
  type Table,
} from "./engine.ts";
import { toFailure } from "./failure.ts";
import { bind } from "./parameters.ts";
import { plain } from "./plain.ts";
import { putTyped, type TypedColumn, takeDoubles } from "./typed-columns.ts";

/** Opens an engine in memory; with bounds it can read only the folders they name. */
export async function openDuckDb(bounds: Confinement | null): Promise<Engine> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(bounds?.threads ?? 2),
    errors_as_json: "true",
    preserve_insertion_order: "true",
  });
  const first = await instance.connect();
  const connections = [first];
  if (bounds !== null) {
    // Those that come after the settings are locked tell no progress.
    while (connections.length < READY_CONNECTIONS) connections.push(await instance.connect());
    await confine(first, bounds, connections.slice(1));
  }
  return new DuckDb(instance, connections, bounds);
}

const READY_CONNECTIONS = 16;

/** How often a statement that was called off is told so until it ends, in milliseconds. */
const INTERRUPT_MS = 50;

/** Of the engine that is opened here; known before one is. */
export const engineVersion: string = version();

class DuckDb implements Engine {
  readonly version = engineVersion;
  private readonly idle: DuckDBConnection[];
  private readonly all: DuckDBConnection[];

  constructor(
    private readonly instance: DuckDBInstance,
    connections: readonly DuckDBConnection[],
    private readonly bounds: Confinement | null,
  ) {
    this.idle = [...connections];
    this.all = [...connections];
  }

  async execute(statement: Statement): Promise<void> {
    await this.borrow(statement, async (connection) => {
      const { values, types } = bind(statement.parameters ?? {});
      await connection.run(statement.sql, values, types);
    });
  }

  async table(statement: Statement): Promise<Table> {
    return this.borrow(statement, async (connection) => {
      const { values, types } = bind(statement.parameters ?? {});
      const reader = await connection.runAndReadAll(statement.sql, values, types);
      return { columns: columnsOf(reader), rows: reader.getRows().map((row) => row.map(plain)) };
    });
  }

  async pieces(statement: Statement, take: (piece: Table) => Promise<void>): Promise<void> {
    await this.borrow(statement, async (connection) => {
      const { values, types } = bind(statement.parameters ?? {});
      const result = await connection.stream(statement.sql, values, types);
      const columns = columnsOf(result);
      let isEmpty = true;
      for await (const rows of result.yieldRows()) {
        // An interrupted stream just ends; the signal is looked at once more when it has.
        if (statement.signal?.aborted) return;
        isEmpty = false;
        await take({ columns, rows: rows.map((row) => row.map(plain)) });
      }
      if (isEmpty) await take({ columns, rows: [] });
    });
  }

  async rows(statement: Statement): Promise<ReturnType<typeof plainObject>[]> {
    const { columns, rows } = await this.table(statement);
    return rows.map((row) => plainObject(columns, row));
  }

  async numbers(statement: Statement, rows?: number): Promise<Float64Array[]> {
    const { onProgress, ...asked } = statement;
    return this.borrow(rows === undefined ? statement : asked, async (connection) => {
      const { values, types } = bind(statement.parameters ?? {});
      const ran = rows === undefined ? await connection.run(statement.sql, values, types) : null;
      const result = ran ?? (await connection.stream(statement.sql, values, types));
      const total = ran?.rowCount ?? rows ?? 0;
      const columns = Array.from({ length: result.columnCount }, () => new Float64Array(total));
      const breath = new Breath(statement.signal);
      const chunks = new Chunks(columns.length);
      let at = 0;
      for (;;) {
        await breath.take();
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) break;
        if (at + chunk.rowCount > total) throw new Error(`more than ${total} rows came`);
        for (const [index, column] of columns.entries()) {
          if (takeDoubles(chunk, index, column, at)) continue;
          let row = at;
          chunk.visitColumnValues(index, (value) => {
            column[row++] = toDouble(value);
          });
        }
        at += chunk.rowCount;
        chunks.taken(chunk.rowCount);
        if (rows !== undefined) onProgress?.(at / rows);
      }
      // An interrupted stream just ends.
      if (at !== total && statement.signal?.aborted) throw new Cancelled();
      if (at !== total) throw new Error(`${at} rows came of ${total}`);
      return columns;
    });
  }

  async describe(statement: Statement): Promise<Column[]> {
    const probe = { ...statement, sql: `SELECT * FROM (\n${statement.sql}\n) LIMIT 0` };
    try {
      return [...(await this.table(probe)).columns];
    } catch (error) {
      throw shifted(error, "SELECT * FROM (\n".length);
    }
  }

  async load(name: string, columns: readonly LoadColumn[], options: { signal?: AbortSignal } = {}): Promise<void> {
    const statement: Statement = {
      sql: `CREATE OR REPLACE TABLE ${quoteName(name)} (${columns.map((c) => `${quoteName(c.name)} ${c.type}`).join(", ")})`,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    };
    await this.borrow(statement, async (connection) => {
      await connection.run(statement.sql);
      const appender = await connection.createAppender(name);
      const types = columns.map((_, index) => appender.columnType(index));
      const total = columns[0]?.values.length ?? 0;
      const breath = new Breath(options.signal);
      // One for all: the memory of those that are done with is given back late.
      const chunk = DuckDBDataChunk.create(types);
      for (let start = 0; start < total; start += 2048) {
        await breath.take();
        const count = Math.min(2048, total - start);
        chunk.reset();
        chunk.rowCount = count;
        columns.forEach((column, index) => {
          if (isTyped(column.values) && putTyped(chunk, index, column.values, start)) return;
          const values = Array.from({ length: count }, (_, row) =>
            loadValue(column.values[start + row] ?? null, types[index]),
          );
          chunk.setColumnValues(index, values);
        });
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
    });
  }

  analyse(sql: string) {
    return this.borrow({ sql }, (connection) => analyse(connection, sql));
  }

  places(sql: string) {
    return this.borrow({ sql }, (connection) => placesOf(connection, sql));
  }

  complete(before: string) {
    return this.borrow({ sql: "" }, (connection) => completeWords(connection, before));
  }

  async close(): Promise<void> {
    for (const connection of this.all) connection.disconnectSync();
    this.instance.closeSync();
  }

  /** Lends a connection for one statement, interrupts it when the signal fires, and reads what it throws. */
  private async borrow<T>(statement: Statement, use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const { signal, onProgress } = statement;
    if (signal?.aborted) throw new Cancelled();
    const connection = this.idle.pop() ?? (await this.connect());
    let interrupting: NodeJS.Timeout | undefined;
    const interrupt = () => {
      connection.interrupt();
      // One that comes before the statement has begun is forgotten by the engine.
      interrupting = setInterval(() => connection.interrupt(), INTERRUPT_MS);
    };
    signal?.addEventListener("abort", interrupt, { once: true });
    const timer =
      onProgress === undefined
        ? null
        : setInterval(() => {
            const share = connection.progress.percentage / 100;
            if (share >= 0) onProgress(Math.min(1, share));
          }, 100);
    try {
      await refuseSeveral(connection, statement.sql);
      const result = await use(connection);
      if (signal?.aborted) throw new Cancelled();
      return result;
    } catch (error) {
      if (signal?.aborted || error instanceof Cancelled) throw new Cancelled();
      throw error instanceof Error && error.name === "EngineFailure" ? error : this.failure(error, statement);
    } finally {
      if (timer !== null) clearInterval(timer);
      clearInterval(interrupting);
      signal?.removeEventListener("abort", interrupt);
      this.idle.push(connection);
    }
  }

  private failure(error: unknown, { sql }: Statement): Error {
    const failure = toFailure(error, sql);
    if (failure.kind !== "memory" || this.bounds === null) return failure;
    const limit = /max_temp_directory_size/.test(failure.message) ? "temp" : "memory";
    return new LimitReached(limit, this.bounds[limit]);
  }

  private async connect(): Promise<DuckDBConnection> {
    const connection = await this.instance.connect();
    this.all.push(connection);
    return connection;
  }
}

/** Whatever gets into the text of a statement, it stays one: nothing can follow it. */
async function refuseSeveral(connection: DuckDBConnection, sql: string): Promise<void> {
  if (!sql.includes(";")) return;
  // What can't be parsed is told by whoever runs it.
  const found = await connection.extractStatements(sql).catch(() => null);
  if (found !== null && found.count > 1)
    throw new EngineFailure("syntax", `expected one statement, found ${found.count}`, null, []);
}

function plainObject(columns: readonly Column[], row: readonly ReturnType<typeof plain>[]) {
  const object: Record<string, ReturnType<typeof plain>> = Object.create(null);
  columns.forEach((column, index) => {
    object[column.name] = row[index] ?? null;
  });
  return object;
}

function columnsOf(result: { columnNames(): string[]; columnTypes(): DuckDBType[] }): Column[] {
  const names = result.columnNames();
  return result.columnTypes().map((type, index) => ({ name: names[index] ?? "", type: typeName(type) }));
}

/** DuckDB's own spelling, as DESCRIBE gives it. */
function typeName(type: DuckDBType): string {
  const text = type.toString();
  return text === "TIMESTAMPTZ" || text === "TIMESTAMP_TZ" ? "TIMESTAMP WITH TIME ZONE" : text;
}

function isTyped(values: LoadColumn["values"]): values is TypedColumn {
  return values instanceof Int32Array || values instanceof Float64Array;
}

function toDouble(value: DuckDBValue): number {
  if (value === null) return Number.NaN;
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  const text = plain(value);
  return typeof text === "number" ? text : Number(text);
}

function loadValue(value: string | number | bigint | boolean | null, type: DuckDBType | undefined): DuckDBValue {
  if (value === null || type === undefined) return null;
  if (type === BIGINT && typeof value === "number") return BigInt(value);
  if (type === INTEGER || type === DOUBLE || type === BOOLEAN || type === VARCHAR) return value;
  if (type === DATE || type === TIMESTAMP)
    return bind({ v: { type: type === DATE ? "DATE" : "TIMESTAMP", value: String(value) } }).values["v"] ?? null;
  return value;
}

function shifted(error: unknown, by: number): unknown {
  if (!(error instanceof Error) || error.name !== "EngineFailure") return error;
  const failure = error as ReturnType<typeof toFailure>;
  if (failure.position === null) return failure;
  return new (failure.constructor as typeof import("./engine.ts").EngineFailure)(
    failure.kind,
    failure.message,
    Math.max(0, failure.position - by),
    failure.candidates,
  );
}
