/** How fields and records are told apart, as bytes of ASCII. */
export interface Dialect {
  readonly delimiter: number;
  /** Null where nothing is quoted. */
  readonly quote: number | null;
}

export type RecordFault = "none" | "text-after-quote" | "unterminated-quote";

/** One record, as a stretch of the bytes that were pushed; valid only during the call. */
export interface RecordSpan {
  /** Where the record begins and ends, without its line end. */
  start: number;
  end: number;
  fields: number;
  /** Line, from 1, of its first byte, and how many lines it takes. */
  line: number;
  lines: number;
  fault: RecordFault;
  /** Line where the faulty field begins. */
  faultLine: number;
  /** True where blanks stand around quotes, which readers understand differently. */
  loose: boolean;
}

const LF = 10;
const CR = 13;
const SPACE = 32;

/**
 * Splits bytes into records by RFC 4180: quotes count at the start of a field, a quote inside is doubled, a line ends
 * with LF, CRLF or CR. Every field of every record is looked at once.
 */
export class RecordReader {
  /** Kinds of line end that were met. */
  readonly lineEnds = new Set<"\n" | "\r\n" | "\r">();
  private line: number;

  constructor(
    private readonly dialect: Dialect,
    firstLine: number,
    private readonly take: (bytes: Buffer, span: RecordSpan) => void,
  ) {
    this.line = firstLine;
  }

  /** Line of the record that comes next. */
  get nextLine(): number {
    return this.line;
  }

  /** Takes the whole records of `bytes` and gives how many bytes they are; with `last` the rest is a record too. */
  push(bytes: Buffer, { last }: { last: boolean }): number {
    let at = 0;
    while (at < bytes.length) {
      const span = this.record(bytes, at, last);
      if (span === null) return at;
      const next = this.afterLineEnd(bytes, span.end, last);
      if (next === null) return at;
      this.take(bytes, span);
      this.line = span.line + span.lines;
      at = next;
    }
    return at;
  }

  private record(bytes: Buffer, start: number, last: boolean): RecordSpan | null {
    const { delimiter, quote } = this.dialect;
    const length = bytes.length;
    const span: RecordSpan = {
      start,
      end: start,
      fields: 1,
      line: this.line,
      lines: 1,
      fault: "none",
      faultLine: this.line,
      loose: false,
    };
    let at = start;
    for (;;) {
      let quoteAt = at;
      if (quote !== null) {
        if (delimiter !== SPACE) while (bytes[quoteAt] === SPACE) quoteAt += 1;
        if (bytes[quoteAt] === quote) {
          if (quoteAt > at) span.loose = true;
          const opened = span.line + span.lines - 1;
          const closed = this.quoted(bytes, quoteAt + 1, span);
          if (closed === null || (closed >= length && !last)) {
            if (!last) return null;
            if (closed === null) {
              span.fault = "unterminated-quote";
              span.faultLine = opened;
              span.end = length;
              return span;
            }
          }
          at = closed ?? length;
          const before = at;
          if (delimiter !== SPACE) while (bytes[at] === SPACE) at += 1;
          if (at > before) span.loose = true;
          const byte = bytes[at];
          if (at < length && byte !== delimiter && byte !== LF && byte !== CR && span.fault === "none") {
            span.fault = "text-after-quote";
            span.faultLine = opened;
          }
        }
      }
      let byte = bytes[at];
      while (at < length && byte !== delimiter && byte !== LF && byte !== CR) byte = bytes[++at];
      if (at >= length) {
        span.end = length;
        return last ? span : null;
      }
      if (byte !== delimiter) {
        span.end = at;
        return span;
      }
      span.fields += 1;
      at += 1;
    }
  }

  /** Where a quoted field has ended, just after its closing quote; null where it never does. Counts its line ends. */
  private quoted(bytes: Buffer, from: number, span: RecordSpan): number | null {
    const quote = this.dialect.quote ?? 0;
    let at = from;
    for (;;) {
      const close = bytes.indexOf(quote, at);
      const end = close < 0 ? bytes.length : close;
      for (let i = at; i < end; i++) {
        const byte = bytes[i];
        if (byte === LF || (byte === CR && bytes[i + 1] !== LF)) span.lines += 1;
      }
      if (close < 0) return null;
      if (bytes[close + 1] !== quote) return close + 1;
      at = close + 2;
    }
  }

  private afterLineEnd(bytes: Buffer, at: number, last: boolean): number | null {
    if (at >= bytes.length) return at;
    if (bytes[at] === LF) {
      this.lineEnds.add("\n");
      return at + 1;
    }
    if (at + 1 >= bytes.length && !last) return null;
    if (bytes[at + 1] === LF) {
      this.lineEnds.add("\r\n");
      return at + 2;
    }
    this.lineEnds.add("\r");
    return at + 1;
  }
}
