import { name as quoted } from "../../language/quote.ts";
import type { Asked, Pass } from "../../language/sql-pass.ts";
import type { ResultCache, Stored } from "../cache.ts";
import type { Limits } from "../limits.ts";
import { DiskFull, isDiskFull } from "../unexpected.ts";
import { withinBytes } from "../within.ts";
import { writeParquet } from "../write-parquet.ts";
import { columnOf } from "./choose.ts";
import type { KeepAsk } from "./kept-scans.ts";
import type { Place } from "./places.ts";
import { withRelations } from "./relations.ts";

interface Around extends Pick<KeepAsk, "engine" | "relation" | "signal" | "onProgress"> {
  readonly cache: ResultCache;
  readonly limits: Limits;
}

/** Computes columns of a pass and keeps them as one table. */
export async function writeScan(
  { engine, relation, cache, limits, signal, onProgress }: Around,
  { pass, place, asked }: { pass: Pass; place: Place; asked: readonly Asked[] },
): Promise<Stored> {
  const started = performance.now();
  try {
    const target = await cache.open(place.key);
    try {
      const named = asked.map((one) => ({ ...one, column: quoted(columnOf(one.computed)) }));
      const sql = await withRelations(pass.reads, pass.query(named), relation);
      const path = target.path("");
      const written = await withinBytes(path, limits.temp, signal, (within) =>
        writeParquet(engine, { sql, path, signal: within, ...(onProgress && { onProgress }) }),
      );
      const about = { parts: place.parts, ms: performance.now() - started, findings: [], files: {} };
      return await target.keep([{ suffix: "", ...written }], about);
    } finally {
      await target.drop();
    }
  } catch (error) {
    throw isDiskFull(error) ? new DiskFull(cache.folder) : error;
  }
}
