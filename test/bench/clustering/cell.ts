import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import { literal } from "../../../server/language/quote.ts";
import { BenchKernel } from "../segments/kernel.ts";
import type { Measures } from "./measured.ts";
import { CLUSTERS, peopleNotebook, peopleWorkspace } from "./people.ts";
import { ONE_THREAD, PYTHON } from "./race.ts";

/** Whole cells, by the name that each is run by. */
export const CELLS: Readonly<Record<string, number>> = {
  "cell-100k": 100_000,
  "cell-1m": 1_000_000,
  "cell-10m": 10_000_000,
};

/**
 * A whole cluster cell in a kernel of its own, from the rows of its source to the Parquet files of everything it yields,
 * and the same by pandas and scikit-learn from a CSV file (Debian's pandas reads no Parquet); null without them.
 */
export async function measureCell(
  people: number,
  hasPeers: boolean,
): Promise<{ ours: Measures; theirs: Measures | null }> {
  const root = await peopleWorkspace(people);
  const ours = await byKernel(root);
  return { ours, theirs: hasPeers ? byPandas(await csvOf(root), root) : null };
}

async function byKernel(root: string): Promise<Measures> {
  // As it is built: from the sources, compiling them while they are loaded would be most of what 100,000 people take.
  const built = new URL("../../../dist/server/kernel/kernel.js", import.meta.url).href;
  const { Kernel } = (await import(built)) as typeof import("../../../server/kernel/kernel.ts");
  const kernel = new BenchKernel(root, Kernel);
  try {
    const text = peopleNotebook();
    await kernel.run(text, { cells: ["people"] });
    const before = kernel.cpu();
    const wall = await kernel.run(text, { cells: ["kinds"], recompute: ["kinds"] });
    return { cpu: (kernel.cpu() - before) / 1000, wall: wall / 1000, peak: kernel.peak() / 2 ** 20 };
  } finally {
    await kernel.rest();
  }
}

function byPandas(csv: string, root: string): Measures {
  const script = join(dirname(fileURLToPath(import.meta.url)), "cell.py");
  const env = { ...process.env, ...ONE_THREAD };
  const args = [script, csv, String(CLUSTERS), join(root, "clusters.csv")];
  const done = spawnSync(PYTHON, args, { env, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`pandas ended with ${done.signal ?? done.status}: ${done.stderr}`);
  return JSON.parse(done.stdout) as Measures;
}

async function csvOf(root: string): Promise<string> {
  const csv = join(root, "people.csv");
  if (existsSync(csv)) return csv;
  const engine = await openDuckDb(null);
  try {
    const parquet = literal(join(root, "data", "people.parquet"));
    await engine.execute({ sql: `COPY (SELECT * FROM read_parquet(${parquet})) TO ${literal(csv)} (FORMAT csv)` });
  } finally {
    await engine.close();
  }
  return csv;
}
