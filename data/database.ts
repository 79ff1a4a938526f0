import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** A DuckDB in memory that spills into a folder; its statements stop when the signal says so. */
export interface Database {
  /** A connection of its own, for statements that run beside others. */
  connect(): Promise<Connection>;
  close(): void;
}

export interface Connection {
  run(...statements: readonly string[]): Promise<void>;
  /** The first column of the first row, as a number. */
  count(sql: string): Promise<number>;
}

export async function openDatabase(
  folder: string,
  { signal, threads }: { readonly signal?: AbortSignal; readonly threads?: number },
): Promise<Database> {
  const instance = await DuckDBInstance.create(":memory:", {
    temp_directory: folder,
    memory_limit: "2GB",
    ...(threads === undefined ? {} : { threads: String(threads) }),
  });
  const open: DuckDBConnection[] = [];
  const interrupt = (): void => {
    for (const connection of open) connection.interrupt();
  };
  signal?.addEventListener("abort", interrupt);
  return {
    connect: async () => {
      const connection = await instance.connect();
      open.push(connection);
      return connectionOf(connection, signal);
    },
    close: () => {
      signal?.removeEventListener("abort", interrupt);
      for (const connection of open) connection.closeSync();
      instance.closeSync();
    },
  };
}

function connectionOf(connection: DuckDBConnection, signal: AbortSignal | undefined): Connection {
  // What an interrupted statement says is the engine's business; the caller hears the signal's reason.
  const run = async (sql: string) => {
    signal?.throwIfAborted();
    try {
      return await connection.run(sql);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  };
  return {
    run: async (...statements) => {
      for (const statement of statements) await run(statement);
    },
    count: async (sql) => Number((await (await run(sql)).getRows())[0]?.[0]),
  };
}
