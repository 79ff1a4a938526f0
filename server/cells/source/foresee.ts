import { EngineFailure } from "../../engine/engine.ts";
import type { DataFile, StudyContext } from "../kind.ts";
import { inspectCsv } from "./csv/inspect.ts";
import { tallySample } from "./csv/sample.ts";
import { fileFormat } from "./format.ts";
import { jsonColumns, jsonRaw } from "./json/inspect.ts";
import type { Has } from "./layout.ts";
import { parquetColumns } from "./parquet/group.ts";
import type { SourceBody } from "./schema.ts";
import { typeOf } from "./sniff.ts";
import { unreadable } from "./unreadable.ts";

/** What the start of a file promises. */
export interface Foreseen extends Has {
  /** Types by the file's own names; a column without values has none. */
  readonly types: ReadonlyMap<string, string>;
}

/** Reads the start of a file; null where its columns can't be known before all of it is read. Throws SourceFault. */
export async function foresee(
  { file, look }: { file: DataFile; look: "types" | "names" },
  body: SourceBody,
  context: StudyContext,
): Promise<Foreseen | null> {
  const { engine, signal } = context;
  const format = await fileFormat(file, body);
  if (format.kind === "csv") {
    const { gzip, delimiter } = format;
    const { shape, rows } = await inspectCsv({ file, gzip, options: body.csv, delimiter, signal });
    if (look === "names") return { path: file.path, columns: shape.names, types: new Map() };
    const { null_values: nullValues, decimal: mark } = body.csv;
    const tallies = await tallySample(engine, { names: shape.names, rows }, { nullValues, mark, signal });
    const types = shape.names.map((name, index) => [name, tallies[index] && typeOf(tallies[index])] as const);
    return { path: file.path, columns: shape.names, types: known(types) };
  }
  try {
    if (format.kind === "json") {
      const source = { paths: [file.absolute], gzip: format.gzip };
      const columns = await jsonColumns(engine, source, { extent: "sample", signal });
      const types = columns.map((column) => [column.name, jsonRaw(column).type ?? timeOrText(column.type)] as const);
      return { path: file.path, columns: columns.map(({ name }) => name), types: known(types) };
    }
    if (format.gzip) return null;
    const columns = await parquetColumns(engine, file.absolute, signal);
    const types = columns.map(({ name, type }) => [name, type] as const);
    return { path: file.path, columns: columns.map(({ name }) => name), types: known(types) };
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    // A bad line is found, and named, when all lines are read.
    if (format.kind === "json") return null;
    throw unreadable(file, error);
  }
}

function timeOrText(type: string): string {
  return type === "DATE" || type.startsWith("TIMESTAMP") ? type : "VARCHAR";
}

function known(types: readonly (readonly [string, string | null | undefined])[]): Map<string, string> {
  return new Map(types.flatMap(([name, type]) => (type === null || type === undefined ? [] : [[name, type] as const])));
}
