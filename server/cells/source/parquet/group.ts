import type { Engine } from "../../../engine/engine.ts";
import { name as quoted } from "../../../language/quote.ts";
import type { Column } from "../../../language/vocabulary.ts";
import type { DataFile } from "../../kind.ts";
import { pathList, pathLiteral } from "../path-literal.ts";
import type { RawGroup } from "../raw.ts";

export interface ReadyParquet {
  readonly file: DataFile;
  /** The file itself, or an unzipped copy. */
  readonly path: string;
  readonly columns: readonly Column[];
}

/** The columns of one Parquet file. Throws EngineFailure where it can't be read. */
export function parquetColumns(engine: Engine, path: string, signal: AbortSignal): Promise<Column[]> {
  return engine.describe({
    sql: `SELECT * FROM read_parquet(${pathLiteral(path)}, hive_partitioning = false)`,
    signal,
  });
}

/** One scan of Parquet files with the same columns. */
export async function parquetGroup(
  engine: Engine,
  files: readonly ReadyParquet[],
  signal: AbortSignal,
): Promise<RawGroup> {
  const columns = files[0]?.columns ?? [];
  const paths = pathList(files.map(({ path }) => path));
  const counted = await engine.rows({ sql: `SELECT file_name, num_rows FROM parquet_file_metadata(${paths})`, signal });
  const known = new Map(counted.map((row) => [String(row.file_name), Number(row.num_rows)]));
  const rows = files.map(({ path }) => known.get(path) ?? 0);
  const starts = rows.map((_, index) => rows.slice(0, index).reduce((sum, count) => sum + count, 0));
  // A column of the file goes before the engine's own of that name, which then can't be had.
  const clash = columns.some(({ name }) => /^file_(index|row_number)$/i.test(name));
  const numbered =
    starts.length === 1
      ? "file_row_number + 1"
      : `[${starts.join(", ")}][file_index::BIGINT + 1] + file_row_number + 1`;
  return {
    files: files.map(({ file }) => file),
    columns: columns.map(({ name, type }) => ({ name, value: quoted(name), type, candidates: [] })),
    namesOf: files.map((file) => file.columns.map(({ name }) => name)),
    from: `read_parquet(${paths}, hive_partitioning = false)`,
    fileIndex: files.length === 1 ? "0" : "file_index",
    rowNumber: clash ? "row_number() OVER ()" : numbered,
    mark: null,
    rows,
    columnar: true,
    lineOf: async () => null,
  };
}
