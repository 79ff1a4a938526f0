import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Bench } from "./harness.ts";

/** Writes a file below the bench's data folder. */
export async function putFile(bench: Bench, path: string, content: string | Uint8Array): Promise<void> {
  const file = join(bench.dataFolder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** Lets the engine write a SELECT as Parquet below the data folder. */
export async function putParquet(bench: Bench, path: string, sql: string): Promise<void> {
  await mkdir(dirname(join(bench.dataFolder, path)), { recursive: true });
  await bench.engine.execute({ sql: `COPY (${sql}) TO '${join(bench.dataFolder, path)}' (FORMAT parquet)` });
}

export function sourceCell(body: string): string {
  return `\`\`\`source orders\n${body.trim()}\n\`\`\`\n`;
}
