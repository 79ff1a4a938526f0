import { type Engine, EngineFailure } from "../../engine/engine.ts";
import type { DataFile } from "../kind.ts";
import { pathLiteral } from "./path-literal.ts";
import { unreadable } from "./unreadable.ts";

/** A failure of the engine that is a file's fault, as such; any other as it is. */
export async function blamed(
  error: unknown,
  files: readonly DataFile[],
  { engine, signal }: { engine: Engine; signal: AbortSignal },
): Promise<unknown> {
  if (!(error instanceof EngineFailure)) return error;
  const named = files.find(({ absolute }) => error.message.includes(absolute));
  if (named !== undefined) return unreadable(named, error);
  if (error.kind !== "other" && error.kind !== "io") return error;
  // Damage inside a Parquet file does not always tell which one it is in.
  for (const file of files.filter(({ path }) => /\.(parquet|pq)$/i.test(path))) {
    const sql = `SELECT count(hash(rows)) FROM read_parquet(${pathLiteral(file.absolute)}) AS rows`;
    const failure = await engine.table({ sql, signal }).then(
      () => null,
      (cause: unknown) => cause,
    );
    if (failure instanceof EngineFailure) return unreadable(file, failure);
  }
  return error;
}
