import type { Engine } from "../../../engine/engine.ts";
import { literal } from "../../../language/quote.ts";
import type { Column } from "../../../language/vocabulary.ts";
import type { DataFile } from "../../kind.ts";
import type { RawGroup } from "../raw.ts";
import { jsonColumns, jsonRaw, jsonSource } from "./inspect.ts";
import { scanJsonLines } from "./scan.ts";

export interface ReadyJson {
  readonly file: DataFile;
  /** The file itself, or a copy without what can't be read. */
  readonly path: string;
  readonly gzip: boolean;
  readonly columns: readonly Column[];
}

/** One scan of JSON lines that follow each other. Columns have the type that holds the values of all files. */
export async function jsonGroup(engine: Engine, files: readonly ReadyJson[], signal: AbortSignal): Promise<RawGroup> {
  const [first] = files;
  if (first === undefined) throw new Error("a group needs a file");
  const source = { paths: files.map(({ path }) => path), gzip: first.gzip };
  const alike = files.every(({ columns }) => JSON.stringify(columns) === JSON.stringify(first.columns));
  const together = alike ? first.columns : await jsonColumns(engine, source, { extent: "whole", signal });
  const columns = together.map(jsonRaw);
  const types = columns.map(({ name, read }) => `${literal(name)}: ${literal(read)}`).join(", ");
  const lines = new Map<number, ReturnType<typeof scanJsonLines>>();
  return {
    files: files.map(({ file }) => file),
    columns,
    namesOf: files.map((file) => file.columns.map(({ name }) => name)),
    from: `read_json(${jsonSource(source)}, auto_detect = false, columns = {${types}})`,
    fileIndex: files.length === 1 ? "0" : "file_index",
    rowNumber: "row_number() OVER ()",
    mark: null,
    rows: files.map(() => null),
    columnar: false,
    async lineOf(index, row) {
      const ready = files[index];
      if (ready === undefined) return null;
      const scan = lines.get(index) ?? scanJsonLines(ready.file, { gzip: ready.gzip, signal });
      lines.set(index, scan);
      return (await scan).lines.lineOf(row);
    },
  };
}
