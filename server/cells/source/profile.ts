import { alike } from "../../engine/alike.ts";
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
 * Counts, file by file, how many values of each column of text fit which type, and how many of a column with a declared
 * type (by the file's name) do not fit it.
 */
export async function profileGroup(
  engine: Engine,
  group: RawGroup,
  declared: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<FileProfile[]> {
  const asked = group.columns.flatMap((column) => countsOf(column, group, declared.get(column.name)) ?? []);
  if (asked.length === 0 && group.rows.every((rows) => rows !== null)) {
    return group.rows.map((rows) => ({ rows: rows ?? 0, tallies: new Map(), misfits: new Map() }));
  }
  const files = Array.from({ length: Math.max(1, group.files.length) }, () => {
    return { rows: 0, tallies: new Map<string, Tally>(), misfits: new Map<string, number>() };
  });
  const ways = alike(asked, ({ column, counts }) => [column.type, ...counts("value")].join("\n"));
  if (ways === null) await countEach(asked, files, { engine, group, signal });
  else await countLists(ways, files, { engine, group, signal });
  return files;
}

/** What is counted of one column. */
interface Counts {
  readonly column: RawColumn;
  /** SQL for each number, over any expression for a value. */
  counts(value: string): string[];
  note(numbers: readonly number[], file: Noted): void;
}

type Noted = { rows: number; readonly tallies: Map<string, Tally>; readonly misfits: Map<string, number> };

function countsOf(column: RawColumn, group: RawGroup, type: string | undefined): Counts | null {
  const { name } = column;
  if (type !== undefined) {
    if (misfit(column.value, column, type, group) === null) return null;
    return {
      column,
      counts: (value) => [`count(*) FILTER (${misfit(value, column, type, group)})`],
      note: ([misfits = 0], file) => file.misfits.set(name, misfits),
    };
  }
  if (column.type !== null) return null;
  const tried = CANDIDATES.filter((candidate) => column.candidates.includes(candidate.type));
  return {
    column,
    counts: (value) => [`count(${value})`, ...tried.map(({ fits }) => `count(*) FILTER (${fits(value, group.mark)})`)],
    note([present = 0, ...fits], file) {
      const fitting = new Map(tried.map((candidate, index) => [candidate.type, fits[index] ?? 0]));
      file.tallies.set(name, { present, fitting });
    },
  };
}

interface Counting {
  readonly engine: Engine;
  readonly group: RawGroup;
  readonly signal: AbortSignal;
}

/** Asks of each column by itself. */
async function countEach(
  asked: readonly Counts[],
  files: readonly Noted[],
  { engine, group, signal }: Counting,
): Promise<void> {
  const counts = ["count(*)", ...asked.flatMap(({ column, counts }) => counts(column.value))];
  const sql = `SELECT ${group.fileIndex} AS file, ${counts.join(",\n")} FROM ${group.from} GROUP BY 1`;
  const { rows } = await engine.table({ sql, signal });
  const byFile = new Map(rows.map((row) => [Number(row[0]), row.slice(1).map(Number)]));
  for (const [index, file] of files.entries()) {
    const numbers = byFile.get(index) ?? [];
    file.rows = numbers[0] ?? 0;
    let at = 1;
    for (const { column, counts, note } of asked) {
      const { length } = counts(column.value);
      note(numbers.slice(at, at + length), file);
      at += length;
    }
  }
}

/** Asks of columns that are alike as of one, their values below each other; lists that end before others go on with nothing. */
async function countLists(
  ways: readonly (readonly Counts[])[],
  files: readonly Noted[],
  { engine, group, signal }: Counting,
): Promise<void> {
  const counts = ["count(*)", ...ways.flatMap(([first], index) => first?.counts(`v${index}`) ?? [])];
  const values = ways.map(
    (those, index) => `unnest([${those.map(({ column }) => column.value).join(", ")}]) AS v${index}`,
  );
  const longest = Math.max(...ways.map(({ length }) => length));
  const sql = `SELECT file, nth, ${counts.join(",\n")}
FROM (SELECT ${group.fileIndex} AS file, unnest(range(${longest})) AS nth, ${values.join(",\n")} FROM ${group.from})
GROUP BY file, nth`;
  const { rows } = await engine.table({ sql, signal });
  const counted = new Map(rows.map((row) => [`${row[0]} ${row[1]}`, row.slice(2).map(Number)]));
  for (const [index, file] of files.entries()) {
    file.rows = counted.get(`${index} 0`)?.[0] ?? 0;
    let at = 1;
    for (const those of ways) {
      const length = those[0]?.counts("value").length ?? 0;
      for (const [nth, { note }] of those.entries()) {
        note(counted.get(`${index} ${nth}`)?.slice(at, at + length) ?? [], file);
      }
      at += length;
    }
  }
}
