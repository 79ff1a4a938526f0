import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import type { Engine } from "../../../server/engine/engine.ts";
import { literal } from "../../../server/language/quote.ts";
import { line, median } from "../notebook/report.ts";
import { byHand } from "./by-hand.ts";
import { BenchKernel } from "./kernel.ts";
import { FEATURES, segmentsNotebook } from "./notebook.ts";

const TIMES = 3;
export const CELLS = ["behaviour", "audiences"];

/** All features and segments by the kernel and by SQL that was written by hand, over the same Parquet, in turn. */
export async function againstHand(root: string): Promise<void> {
  const text = segmentsNotebook();
  const kernel = new BenchKernel(root);
  const folder = join(root, "by-hand");
  mkdirSync(folder, { recursive: true });
  const to = { features: join(folder, "features.parquet"), members: join(folder, "members.parquet") };
  const { threads, memory, temp } = kernel.limits;
  const bounds = { folders: ["/tmp", root], spill: join(folder, "spill"), zone: "UTC", threads, memory, temp };
  try {
    line("  reading the sources", seconds(await kernel.run(text, { cells: ["people", "orders", "mail", "web"] })), "");
    const files = new Map<string, string>();
    for (const name of ["people", "orders", "mail", "web"]) files.set(name, await kernel.file(text, name));
    const from = (name: string) => `read_parquet(${literal(files.get(name) ?? "")})`;
    // A process of its own, whose memory is that of these cells.
    await kernel.rest();
    await kernel.run(text, { cells: ["people"] });
    const times: { ours: number; hand: number }[] = [];
    const engine = await openDuckDb(bounds);
    try {
      for (let time = 0; time < TIMES; time++) {
        const ours = await kernel.run(text, { cells: CELLS, recompute: CELLS });
        const started = performance.now();
        for (const sql of byHand(from, to)) await engine.execute({ sql });
        times.push({ ours, hand: performance.now() - started });
      }
      await sameResults(engine, to, await Promise.all(CELLS.map((cell) => kernel.file(text, cell))));
    } finally {
      await engine.close();
    }
    const ours = median(times.map((one) => one.ours));
    const hand = median(times.map((one) => one.hand));
    line("12 features and 20 segments, each computed and written", seconds(ours), "");
    line("  the same by hand", seconds(hand), "");
    line("  ratio", (ours / hand).toFixed(2), "≤ 1.3");
    const gb = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`;
    line("  most memory of the kernel's process", gb(kernel.peak()), `≤ ${gb(memory)}`);
  } finally {
    await kernel.rest();
  }
}

/** Throws where the two came to different features or members. */
async function sameResults(
  engine: Engine,
  to: { features: string; members: string },
  [features = "", members = ""]: readonly string[],
): Promise<void> {
  const columns = ["customer_id", ...Object.keys(FEATURES)].join(", ");
  const compared = [
    { name: "features", ours: features, hand: to.features, columns },
    { name: "members", ours: members, hand: to.members, columns: "customer_id, segment" },
  ];
  for (const { name, ours, hand, columns: list } of compared) {
    const rows = (file: string) => `SELECT ${list} FROM read_parquet(${literal(file)})`;
    const either = (a: string, b: string) => `(${rows(a)} EXCEPT ALL ${rows(b)})`;
    const [row] = await engine.rows({
      sql: `SELECT count(*) AS n FROM (${either(ours, hand)} UNION ALL ${either(hand, ours)})`,
    });
    if (Number(row?.n) > 0) throw new Error(`${row?.n} rows of the ${name} differ from those by hand`);
  }
}

export function seconds(ms: number): string {
  return ms < 10_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
