import type { Engine } from "../../engine/engine.ts";
import { fromText, fromValue } from "./convert.ts";
import type { RawColumn, RawGroup } from "./raw.ts";
import { CANDIDATES, type Tally } from "./sniff.ts";

/** What one scan of a group tells of one file. */
export interface FileProfile {
  readonly rows: number;
  /** By the file's own name of a column, where its text was tallied. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** By the file's own name of a column with a declared type: values that are not of it. */
  readonly misfits: ReadonlyMap<string, number>;
}

/** SQL for a raw column as a value of a type, over any expression for it. */
export function converted(value: string, column: RawColumn, type: string, group: RawGroup): string {
  return column.type === null ? fromText(value, type, group.mark) : fromValue(value, column.type, type);
}

/** SQL that is true where a value is there but is not of the type; null where that can't be. */
export function misfit(value: string, column: RawColumn, type: string, group: RawGroup): string | null {
  const result = converted(value, column, type, group);
  return result === value ? null : `(${value} IS NOT NULL AND (${result}) IS NULL)`;
}

/**
 * Counts, in one scan and file by file, how many values of each column of text fit which type, and how many of a
 * column with a declared type (by the file's name) do not fit it.
 */
export async function profileGroup(
  engine: Engine,
  group: RawGroup,
  declared: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<FileProfile[]> {
  const counts: string[] = ["count(*)"];
  const readers: ((row: number[]) => { name: string; tally: Tally | null; misfits: number | null })[] = [];
  for (const column of group.columns) {
    const { name, value } = column;
    const type = declared.get(name);
    const at = counts.length;
    if (type !== undefined) {
      const bad = misfit(value, column, type, group);
      if (bad === null) continue;
      counts.push(`count(*) FILTER (${bad})`);
      readers.push((row) => ({ name, tally: null, misfits: row[at] ?? 0 }));
    } else if (column.type === null) {
      const tried = CANDIDATES.filter((candidate) => column.candidates.includes(candidate.type));
      counts.push(`count(${value})`, ...tried.map(({ fits }) => `count(*) FILTER (${fits(value, group.mark)})`));
      readers.push((row) => {
        const fitting = new Map(tried.map((candidate, index) => [candidate.type, row[at + 1 + index] ?? 0]));
        return { name, tally: { present: row[at] ?? 0, fitting }, misfits: null };
      });
    }
  }
  if (counts.length === 1 && group.rows.every((rows) => rows !== null)) {
    return group.rows.map((rows) => ({ rows: rows ?? 0, tallies: new Map(), misfits: new Map() }));
  }
  const sql = `SELECT ${group.fileIndex} AS file, ${counts.join(",\n")} FROM ${group.from} GROUP BY 1`;
  const { rows } = await engine.table({ sql, signal });
  const byFile = new Map(rows.map((row) => [Number(row[0]), row.slice(1).map(Number)]));
  return Array.from({ length: Math.max(1, group.files.length) }, (_, file) => {
    const row = byFile.get(file) ?? [];
    const read = readers.map((reader) => reader(row));
    return {
      rows: row[0] ?? 0,
      tallies: new Map(read.flatMap(({ name, tally }) => (tally === null ? [] : [[name, tally] as const]))),
      misfits: new Map(read.flatMap(({ name, misfits }) => (misfits === null ? [] : [[name, misfits] as const]))),
    };
  });
}
