import type { KeptCluster, KeptClusters, KeptColumn } from "../../cluster/kept-clusters.ts";
import type { Engine } from "../../engine/engine.ts";
import { literal } from "../../language/quote.ts";
import { keptColumn } from "../../segments/membership/kept-clusters.ts";
import type { ResultCache, Stored } from "../cache.ts";

export const CENTRES = "_centres";

/** The clusters of a result, with the means of the people that are in them; null where it has none. */
export async function storedClusters(
  stored: Stored,
  { cache, engine, signal }: { cache: ResultCache; engine: Engine; signal: AbortSignal },
): Promise<KeptClusters | null> {
  const relation = stored.relations.find(({ suffix }) => suffix === CENTRES);
  if (relation === undefined) return null;
  const file = literal(cache.path(stored, relation));
  const rows = await engine.rows({ sql: `SELECT * FROM read_parquet(${file})`, signal });
  const columns = new Map<string, KeptColumn>();
  const clusters = new Map<number, KeptCluster & { centre: number[]; sd: number[] }>();
  for (const row of rows) {
    const name = String(row.column);
    if (!columns.has(name)) columns.set(name, columnOf(name, row));
    const number = Number(row.cluster);
    const about = { number, name: String(row.segment), size: Number(row.people) };
    const known = clusters.get(number) ?? { ...about, centre: [], sd: [] };
    known.centre.push(Number(row.mean));
    known.sd.push(Number(row.sd ?? 0));
    clusters.set(number, known);
  }
  return { columns: [...columns.values()], clusters: [...clusters.values()] };
}

function columnOf(name: string, { transform, low, spread, fill }: Readonly<Record<string, unknown>>): KeptColumn {
  const yardstick = { low: Number(low), spread: Number(spread), fill: Number(fill ?? 0) };
  return { name, ...keptColumn.parse({ transform, ...yardstick }) };
}
