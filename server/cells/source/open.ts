import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Engine, EngineFailure } from "../../engine/engine.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { DataFile } from "../kind.ts";
import { readBytes } from "./bytes.ts";
import { csvGroup, type ReadyCsv, readsAlike } from "./csv/group.ts";
import { inspectCsv } from "./csv/inspect.ts";
import { prepareCsv } from "./csv/prepare.ts";
import { hopefulTypes } from "./csv/sample.ts";
import type { RowFault } from "./csv/scan.ts";
import type { Finding } from "./finding.ts";
import { type FileFormat, fileFormat } from "./format.ts";
import { jsonGroup, type ReadyJson } from "./json/group.ts";
import { jsonColumns } from "./json/inspect.ts";
import { scanJsonLines } from "./json/scan.ts";
import { parquetColumns, parquetGroup, type ReadyParquet } from "./parquet/group.ts";
import type { RawGroup } from "./raw.ts";
import type { SourceBody } from "./schema.ts";
import { unreadable } from "./unreadable.ts";

export interface OpenContext {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  scratchFolder(): Promise<string>;
}

export interface FileFault {
  readonly file: DataFile;
  readonly fault: RowFault;
}

export interface OpenFiles {
  readonly groups: readonly RawGroup[];
  /** Rows that can't be read; where the source stops at them, the groups are not to be used. */
  readonly faults: readonly FileFault[];
  readonly findings: readonly Finding[];
}

type Ready =
  | { readonly kind: "csv"; readonly ready: ReadyCsv }
  | { readonly kind: "json"; readonly ready: ReadyJson }
  | { readonly kind: "parquet"; readonly ready: ReadyParquet };

interface Opened {
  readonly ready: Ready;
  readonly faults: readonly RowFault[];
  readonly findings: readonly Finding[];
}

/** Makes files ready for the engine: each is looked at as a whole where its format promises nothing. Throws SourceFault. */
export async function openFiles(
  files: readonly DataFile[],
  body: SourceBody,
  context: OpenContext,
): Promise<OpenFiles> {
  const faults: FileFault[] = [];
  const findings: Finding[] = [];
  const ready: Ready[] = [];
  for (const file of files) {
    const format = await fileFormat(file, body);
    const opened = await OPENERS[format.kind]({ file, format, body, context, index: ready.length });
    ready.push(opened.ready);
    findings.push(...opened.findings);
    faults.push(...opened.faults.map((fault) => ({ file, fault })));
    if (faults.length > MOST_FAULTS) break;
  }
  if (body.on_error === "stop" && faults.length > 0) return { groups: [], faults, findings };
  const groups: RawGroup[] = [];
  for (const run of runsOf(ready)) groups.push(await groupOf(run, body, context));
  return { groups, faults, findings };
}

const MOST_FAULTS = 100_000;

interface Opening {
  readonly file: DataFile;
  readonly format: FileFormat;
  readonly body: SourceBody;
  readonly context: OpenContext;
  readonly index: number;
}

const OPENERS = { csv: openCsv, json: openJson, parquet: openParquet };

async function openCsv({ file, format, body, context, index }: Opening): Promise<Opened> {
  const { gzip, delimiter } = format;
  const { signal } = context;
  const { shape, rows, findings } = await inspectCsv({ file, gzip, options: body.csv, delimiter, signal });
  const copyTo = async () => join(await context.scratchFolder(), `${index}.csv`);
  const prepared = await prepareCsv({ file, gzip, shape, copyTo, onError: body.on_error, signal });
  const { faults } = prepared;
  return { ready: { kind: "csv", ready: { file, names: shape.names, prepared, sample: rows } }, faults, findings };
}

async function openJson({ file, format, body, context, index }: Opening): Promise<Opened> {
  const { gzip } = format;
  const { engine, signal } = context;
  const whole = { file, path: file.absolute, gzip };
  const columnsOf = (path: string, packed: { gzip: boolean }) =>
    jsonColumns(engine, { paths: [path], ...packed }, { extent: "whole", signal });
  try {
    const columns = await columnsOf(whole.path, { gzip });
    return { ready: { kind: "json", ready: { ...whole, columns } }, faults: [], findings: [] };
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    const { faults } = await scanJsonLines(file, { gzip, signal });
    if (faults.length === 0) throw unreadable(file, error);
    if (body.on_error === "stop")
      return { ready: { kind: "json", ready: { ...whole, columns: [] } }, faults, findings: [] };
    const path = join(await context.scratchFolder(), `${index}.jsonl`);
    const kept: Buffer[] = [];
    await scanJsonLines(file, { gzip, signal, keep: (line) => kept.push(Buffer.from(line), NEWLINE) });
    await pipeline(Readable.from(kept), createWriteStream(path));
    const columns = await columnsOf(path, { gzip: false });
    return { ready: { kind: "json", ready: { file, path, gzip: false, columns } }, faults, findings: [] };
  }
}

const NEWLINE = Buffer.from("\n");

async function openParquet({ file, format, context, index }: Opening): Promise<Opened> {
  const { engine, signal } = context;
  let path = file.absolute;
  if (format.gzip) {
    path = join(await context.scratchFolder(), `${index}.parquet`);
    await pipeline(readBytes({ file, gzip: true, encoding: null, signal }), createWriteStream(path));
  }
  try {
    const columns = await parquetColumns(engine, path, signal);
    return { ready: { kind: "parquet", ready: { file, path, columns } }, faults: [], findings: [] };
  } catch (error) {
    throw error instanceof EngineFailure ? unreadable(file, error) : error;
  }
}

/** Files that one scan can read, in their order. */
function runsOf(ready: readonly Ready[]): Ready[][] {
  const runs: Ready[][] = [];
  for (const one of ready) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && fits(before, one)) run.push(one);
    else runs.push([one]);
  }
  return runs;
}

function fits(a: Ready, b: Ready): boolean {
  if (a.kind === "csv" && b.kind === "csv") return readsAlike(a.ready, b.ready);
  if (a.kind === "json" && b.kind === "json")
    return a.ready.gzip === b.ready.gzip && !ownIndex(a.ready) && !ownIndex(b.ready);
  if (a.kind !== "parquet" || b.kind !== "parquet") return false;
  return !ownIndex(a.ready) && JSON.stringify(a.ready.columns) === JSON.stringify(b.ready.columns);
}

/** A column of the file goes before the engine's own of that name, so that several files could not be told apart. */
function ownIndex({ columns }: { columns: readonly Column[] }): boolean {
  return columns.some(({ name }) => /^file_(index|row_number)$/i.test(name));
}

async function groupOf(run: readonly Ready[], body: SourceBody, { engine, signal }: OpenContext): Promise<RawGroup> {
  const csv = run.flatMap((one) => (one.kind === "csv" ? [one.ready] : []));
  if (csv.length > 0) {
    const reading = { nullValues: body.csv.null_values, mark: body.csv.decimal };
    const samples = csv.map(({ names, sample }) => ({ names, rows: sample }));
    const candidates = await hopefulTypes(engine, samples, { ...reading, signal });
    return csvGroup(csv, { ...reading, candidates });
  }
  const json = run.flatMap((one) => (one.kind === "json" ? [one.ready] : []));
  if (json.length > 0) return jsonGroup(engine, json, signal);
  return parquetGroup(
    engine,
    run.flatMap((one) => (one.kind === "parquet" ? [one.ready] : [])),
    signal,
  );
}
