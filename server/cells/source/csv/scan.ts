import { LineMap } from "./line-map.ts";
import { type Flaw, readRecords } from "./read-records.ts";
import type { RecordSpan } from "./records.ts";
import type { CsvShape } from "./shape.ts";

/** A row that can't be read, with its place in the file. */
export interface RowFault {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
  readonly hint: string;
  /** True where nothing after it can be trusted either. */
  readonly fatal: boolean;
}

/** What one look at every byte of a file tells about it. */
export interface CsvScan {
  /** Whole rows below the head. */
  readonly rows: number;
  readonly lines: LineMap;
  readonly faults: readonly RowFault[];
  /** Empty lines among the rows, and before the head. */
  readonly blank: number;
  readonly leading: number;
  /** Rows with blanks around quotes. */
  readonly loose: number;
  /** Bytes of the longest record. */
  readonly longest: number;
  /** Whether the first record, the head or a row, goes over several lines. */
  readonly tallStart: boolean;
  readonly lineEnds: ReadonlySet<string>;
}

/** So many bad rows are no longer rows to set aside: the declaration is wrong. */
export const MOST_FAULTS = 100_000;

/** The last fault that is looked at: what comes after it is not read, so the file as a whole can't be trusted. */
export function lastFault(fault: RowFault): RowFault {
  const reason = `${fault.reason}, and ${(MOST_FAULTS - 1).toLocaleString("en")} rows before it could not be read either`;
  return { ...fault, fatal: true, reason, hint: "Check `csv` and `format`: the file is not what they say." };
}

/** Judges the structure of a file: every row has as many fields as there are columns, all of them text. */
export async function scanCsv(
  chunks: AsyncIterable<Buffer>,
  shape: CsvShape,
  keep?: (bytes: Buffer, span: RecordSpan) => void,
): Promise<CsvScan> {
  const lines = new LineMap();
  const faults: RowFault[] = [];
  const count = { rows: 0, blank: 0, leading: 0, loose: 0, longest: 0 };
  let head = shape.header;
  let started = false;
  let tallStart = false;
  const lineEnds = await readRecords(chunks, {
    dialect: bytesOf(shape),
    skip: shape.skip,
    take(bytes, span, flaw) {
      const empty = span.start === span.end;
      if (empty && !started) count.leading += 1;
      if (empty && !started) return true;
      if (!started) tallStart = span.lines > 1;
      started = true;
      if (head) {
        head = false;
        return true;
      }
      if (empty && (shape.names.length > 1 || shape.widths !== null)) {
        count.blank += 1;
        return true;
      }
      const fault = faultOf(bytes, span, flaw, shape);
      if (fault !== null) {
        const last = faults.length + 1 >= MOST_FAULTS;
        faults.push(last ? lastFault(fault) : fault);
        return !fault.fatal && !last;
      }
      count.rows += 1;
      count.longest = Math.max(count.longest, span.end - span.start);
      if (span.loose) count.loose += 1;
      lines.add(span.line);
      keep?.(bytes, span);
      return true;
    },
  });
  return { ...count, lines, faults, tallStart, lineEnds };
}

function bytesOf(shape: CsvShape) {
  // No byte of UTF-8 is 255: a line of fixed widths is one field.
  if (shape.widths !== null) return { delimiter: 255, quote: null };
  return { delimiter: shape.delimiter.charCodeAt(0), quote: shape.quote === "" ? null : shape.quote.charCodeAt(0) };
}

/** Flaws of a record in words that follow its line. */
export const FLAWS: Record<Exclude<Flaw, "none">, { reason: string; hint: string }> = {
  "text-after-quote": {
    reason: "has text after a closing quote",
    hint: "Double the quotes inside the field, or name another `csv: {quote: …}`.",
  },
  "unterminated-quote": {
    reason: "opens a quote that is never closed",
    hint: "Close the quote in the file, or write `csv: {quote: ''}` where quotes are plain characters.",
  },
  "too-long": {
    reason: "is longer than 16 MB, probably because a quote is never closed",
    hint: "Close the quote in the file, or write `csv: {quote: ''}` where quotes are plain characters.",
  },
  "null-byte": {
    reason: "holds a null byte",
    hint: "Export the file again as text; a file in UTF-16 needs `csv: {encoding: utf-16}`.",
  },
  "not-utf8": {
    reason: "is not UTF-8",
    hint: "Name the file's encoding, for example `csv: {encoding: latin-1}`.",
  },
};

function faultOf(bytes: Buffer, span: RecordSpan, flaw: Flaw, shape: CsvShape): RowFault | null {
  const found =
    flaw !== "none" ? FLAWS[flaw] : shape.widths === null ? ragged(span, shape) : uneven(bytes, span, shape);
  if (found === null) return null;
  const fatal = flaw === "unterminated-quote" || flaw === "too-long";
  const line = flaw === "text-after-quote" || flaw === "unterminated-quote" ? span.faultLine : span.line;
  const text = excerpt(bytes.subarray(span.start, Math.min(span.end, span.start + 400)));
  return { line, text, fatal, ...found };
}

function ragged(span: RecordSpan, shape: CsvShape): { reason: string; hint: string } | null {
  const expected = shape.names.length;
  if (span.fields === expected) return null;
  return {
    reason: `has ${span.fields} ${span.fields === 1 ? "field" : "fields"}, expected ${expected}`,
    hint: "Correct the line, or correct `csv: {delimiter: …}` or `csv: {quote: …}` where they were guessed wrong.",
  };
}

function uneven(bytes: Buffer, span: RecordSpan, shape: CsvShape): { reason: string; hint: string } | null {
  const widths = shape.widths ?? [];
  const line = bytes.toString("utf8", span.start, span.end);
  const total = widths.reduce((sum, width) => sum + width, 0);
  // Blanks at the end say nothing, so a line may lack those of its last column, or have more.
  if (characters(line.trimEnd()) <= total && characters(line) > total - (widths.at(-1) ?? 0)) return null;
  return {
    reason: `is ${characters(line)} characters long, expected ${total}`,
    hint: "Correct the line, or correct `csv: {widths: …}`.",
  };
}

function characters(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
}

/** Unicode has a picture of each control character below the blank; the others are seen as they are. */
function picture(control: string): string {
  return control < " " ? String.fromCharCode(0x2400 + control.charCodeAt(0)) : control;
}

/** The start of a record, with pictures for control characters. */
function excerpt(bytes: Buffer): string {
  const text = bytes.toString("utf8").replace(/\p{Cc}/gu, picture);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
