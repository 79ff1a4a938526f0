import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import { literal } from "../../../server/language/quote.ts";

/** A workspace in the system's temporary folder with a Parquet file of each query's rows, made the first time it is asked for. */
export async function madeWorkspace(name: string, what: string, queries: Record<string, string>): Promise<string> {
  const root = join(tmpdir(), "segbook-bench", name);
  if (existsSync(join(root, "made"))) return root;
  process.stderr.write(`Making ${what} in ${root} …\n`);
  mkdirSync(join(root, "data"), { recursive: true });
  mkdirSync(join(root, "notebooks"), { recursive: true });
  const engine = await openDuckDb(null);
  try {
    for (const [table, sql] of Object.entries(queries)) {
      const file = join(root, "data", `${table}.parquet`);
      await engine.execute({ sql: `COPY (${sql}) TO ${literal(`${file}.tmp`)} (FORMAT parquet, COMPRESSION zstd)` });
      renameSync(`${file}.tmp`, file);
    }
  } finally {
    await engine.close();
  }
  writeFileSync(join(root, "made"), "");
  return root;
}
