import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { copyFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { openDuckDb } from "../../engine/duckdb.ts";
import { literal } from "../../language/quote.ts";
import { checkOut, writeOut } from "../out-file.ts";
import { type Format, pieceWriter } from "./formats.ts";

export interface Printing {
  readonly format: Format;
  readonly limit: number | null;
  /** Relative to the current folder; null is stdout. */
  readonly out: string | null;
  readonly spreadsheet: boolean;
}

const TABLE_ROWS = 50;

/** Prints a result's file. What goes into a file is there whole or not at all. */
export async function printRelation(
  found: { file: string; rows: number },
  printing: Printing,
  signal: AbortSignal,
): Promise<void> {
  if (printing.out === null) return printTo(process.stdout, found, printing, signal);
  const out = resolve(printing.out);
  await checkOut(out);
  await writeOut(out, async (temporary) => {
    if (printing.format === "parquet") return parquetTo(temporary, found.file, printing.limit);
    const sink = createWriteStream(temporary, { flush: true });
    const done = finished(sink);
    // It may fail before anybody waits for it.
    done.catch(() => undefined);
    await Promise.race([printTo(sink, found, printing, signal), done]);
    sink.end();
    await done;
  });
}

async function parquetTo(target: string, file: string, limit: number | null): Promise<void> {
  if (limit === null) return copyFile(file, target);
  const engine = await openDuckDb(null);
  try {
    await engine.execute({
      sql: `COPY (${rowsSql(file, limit)}) TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd)`,
    });
  } finally {
    await engine.close();
  }
}

async function printTo(
  sink: Writable,
  found: { file: string; rows: number },
  { format, limit, spreadsheet }: Printing,
  signal: AbortSignal,
): Promise<void> {
  if (format === "parquet") throw new Error("parquet goes into a file");
  const writer = pieceWriter(format, { total: found.rows, spreadsheet });
  const write = async (pieces: Iterable<string>) => {
    for (const piece of pieces) if (!sink.write(piece)) await once(sink, "drain");
  };
  const engine = await openDuckDb(null);
  try {
    const sql = rowsSql(found.file, limit ?? (format === "table" ? TABLE_ROWS : null));
    await engine.pieces({ sql, signal }, (piece) => write(writer.rows(piece)));
    await write(writer.end());
  } finally {
    await engine.close();
  }
}

/** In the order in which they were written. */
function rowsSql(file: string, limit: number | null): string {
  return `SELECT * FROM read_parquet(${literal(file)})${limit === null ? "" : ` LIMIT ${limit}`}`;
}
