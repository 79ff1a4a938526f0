import { literal } from "../../../language/quote.ts";
import type { DataFile } from "../../kind.ts";
import type { DecimalMark } from "../convert.ts";
import { pathList } from "../path-literal.ts";
import type { RawGroup } from "../raw.ts";
import type { PreparedCsv } from "./prepare.ts";

export interface ReadyCsv {
  readonly file: DataFile;
  readonly names: readonly string[];
  readonly prepared: PreparedCsv;
  /** Its first rows. */
  readonly sample: readonly (readonly string[])[];
}

export interface CsvReading {
  /** Null is the default: an empty field is missing. */
  readonly nullValues: readonly string[] | null;
  readonly mark: DecimalMark;
  /** By column, the types that the first rows leave open. */
  readonly candidates: readonly (readonly string[])[];
}

/** Whether two files can be read by one scan. */
export function readsAlike(a: ReadyCsv, b: ReadyCsv): boolean {
  return formOf(a) === formOf(b);
}

function formOf({ names, prepared }: ReadyCsv): string {
  const { header, delimiter, quote, gzip, copied } = prepared;
  return JSON.stringify([names, header, delimiter, quote, gzip, copied]);
}

/** One scan of CSV files that read alike, with nothing left to guess. */
export function csvGroup(files: readonly ReadyCsv[], reading: CsvReading): RawGroup {
  const [first] = files;
  if (first === undefined) throw new Error("a group needs a file");
  const { header, delimiter, quote, gzip, copied } = first.prepared;
  const longest = Math.max(...files.map(({ prepared }) => prepared.longest));
  const options = [
    "auto_detect = false",
    "hive_partitioning = false",
    "strict_mode = true",
    `header = ${header}`,
    `delim = ${literal(delimiter)}`,
    `quote = ${literal(quote)}`,
    `escape = ${literal(quote)}`,
    `nullstr = ${nullStrings(reading.nullValues)}`,
    `compression = '${gzip ? "gzip" : "none"}'`,
    `columns = {${first.names.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ")}}`,
    ...(copied ? ["new_line = '\\n'"] : []),
    ...(longest > 1_900_000 ? [`max_line_size = ${longest + 100_000}`] : []),
  ];
  const paths = pathList(files.map(({ prepared }) => prepared.path));
  return {
    files: files.map(({ file }) => file),
    columns: first.names.map((name, index) => ({
      name,
      value: `c${index}`,
      type: null,
      candidates: reading.candidates[index] ?? [],
    })),
    from: `read_csv(${paths}, ${options.join(", ")})`,
    fileIndex: "file_index",
    rowNumber: "row_number() OVER ()",
    mark: reading.mark,
    namesOf: files.map(({ names }) => names),
    rows: files.map(({ prepared }) => prepared.rows),
    columnar: false,
    lineOf: async (file, row) => files[file]?.prepared.lines.lineOf(row) ?? null,
  };
}

/** The engine takes an empty text for missing unless told of another one, so one is told that no file holds. */
function nullStrings(values: readonly string[] | null): string {
  if (values === null) return "''";
  if (values.length === 0) return literal("\u0001no missing values\u0002");
  return `[${["", ...values].map((value) => literal(value)).join(", ")}]`;
}
