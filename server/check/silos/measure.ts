import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { openFiles } from "../../cells/source/open.ts";
import { converted } from "../../cells/source/profile.ts";
import type { RawGroup } from "../../cells/source/raw.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Subject } from "../subject.ts";
import { compareKeys, type PairFacts } from "./compare.ts";
import type { KeyColumn } from "./keyed.ts";
import { suspects } from "./spelling.ts";
import { whyNot } from "./why-not.ts";

/** What the rows say of one key column. */
export interface KeyFacts {
  readonly source: string;
  readonly column: string;
  readonly key: string;
  /** Different keys; of a sample, those in it. */
  readonly distinct: number;
  readonly rows: number;
  /** Rows without a key. */
  readonly missing: number;
  readonly isUnique: boolean;
  /** Keys that look as if they stood for nobody, with their rows. */
  readonly suspects: readonly { readonly key: string; readonly rows: number }[];
  /** What is needed to tell whether they do. */
  readonly has1: boolean;
  readonly greatestOther: number | null;
}

export interface SiloFacts {
  readonly columns: readonly KeyFacts[];
  readonly pairs: readonly PairFacts[];
  /** Sources that could not be read, and why. */
  readonly unread: readonly { readonly source: string; readonly why: string }[];
  /** One key of so many was looked at, picked by its hash; 1 for all. */
  readonly oneOf: number;
}

/** Bytes of a source up to which all its keys are compared. */
const WHOLE = 256 * 1024 ** 2;

/** Reads the keys of every source, and compares them; no cell is run for it. */
export async function measureSilos(
  columns: readonly KeyColumn[],
  subject: Subject,
  { whole = WHOLE }: { readonly whole?: number } = {},
): Promise<SiloFacts> {
  const { engine } = subject.plan.studies.request;
  const bytes = columns.map(({ files }) => files.reduce((sum, file) => sum + file.bytes, 0));
  const oneOf = Math.max(1, ...bytes.map((size) => Math.ceil(size / whole)));
  const tables = new Map<KeyColumn, string>();
  const unread: { source: string; why: string }[] = [];
  const folders: string[] = [];
  try {
    for (const source of new Set(columns.map((column) => column.source))) {
      const own = columns.filter((column) => column.source === source);
      const why = await readKeys(own, { subject, oneOf, tables, folders });
      if (why !== null) unread.push({ source, why });
    }
    const facts: KeyFacts[] = [];
    for (const [column, table] of tables) facts.push(await factsOf(column, table, subject));
    const pairs: PairFacts[] = [];
    const read = [...tables.keys()];
    for (const [index, one] of read.entries())
      for (const other of read.slice(index + 1))
        if (one.key === other.key && one.source !== other.source)
          pairs.push(await compareKeys(one, other, { tables, facts, subject }));
    return { columns: facts, pairs, unread, oneOf };
  } finally {
    for (const table of tables.values()) await engine.execute({ sql: `DROP TABLE IF EXISTS ${quoted(table)}` });
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
}

interface Reading {
  readonly subject: Subject;
  readonly oneOf: number;
  readonly tables: Map<KeyColumn, string>;
  readonly folders: string[];
}

/** Makes a table of a source's keys, each with its rows; or says why that can't be. */
async function readKeys(columns: readonly KeyColumn[], reading: Reading): Promise<string | null> {
  const { subject, oneOf, tables, folders } = reading;
  const { engine, cache } = subject.plan.studies.request;
  const { signal } = subject;
  const [first] = columns;
  if (first === undefined) return null;
  const scratchFolder = async () => {
    const folder = await cache.temporaryFolder();
    folders.push(folder);
    return folder;
  };
  try {
    const { groups, faults } = await openFiles(first.files, first.body, { engine, signal, scratchFolder });
    if (groups.length === 0)
      return faults.length > 0 ? `${faults.length} of its lines can't be read` : "it has no files";
    for (const column of columns) {
      const table = `silo_${randomUUID().slice(0, 8)}`;
      const keys = groups.map((group) => keysOf(column, group)).join("\nUNION ALL\n");
      const kept =
        oneOf === 1
          ? "true"
          : `key IS NULL OR hash(key) % ${oneOf} = 0 ${column.isEntity ? ` OR ${suspects("key")}` : ""}`;
      const sql = `CREATE TABLE ${quoted(table)} AS SELECT key, count(*) AS n FROM (${keys}) WHERE ${kept} GROUP BY key`;
      tables.set(column, table);
      await engine.execute({ sql, signal });
    }
    return null;
  } catch (error) {
    for (const column of columns) tables.delete(column);
    const why = whyNot(error);
    if (why === null) throw error;
    return why;
  }
}

/** Keys as text, as the source's type of them makes them equal: 17 and 17.0 are one key. */
function keysOf(column: KeyColumn, group: RawGroup): string {
  const raw = group.columns.find(({ name }) => name === column.raw);
  if (raw === undefined) return `SELECT NULL::VARCHAR AS key FROM ${group.from}`;
  const typed =
    column.type === "VARCHAR" ? "r0" : `TRY_CAST(${converted("r0", raw, column.type, group)} AS ${column.type})`;
  const isFraction = /^(DOUBLE|FLOAT|DECIMAL)/.test(column.type);
  const text = isFraction
    ? `CASE WHEN ${typed} = floor(${typed}) THEN CAST(CAST(${typed} AS BIGINT) AS VARCHAR) ELSE CAST(${typed} AS VARCHAR) END`
    : `CAST(${typed} AS VARCHAR)`;
  return `SELECT ${text} AS key FROM (SELECT ${raw.value} AS r0 FROM ${group.from})`;
}

async function factsOf(column: KeyColumn, table: string, { plan, signal }: Subject): Promise<KeyFacts> {
  const { engine } = plan.studies.request;
  const from = quoted(table);
  // Only the entity's key can stand for nobody.
  const isSuspect = column.isEntity ? suspects("key") : "false";
  const [row] = await engine.rows({
    sql: `SELECT count(key) AS keys, coalesce(sum(n), 0)::BIGINT AS total,
      coalesce(sum(n) FILTER (key IS NULL), 0)::BIGINT AS missing,
      coalesce(max(n) FILTER (key IS NOT NULL), 0) <= 1 AS uniq,
      coalesce(bool_or(key = '1'), false) AS has1,
      max(TRY_CAST(key AS DOUBLE)) FILTER (NOT (${isSuspect})) AS greatest FROM ${from}`,
    signal,
  });
  const found = await engine.table({
    sql: `SELECT key, n FROM ${from} WHERE key IS NOT NULL AND (${isSuspect}) ORDER BY n DESC, key LIMIT 20`,
    signal,
  });
  const { source, key } = column;
  return {
    ...{ source, key, column: column.column, distinct: Number(row?.keys), rows: Number(row?.total) },
    ...{ missing: Number(row?.missing), isUnique: row?.uniq === true, has1: row?.has1 === true },
    greatestOther: typeof row?.greatest === "number" ? row.greatest : null,
    suspects: found.rows.map(([text, rows]) => ({ key: String(text), rows: Number(rows) })),
  };
}
