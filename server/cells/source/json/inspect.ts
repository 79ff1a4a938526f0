import type { Engine } from "../../../engine/engine.ts";
import { name as quoted } from "../../../language/quote.ts";
import type { Column } from "../../../language/vocabulary.ts";
import { pathList } from "../path-literal.ts";
import type { RawColumn } from "../raw.ts";
import { CANDIDATES } from "../sniff.ts";

export interface JsonFiles {
  readonly paths: readonly string[];
  readonly gzip: boolean;
}

/** The columns of JSON lines, judged by a sample or by all of them. Throws EngineFailure where they can't be read. */
export async function jsonColumns(
  engine: Engine,
  files: JsonFiles,
  look: { extent: "sample" | "whole"; signal: AbortSignal },
): Promise<Column[]> {
  const options = `sample_size = ${look.extent === "whole" ? -1 : 5000}, union_by_name = true, convert_strings_to_integers = false`;
  const sql = `SELECT * FROM read_json(${jsonSource(files)}, ${options})`;
  return engine.describe({ sql, signal: look.signal });
}

export function jsonSource({ paths, gzip }: JsonFiles): string {
  return `${pathList(paths)}, hive_partitioning = false, format = 'newline_delimited', records = 'true', compression = '${gzip ? "gzip" : "uncompressed"}'`;
}

/** Text stays text until all of it is known to be dates or times; what has several types is read as text. */
export function jsonRaw(column: Column): RawColumn & { read: string } {
  const value = quoted(column.name);
  const times = CANDIDATES.map(({ type }) => type).filter((type) => type === "DATE" || type.startsWith("TIMESTAMP"));
  if (column.type === "JSON") {
    const candidates = CANDIDATES.map(({ type }) => type);
    return { name: column.name, value: `(${value} ->> '$')`, type: null, candidates, read: "JSON" };
  }
  if (TEXTS.test(column.type)) return { name: column.name, value, type: null, candidates: times, read: "VARCHAR" };
  return { name: column.name, value, type: column.type, candidates: [], read: column.type };
}

const TEXTS = /^(VARCHAR|DATE|TIME|TIMESTAMP.*|UUID)$/;
