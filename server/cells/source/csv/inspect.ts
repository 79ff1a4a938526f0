import type { DataFile } from "../../kind.ts";
import { firstBytes } from "../bytes.ts";
import { SourceFault } from "../fault.ts";
import type { Finding } from "../finding.ts";
import type { CsvOptions } from "../schema.ts";
import { guessDelimiter, looksLikeHead, type Sample, type SampleRecord, sampleRecords } from "./dialect.ts";
import { encodingLabel, encodingOfMark } from "./encoding.ts";
import { sliceFields, splitFields } from "./fields.ts";
import { FLAWS } from "./scan.ts";
import type { CsvShape } from "./shape.ts";

export interface CsvHead {
  readonly shape: CsvShape;
  /** The first rows, as text. Rows that do not fit are left out; running finds them. */
  readonly rows: readonly (readonly string[])[];
  readonly findings: readonly Finding[];
}

export interface CsvAsk {
  readonly file: DataFile;
  readonly gzip: boolean;
  readonly options: CsvOptions;
  /** The delimiter that the file's name promises; null where it promises none. */
  readonly delimiter: string | null;
  readonly signal: AbortSignal;
}

const SAMPLE = 1 << 16;
const LARGEST_HEAD = 16 << 20;

/** Reads the start of a CSV file: its dialect, its columns and some rows. Throws SourceFault. */
export async function inspectCsv(ask: CsvAsk): Promise<CsvHead> {
  const { options, file } = ask;
  const { sample, encoding } = await openSample(ask, SAMPLE);
  if (sample.bytes.length === 0) throw empty(file, "it has no bytes");
  const quote = options.widths === null ? options.quote : "";
  const delimiter =
    options.widths === null ? (options.delimiter ?? ask.delimiter ?? guessDelimiter(sample, quote, options.skip)) : "";
  const { skip } = options;
  let records = sampleRecords(sample, delimiter, quote, skip);
  if (records.length === 0 && !sample.whole) {
    const larger = await openSample(ask, LARGEST_HEAD);
    records = sampleRecords(larger.sample, delimiter, quote, skip);
  }
  const first = records[0];
  if (first === undefined && skip === 0 && /[^\r\n]/.test(sample.bytes.toString("latin1"))) throw endless(file);
  if (first === undefined) throw empty(file, skip > 0 ? `nothing is left after ${skip} lines` : "it has no lines");
  const split = (record: string) =>
    options.widths === null ? splitFields(record, delimiter, quote) : sliceFields(record, options.widths);
  const headless = options.names !== null || options.widths !== null;
  const header = options.header ?? (headless ? false : looksLikeHead(first.text, delimiter, quote));
  const { names, findings } = columnNames(ask, { record: first, fields: split(first.text), header });
  if (first.line > skip + 1) findings.push(leadingBlank(file, first.line - skip - 1));
  const rows = records.slice(header ? 1 : 0).map((record) => split(record.text));
  return {
    shape: { encoding, skip, header, delimiter, quote, widths: options.widths, names },
    rows: rows.filter((row) => row.length === names.length),
    findings,
  };
}

async function openSample(ask: CsvAsk, wanted: number): Promise<{ sample: Sample; encoding: string | null }> {
  const { file, gzip, options, signal } = ask;
  const raw = await firstBytes({ file, gzip, encoding: null, signal }, wanted);
  const encoding = encodingOfMark(raw.bytes) ?? encodingLabel(options.encoding);
  const sample = encoding === null ? raw : await firstBytes({ file, gzip, encoding, signal }, wanted);
  return { sample, encoding };
}

interface First {
  readonly record: SampleRecord;
  readonly fields: readonly string[];
  readonly header: boolean;
}

function columnNames({ file, options }: CsvAsk, head: First): { names: string[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const given = options.names;
  if (given !== null && given.length !== head.fields.length) {
    const message = `\`csv.names\` has ${given.length} names, but line ${head.record.line} of \`${file.path}\` has ${head.fields.length} fields.`;
    throw new SourceFault({ code: "csv-names", message, hint: "Give one name for every field." }, ["csv", "names"]);
  }
  const written = given ?? (head.header ? head.fields : head.fields.map(() => ""));
  if (head.header) refuseFlaws(file, head);
  const names = written.map((name, index) => (name.trim() === "" ? `column_${index + 1}` : name));
  const unnamed = names.filter((_, index) => written[index]?.trim() === "");
  if (unnamed.length > 0) {
    const called = unnamed.slice(0, 4).map(ticked).join(", ");
    const columns = unnamed.length === 1 ? "A column" : `${unnamed.length} columns`;
    findings.push({
      check: "unnamed_column",
      column: null,
      severity: "warning",
      rows: unnamed.length,
      example: unnamed[0] ?? null,
      message: head.header
        ? `${columns} of \`${file.path}\` without a name in its head: called ${called}.`
        : `\`${file.path}\` has no head, so its columns are called ${called}${unnamed.length > 4 ? ", …" : ""}.`,
      hint: "Name them with `csv: {names: […]}`, or one by one with `rename`.",
    });
  }
  refuseDoubles(file, names, head.record.line);
  return { names, findings };
}

function refuseFlaws(file: DataFile, { record, fields }: First): void {
  const { flaw, line } = record;
  if (flaw !== "none") {
    const { reason, hint } = FLAWS[flaw];
    const code = flaw === "not-utf8" || flaw === "null-byte" ? "file-encoding" : "csv-head";
    throw new SourceFault({ code, message: `\`${file.path}\`, line ${line}: the head ${reason}.`, hint });
  }
  if (fields.some((field) => field.trim() !== "")) return;
  const message = `\`${file.path}\`, line ${line}: the head has ${fields.length} fields and no name.`;
  const hint = "Skip what stands before the head with `csv: {skip: …}`, or give `csv: {names: […]}`.";
  throw new SourceFault({ code: "csv-head", message, hint });
}

function refuseDoubles(file: DataFile, names: readonly string[], line: number): void {
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const before = seen.get(name.toLowerCase());
    if (before !== undefined) {
      const message = `\`${file.path}\`, line ${line}: the columns ${before + 1} and ${index + 1} are both called \`${name}\`.`;
      const hint = "Give every column a name of its own with `csv: {header: true, names: […]}`.";
      throw new SourceFault({ code: "duplicate-column", message, hint });
    }
    seen.set(name.toLowerCase(), index);
  }
}

function leadingBlank(file: DataFile, lines: number): Finding {
  return {
    check: "blank_lines",
    column: null,
    severity: "note",
    rows: lines,
    example: file.path,
    message: `\`${file.path}\` begins with ${lines} empty ${lines === 1 ? "line" : "lines"}, which are skipped.`,
    hint: `\`csv: {skip: ${lines}}\` says so.`,
  };
}

function endless(file: DataFile): SourceFault {
  const message = `\`${file.path}\`, line 1: the first record does not end within 16 MB.`;
  return new SourceFault({ code: "csv-head", message, hint: FLAWS["too-long"].hint });
}

function empty(file: DataFile, why: string): SourceFault {
  const hint = "Export the file again, or take it out of `files`.";
  return new SourceFault({ code: "file-empty", message: `\`${file.path}\` is empty: ${why}.`, hint });
}

function ticked(text: string): string {
  return `\`${text}\``;
}
