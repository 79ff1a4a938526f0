import { Cancelled, type Engine, EngineFailure, type PlainValue } from "../../engine/engine.ts";

type Rows = readonly (readonly PlainValue[])[];

/** What was asked of results, by the statement: a result's path has its key in it, so that the answer stays the same. */
const kept = new Map<string, Promise<Rows>>();
const MOST_KEPT = 300;

/** The rows of a SELECT over stored results; null where a result was put away meanwhile, which is as good as none. */
export async function keptRows(engine: Engine, sql: string, signal: AbortSignal): Promise<Rows | null> {
  const known = kept.get(sql) ?? engine.table({ sql, signal }).then(({ rows }) => rows);
  kept.set(sql, known);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  try {
    return await known;
  } catch (error) {
    if (kept.get(sql) === known) kept.delete(sql);
    if (error instanceof EngineFailure) return null;
    // Whoever asked first has left; who still waits asks anew.
    if (error instanceof Cancelled && !signal.aborted) return keptRows(engine, sql, signal);
    throw error;
  }
}
