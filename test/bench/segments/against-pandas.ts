import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import { line, median } from "../notebook/report.ts";
import { CELLS, seconds } from "./against-hand.ts";
import { BenchKernel } from "./kernel.ts";
import { segmentsNotebook } from "./notebook.ts";

const PYTHON = "/usr/bin/python3";

const MICROS = "CAST(epoch_us(AT) AS DOUBLE)";
const CODE = (words: readonly string[]) =>
  `CAST(list_position([${words.map((word) => `'${word}'`).join(", ")}], COLUMN) - 1 AS DOUBLE)`;
const CATEGORY = CODE(["Kitchen", "Garden", "Toys", "Books", "Clothes"]).replace("COLUMN", "category");

/** Each table's columns: how they are written, and as what pandas has them. */
const TABLES: Readonly<
  Record<string, Readonly<Record<string, { sql: string; type: "int8" | "int32" | "int64" | "float64" }>>>
> = {
  people: { customer_id: { sql: "customer_id", type: "int32" } },
  orders: {
    customer_id: { sql: "customer_id", type: "int32" },
    at: { sql: MICROS.replace("AT", "ordered_at"), type: "int64" },
    amount: { sql: "amount", type: "float64" },
    category: { sql: CATEGORY, type: "int8" },
  },
  mail: {
    customer_id: { sql: "customer_id", type: "int32" },
    at: { sql: MICROS.replace("AT", "happened_at"), type: "int64" },
    type: { sql: CODE(["delivered", "opened", "clicked"]).replace("COLUMN", "type"), type: "int8" },
  },
  web: {
    customer_id: { sql: "customer_id", type: "int32" },
    at: { sql: MICROS.replace("AT", "happened_at"), type: "int64" },
    type: { sql: CODE(["page", "product", "cart"]).replace("COLUMN", "type"), type: "int8" },
    category: { sql: CATEGORY, type: "int8" },
    session_id: { sql: "session_id // 4096", type: "int64" },
  },
};

/** The same features and segments with pandas, its columns in memory before the clock starts; false where it can't hold them. */
export async function againstPandas(root: string): Promise<boolean> {
  if (spawnSync(PYTHON, ["-c", "import pandas"]).status !== 0) {
    line("pandas", "not found", "");
    process.stderr.write("Install pandas to compare with it: apt-get install python3-pandas\n");
    return true;
  }
  const folder = join(root, "pandas");
  await writeColumns(root, folder);
  const types = Object.fromEntries(
    Object.entries(TABLES).map(([name, columns]) => [
      name,
      Object.fromEntries(Object.entries(columns).map(([column, { type }]) => [column, type])),
    ]),
  );
  const script = fileURLToPath(new URL("./frames.py", import.meta.url));
  const ran = spawnSync(PYTHON, [script, folder, JSON.stringify(types)], { encoding: "utf8" });
  rmSync(folder, { recursive: true, force: true });
  if (ran.signal === "SIGKILL" || ran.stderr.includes("MemoryError")) return false;
  if (ran.status !== 0) throw new Error(`pandas ended with ${ran.signal ?? ran.status}: ${ran.stderr}`);
  const found = JSON.parse(ran.stdout) as { seconds: number; sizes: Record<string, number>; peak: number };
  const kernel = new BenchKernel(root);
  try {
    const text = segmentsNotebook();
    await kernel.run(text, { cells: CELLS });
    const times: number[] = [];
    for (let time = 0; time < 3; time++) times.push(await kernel.run(text, { cells: CELLS, recompute: CELLS }));
    await sameSizes(await kernel.file(text, "audiences"), found.sizes);
    line("  pandas, its columns in memory and nothing written", seconds(found.seconds * 1000), "");
    line("  the kernel, from Parquet to Parquet", seconds(median(times)), "");
    line(
      "  memory: pandas, kernel",
      [found.peak, kernel.peak()].map((bytes) => `${(bytes / 1024 ** 3).toFixed(1)} GB`).join(", "),
      "",
    );
  } finally {
    await kernel.rest();
  }
  return true;
}

async function sameSizes(file: string, sizes: Readonly<Record<string, number>>): Promise<void> {
  const engine = await openDuckDb(null);
  try {
    const rows = await engine.rows({ sql: `SELECT segment, count(*) AS n FROM read_parquet('${file}') GROUP BY 1` });
    const ours = new Map(rows.map(({ segment, n }) => [String(segment), Number(n)]));
    const wrong = Object.entries(sizes).filter(([name, size]) => (ours.get(name) ?? 0) !== size);
    // Sums of doubles may stand on the other side of a border.
    for (const [name, size] of wrong)
      process.stderr.write(`${name}: ${size} by pandas, ${ours.get(name) ?? 0} by the kernel\n`);
  } finally {
    await engine.close();
  }
}

async function writeColumns(root: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const engine = await openDuckDb(null);
  try {
    for (const [name, columns] of Object.entries(TABLES))
      for (const [column, { sql, type }] of Object.entries(columns)) {
        const from = `read_parquet('${join(root, "data", name)}.parquet')`;
        const [values = new Float64Array()] = await engine.numbers({
          sql: `SELECT CAST(${sql} AS DOUBLE) FROM ${from}`,
        });
        writeFileSync(join(folder, `${name}.${column}`), bytesOf(values, type));
      }
  } finally {
    await engine.close();
  }
}

function bytesOf(values: Float64Array, type: "int8" | "int32" | "int64" | "float64"): Uint8Array {
  if (type === "float64") return new Uint8Array(values.buffer);
  if (type === "int8") return new Uint8Array(Int8Array.from(values).buffer);
  if (type === "int32") return new Uint8Array(Int32Array.from(values).buffer);
  const halves = new Int32Array(values.length * 2);
  values.forEach((value, index) => {
    // A typed array takes the lowest 32 bits of a whole number.
    halves[2 * index] = value % 2 ** 32;
    halves[2 * index + 1] = Math.floor(value / 2 ** 32);
  });
  return new Uint8Array(halves.buffer);
}
