import { isUtf8 } from "node:buffer";
import { type Dialect, RecordReader, type RecordSpan } from "./records.ts";

/** What is wrong with a record, whatever its columns. */
export type Flaw = "none" | "text-after-quote" | "unterminated-quote" | "null-byte" | "not-utf8" | "too-long";

export interface RecordVisit {
  readonly dialect: Dialect;
  /** Lines before the first record, taken as they are. */
  readonly skip: number;
  /** Stops the reading where it gives false. */
  take(bytes: Buffer, span: RecordSpan, flaw: Flaw): boolean;
}

/** Longer records are taken for a quote that is never closed. */
const LONGEST = 16 << 20;

/** Hands over every record of a file, and gives the kinds of line end that were met. */
export async function readRecords(chunks: AsyncIterable<Buffer>, visit: RecordVisit): Promise<Set<string>> {
  let going = true;
  let suspect = false;
  const reader = new RecordReader(visit.dialect, visit.skip + 1, (bytes, span) => {
    if (going) going = visit.take(bytes, span, suspect ? flawOf(bytes, span) : span.fault);
  });
  const lines = new LineSkipper(visit.skip);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? lines.skip(chunk) : Buffer.concat([rest, lines.skip(chunk)]);
    suspect = isSuspect(bytes);
    rest = bytes.subarray(reader.push(bytes, { last: false }));
    if (!going) return reader.lineEnds;
    if (rest.length > LONGEST) {
      visit.take(rest, tooLong(reader, rest), "too-long");
      return reader.lineEnds;
    }
  }
  suspect = true;
  reader.push(rest, { last: true });
  return reader.lineEnds;
}

/** What is wrong with a record by itself. */
export function flawOf(bytes: Buffer, span: RecordSpan): Flaw {
  const record = bytes.subarray(span.start, span.end);
  if (record.includes(0)) return "null-byte";
  return isUtf8(record) ? span.fault : "not-utf8";
}

/** Whether a look at every record is needed; whole lines are judged at once, which is far quicker. */
function isSuspect(bytes: Buffer): boolean {
  const end = Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13));
  return end < 0 || bytes.includes(0) || !isUtf8(bytes.subarray(0, end));
}

function tooLong(reader: RecordReader, rest: Buffer): RecordSpan {
  const line = reader.nextLine;
  const fields = 1;
  return { start: 0, end: rest.length, fields, line, lines: 1, fault: "none", faultLine: line, loose: false };
}

/** Drops whole lines at the start, whatever they hold. */
class LineSkipper {
  private afterCr = false;

  constructor(private left: number) {}

  skip(bytes: Buffer): Buffer {
    let at = 0;
    if (this.afterCr && bytes.length > 0) {
      if (bytes[0] === 10) at = 1;
      this.afterCr = false;
    }
    while (this.left > 0 && at < bytes.length) {
      const byte = bytes[at++];
      if (byte !== 10 && byte !== 13) continue;
      this.left -= 1;
      if (byte === 13) {
        if (at >= bytes.length) this.afterCr = true;
        else if (bytes[at] === 10) at += 1;
      }
    }
    return bytes.subarray(at);
  }
}
