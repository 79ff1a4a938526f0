import { splitFields } from "./fields.ts";
import { type Flaw, flawOf } from "./read-records.ts";
import { RecordReader } from "./records.ts";

export interface Sample {
  readonly bytes: Buffer;
  /** True where the bytes are the whole file, so that the last record is not cut. */
  readonly whole: boolean;
}

export interface SampleRecord {
  readonly text: string;
  readonly line: number;
  readonly fields: number;
  /** What is wrong with it, if anything. */
  readonly flaw: Flaw;
}

const DELIMITERS = [",", ";", "\t", "|"];
const ENOUGH = 500;

/** The whole records at the start of a file that are not empty, with how many fields each has. */
export function sampleRecords(sample: Sample, delimiter: string, quote: string, skip: number): SampleRecord[] {
  const records: SampleRecord[] = [];
  const bytes = withoutLines(sample.bytes, skip);
  const dialect = {
    delimiter: delimiter === "" ? 255 : delimiter.charCodeAt(0),
    quote: quote === "" ? null : quote.charCodeAt(0),
  };
  const reader = new RecordReader(dialect, skip + 1, (buffer, span) => {
    if (span.start === span.end || records.length >= ENOUGH) return;
    const { line, fields } = span;
    const text = buffer.toString("utf8", span.start, span.end);
    records.push({ text, line, fields, flaw: flawOf(buffer, span) });
  });
  reader.push(bytes, { last: sample.whole });
  return records;
}

/** The delimiter with which the most records have as many fields as the first one, and more than one. */
export function guessDelimiter(sample: Sample, quote: string, skip: number): string {
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const records = sampleRecords(sample, delimiter, quote, skip).slice(0, 100);
    const head = records[0]?.fields ?? 1;
    if (head < 2) continue;
    const score = records.filter((record) => record.fields === head).length / records.length;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** A first record is a head unless every field that is not empty is a number, a date or a truth value. */
export function looksLikeHead(record: string, delimiter: string, quote: string): boolean {
  const fields = splitFields(record, delimiter, quote).filter((field) => field.trim() !== "");
  return fields.length === 0 || !fields.every((field) => VALUE.test(field.trim()));
}

const VALUE = /^(?:[-+]?[\d.,]*\d[\d.,]*%?|\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+)?(?:Z|[-+]\d{2}:?\d{2})?|true|false)$/i;

function withoutLines(bytes: Buffer, count: number): Buffer {
  let at = 0;
  for (let left = count; left > 0 && at < bytes.length; left--) {
    while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at += 1;
    at += bytes[at] === 13 && bytes[at + 1] === 10 ? 2 : 1;
  }
  return bytes.subarray(at);
}
