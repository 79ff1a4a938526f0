import { engineVersion } from "../engine/duckdb.ts";
import type { Engine } from "../engine/engine.ts";

/** An engine that is being opened: what does not ask it anything need not wait for it. */
export function engineSoon(opening: Promise<Engine>): Engine {
  // Whoever asks it something is told why it could not be opened.
  opening.catch(() => undefined);
  return {
    version: engineVersion,
    execute: async (statement) => (await opening).execute(statement),
    table: async (statement) => (await opening).table(statement),
    pieces: async (statement, take) => (await opening).pieces(statement, take),
    rows: async (statement) => (await opening).rows(statement),
    numbers: async (statement, rows) => (await opening).numbers(statement, rows),
    describe: async (statement) => (await opening).describe(statement),
    load: async (name, columns, options) => (await opening).load(name, columns, options),
    analyse: async (sql) => (await opening).analyse(sql),
    places: async (sql) => (await opening).places(sql),
    complete: async (before) => (await opening).complete(before),
    close: async () => (await opening).close(),
  };
}
