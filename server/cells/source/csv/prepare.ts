import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { DataFile } from "../../kind.ts";
import { readBytes } from "../bytes.ts";
import { joinFields, sliceFields, splitFields } from "./fields.ts";
import type { LineMap } from "./line-map.ts";
import { type CsvScan, type RowFault, scanCsv } from "./scan.ts";
import type { CsvShape } from "./shape.ts";

/** A CSV file that the engine can read without guessing anything, and what was found on the way. */
export interface PreparedCsv {
  /** The file itself, or a copy in plain CSV where the engine could not read it as it is. */
  readonly path: string;
  readonly gzip: boolean;
  readonly header: boolean;
  readonly delimiter: string;
  readonly quote: string;
  /** Lines of a copy end with LF alone; those of a file are the engine's to see. */
  readonly copied: boolean;
  /** Rows that the engine must find: those without a fault. */
  readonly rows: number;
  readonly longest: number;
  readonly lines: LineMap;
  readonly faults: readonly RowFault[];
  readonly blank: number;
}

export interface PrepareCsv {
  readonly file: DataFile;
  readonly gzip: boolean;
  readonly shape: CsvShape;
  /** A name for a copy, not yet taken. Called only where one is needed. */
  copyTo(): Promise<string>;
  /** Whether rows without a fault are wanted where others have one. */
  readonly onError: "stop" | "set_aside";
  readonly signal: AbortSignal;
}

/** Looks at every byte of a file, and copies its good rows where the engine would read the file otherwise than it is written. */
export async function prepareCsv(ask: PrepareCsv): Promise<PreparedCsv> {
  const { file, gzip, shape } = ask;
  const scan = await scanCsv(open(ask), shape);
  const { rows, longest, lines, faults, blank } = scan;
  const found = { rows, longest, lines, faults, blank };
  const stopped = faults.length > 0 && (ask.onError === "stop" || faults.some((fault) => fault.fatal));
  if (stopped || readsAsItIs(scan, shape)) {
    const { header, delimiter, quote } = shape;
    return { path: file.absolute, gzip, header, delimiter, quote, copied: false, ...found };
  }
  const path = await ask.copyTo();
  const dialect = await copyRows(ask, scan, path);
  return { path, gzip: false, header: false, ...dialect, copied: true, ...found };
}

function readsAsItIs(scan: CsvScan, shape: CsvShape): boolean {
  // The engine takes the first line end that it meets for that of the whole file, even inside quotes.
  const plainEnds = scan.lineEnds.size <= 1 && !scan.lineEnds.has("\r") && !scan.tallStart;
  const plainRows = scan.faults.length === 0 && scan.loose === 0 && scan.leading === 0;
  return plainEnds && plainRows && shape.encoding === null && shape.skip === 0 && shape.widths === null;
}

async function copyRows(ask: PrepareCsv, scan: CsvScan, path: string): Promise<{ delimiter: string; quote: string }> {
  const { shape } = ask;
  const rewritten = scan.loose > 0 || shape.widths !== null;
  const output = createWriteStream(path);
  const failed = finished(output);
  let waiting: Buffer[] = [];
  const flush = async () => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    if (!output.write(bytes))
      await Promise.race([new Promise<void>((resolve) => output.once("drain", () => resolve())), failed]);
  };
  const flushing = async function* () {
    for await (const chunk of open(ask)) {
      yield chunk;
      await flush();
    }
  };
  await scanCsv(flushing(), shape, (bytes, span) => {
    const record = bytes.subarray(span.start, span.end);
    waiting.push(rewritten ? Buffer.from(rewrite(record.toString("utf8"), shape)) : Buffer.from(record), NEWLINE);
  });
  await flush();
  output.end();
  await failed;
  return rewritten ? { delimiter: ",", quote: '"' } : { delimiter: shape.delimiter, quote: shape.quote };
}

const NEWLINE = Buffer.from("\n");

function rewrite(record: string, shape: CsvShape): string {
  if (shape.widths !== null) return joinFields(sliceFields(record, shape.widths));
  return joinFields(splitFields(record, shape.delimiter, shape.quote));
}

function open({ file, gzip, shape, signal }: PrepareCsv): AsyncGenerator<Buffer> {
  return readBytes({ file, gzip, encoding: shape.encoding, signal });
}
