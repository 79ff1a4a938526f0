import type { DataFile } from "../../kind.ts";
import { readBytes } from "../bytes.ts";
import { LineMap } from "../csv/line-map.ts";
import { readRecords } from "../csv/read-records.ts";
import { lastFault, MOST_FAULTS, type RowFault } from "../csv/scan.ts";

/** Every line is one record; 255 is no byte of UTF-8. */
const LINES = { delimiter: 255, quote: null };

export interface JsonScan {
  readonly faults: readonly RowFault[];
  readonly lines: LineMap;
}

/** Looks for lines that are not one JSON object each. */
export async function scanJsonLines(
  file: DataFile,
  options: { gzip: boolean; signal: AbortSignal; keep?: (line: Buffer) => void },
): Promise<JsonScan> {
  const faults: RowFault[] = [];
  const lines = new LineMap();
  await readRecords(readBytes({ file, gzip: options.gzip, encoding: null, signal: options.signal }), {
    dialect: LINES,
    skip: 0,
    take(bytes, span, flaw) {
      const text = bytes.toString("utf8", span.start, span.end);
      if (text.trim() === "") return true;
      const reason = flaw === "not-utf8" ? "is not UTF-8" : flaw === "too-long" ? "is longer than 16 MB" : flawOf(text);
      if (reason === null) {
        lines.add(span.line);
        options.keep?.(bytes.subarray(span.start, span.end));
        return true;
      }
      const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
      const fault = { line: span.line, text: shown, reason, hint: HINT, fatal: flaw === "too-long" };
      const last = faults.length + 1 >= MOST_FAULTS;
      faults.push(last ? lastFault(fault) : fault);
      return !last;
    },
  });
  return { faults, lines };
}

const HINT = 'Write one JSON object a line, such as `{"customer_id": 7}`.';

function flawOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return "is a list, expected one JSON object a line";
    return value !== null && typeof value === "object" ? null : "is a single value, expected one JSON object a line";
  } catch (error) {
    return `is not JSON (${error instanceof Error ? error.message : String(error)})`;
  }
}
