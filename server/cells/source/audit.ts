import type { LoadColumn } from "../../engine/engine.ts";
import type { Check } from "./checks.ts";
import type { Finding } from "./finding.ts";
import type { Measures } from "./measure.ts";
import type { SourceColumn } from "./resolve.ts";
import type { SourceBody } from "./schema.ts";

export interface AuditRow {
  readonly check: string;
  readonly column: string | null;
  readonly severity: "error" | "warning" | "note";
  readonly rows: number;
  readonly share: number | null;
  readonly example: string | null;
}

/** Everything that a run has counted. */
export interface Counted {
  readonly body: SourceBody;
  readonly files: number;
  /** Rows of all files, readable or not. */
  readonly read: number;
  readonly columns: readonly SourceColumn[];
  readonly checks: readonly Check[];
  readonly measures: Measures;
  readonly copies: number;
  /** Rows that can't be read, and by column values that are not of their type. */
  readonly unreadable: number;
  readonly misfits: ReadonlyMap<string, number>;
  readonly duplicates: number;
  /** By column that must be unique, rows that repeat a value. */
  readonly repeated: ReadonlyMap<string, number>;
  readonly setAside: number;
  readonly written: number;
  /** By check and column, the first value and place that break it. */
  readonly examples: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

export const exampleKey = (check: string, column: string) => `${check}\n${column}`;

/** The rows of `<id>_audit`: first the whole, then what was left out, then what was declared, then each column. */
export function auditRows(counted: Counted): AuditRow[] {
  const { body, measures, columns, checks, read: all } = counted;
  const row = (check: string, column: string | null, rows: number, more: Partial<AuditRow> = {}): AuditRow => {
    const example = column === null ? null : (counted.examples.get(exampleKey(check, column)) ?? null);
    return { check, column, severity: "note", rows, share: all === 0 ? null : rows / all, example, ...more };
  };
  const broken = (rows: number) => ({ severity: rows === 0 ? ("note" as const) : ("error" as const) });
  const files = `${counted.files} ${counted.files === 1 ? "file" : "files"}`;
  const rows: AuditRow[] = [row("rows", null, all, { example: counted.files === 0 ? null : files })];
  if (body.where !== null) rows.push(row("where", null, measures.rows - measures.kept));
  if (body.dedupe.length > 0) {
    rows.push(row("dedupe", null, counted.duplicates, { example: body.dedupe.join(", ") }));
    if (measures.keyless > 0) rows.push(row("dedupe_keys_missing", null, measures.keyless, { severity: "warning" }));
  }
  if (body.on_error === "set_aside") rows.push(row("set_aside", null, counted.setAside, warnIf(counted.setAside)));
  rows.push(row("kept", null, counted.written, warnIf(counted.written === 0 ? 1 : 0)));
  rows.push(row("exact_duplicates", null, counted.copies, warnIf(counted.copies)));
  if (counted.unreadable > 0) rows.push(row("unreadable", null, counted.unreadable, { severity: "error" }));
  for (const [column, count] of counted.misfits) rows.push(row("type", column, count, broken(count)));
  checks.forEach((check, index) => {
    const count = measures.broken[index] ?? 0;
    rows.push(row(check.check, check.column, count, broken(count)));
  });
  for (const [column, count] of counted.repeated) rows.push(row("unique", column, count, broken(count)));
  if (body.fresh_within !== null && body.at !== null) {
    const newest = measures.columns[columns.findIndex(({ name }) => name === body.at)]?.max ?? null;
    rows.push(
      row("fresh_within", body.at, measures.stale ? all : 0, { ...warnIf(measures.stale ? 1 : 0), example: newest }),
    );
  }
  if (measures.testKeys > 0) rows.push(row("test_keys", null, measures.testKeys, { severity: "warning" }));
  columns.forEach(({ name }, index) => {
    const missing = measures.columns[index]?.missing ?? 0;
    rows.push(row("missing", name, missing, warnIf(missing === measures.rows && missing > 0 ? 1 : 0)));
  });
  columns.forEach(({ name }, index) => {
    const { min, max, missing } = measures.columns[index] ?? { min: null, max: null, missing: 0 };
    if (min !== null) rows.push(row("range", name, measures.rows - missing, { example: `${min} … ${max}` }));
  });
  for (const { check, column, severity, rows: count, example } of counted.findings) {
    rows.push({ check, column, severity, rows: count, share: null, example });
  }
  return rows;
}

function warnIf(count: number): Pick<AuditRow, "severity"> {
  return { severity: count > 0 ? "warning" : "note" };
}

export const AUDIT_COLUMNS = [
  { name: "check", type: "VARCHAR" },
  { name: "column", type: "VARCHAR" },
  { name: "severity", type: "VARCHAR" },
  { name: "rows", type: "BIGINT" },
  { name: "share", type: "DOUBLE" },
  { name: "example", type: "VARCHAR" },
] as const;

export function auditColumns(rows: readonly AuditRow[]): LoadColumn[] {
  return AUDIT_COLUMNS.map(({ name, type }) => ({ name, type, values: rows.map((row) => row[name]) }));
}
