import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDuckDb } from "../../server/engine/duckdb.ts";
import { literal } from "../../server/language/quote.ts";
import { line } from "./notebook/report.ts";
import { BenchKernel } from "./segments/kernel.ts";
import type { Bare } from "./sends/bare.ts";
import { NOTEBOOK, SEGMENTS, sendsWorkspace } from "./sends/workspace.ts";

/**
 * `npm run bench -- sends [SENDS | 100m]`: a monitor of 20 overlapping segments over 365 days of sends, 10 million by
 * default, counted, judged and written by a kernel as the server starts one, beside the bare join and GROUP BY of the
 * same files in a process of its own.
 */
const [size = "10000000"] = process.argv.slice(2);
const sends = size === "100m" ? 100_000_000 : Number(size);
const root = await sendsWorkspace(sends);
const kernel = new BenchKernel(root);
const { threads, memory } = kernel.limits;
try {
  await kernel.run(NOTEBOOK, { cells: ["sends", "groups"] });
  const files = [await kernel.file(NOTEBOOK, "sends"), await kernel.file(NOTEBOOK, "groups")];
  // A process of its own, whose memory is that of the monitor.
  await kernel.rest();
  await kernel.run(NOTEBOOK, { cells: ["sends", "groups"] });
  const idle = kernel.cpu();
  const ms = await kernel.run(NOTEBOOK, { cells: ["watch"], recompute: ["watch"] });
  const cpu = kernel.cpu() - idle;
  const peak = kernel.peak();
  const counts = await kernel.file(NOTEBOOK, "watch_counts");
  const bare = bareCount(files);
  await same(counts, bare.rows);
  line(`${sends.toLocaleString("en")} sends × ${SEGMENTS} segments × 365 days`, "processor", "memory");
  line("  the monitor: counted, judged and written", `${seconds(cpu)} (${seconds(ms)})`, gigabytes(peak));
  line("  the bare join and GROUP BY", `${seconds(bare.cpu)} (${seconds(bare.ms)})`, gigabytes(bare.peak));
  line("  ratio", (cpu / bare.cpu).toFixed(2), (peak / bare.peak).toFixed(2));
} finally {
  await kernel.rest();
}

function bareCount(files: readonly string[]): Bare {
  const spill = join(root, "spill");
  mkdirSync(spill, { recursive: true });
  const script = fileURLToPath(new URL("./sends/bare.ts", import.meta.url));
  const given = ["--import", "tsx", script, ...files, String(threads), String(memory), spill];
  return JSON.parse(execFileSync(process.execPath, given, { encoding: "utf8", maxBuffer: 1e9 })) as Bare;
}

/** Throws where the two counted otherwise. */
async function same(file: string, rows: Bare["rows"]): Promise<void> {
  const engine = await openDuckDb(null);
  try {
    const columns = Object.keys(rows[0] ?? {});
    const sql = `SELECT ${columns.join(", ")} FROM read_parquet(${literal(file)}) ORDER BY segment, period`;
    const found = await engine.rows({ sql });
    const text = (list: readonly object[]) =>
      JSON.stringify(list, (_, value) => (typeof value === "bigint" ? Number(value) : value));
    if (text(found) !== text(rows)) throw new Error("the monitor and the bare GROUP BY count otherwise");
  } finally {
    await engine.close();
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(2)} GB`;
}
