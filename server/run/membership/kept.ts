import { version } from "../../version.ts";
import type { ResultCache, Stored } from "../cache.ts";
import { GENERATION, type KeyParts, keyOf } from "../key.ts";
import type { Plan } from "../plan.ts";
import { writeParquet } from "../write-parquet.ts";
import { HISTORY, type KnownHistory } from "./known.ts";

/** The relation `membership` as a result like any other, for whoever wants a file of it; made when first asked for. */
export async function keptHistory(known: KnownHistory, plan: Plan, cache: ResultCache): Promise<Stored> {
  const { engine, signal } = plan.studies.request;
  const columns = JSON.stringify(known.columns);
  const parts: KeyParts = {
    ...{ kind: HISTORY, part: "", body: `${known.key} ${columns}`, inputs: {}, types: {}, reads: {}, files: {} },
    ...{ asOf: null, seed: null, head: {}, clusters: null, rebaselines: null, zone: plan.clock.zone },
    ...{ engine: engine.version, segbook: version, generation: GENERATION },
  };
  const key = keyOf(parts);
  const found = await cache.find(key);
  if (found !== null) return found;
  const target = await cache.open(key);
  try {
    const started = performance.now();
    const sql = `SELECT * FROM (${known.sql}) ORDER BY ALL`;
    const written = await writeParquet(engine, { sql, path: target.path(""), signal });
    const about = { parts, ms: performance.now() - started, findings: [], files: {} };
    return await target.keep([{ suffix: "", ...written }], about);
  } finally {
    await target.drop();
  }
}
