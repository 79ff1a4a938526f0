import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { HELD_OUT } from "../../cells/control.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import { didYouMean } from "../../notebook/nearest.ts";
import { segmentColumn } from "../../notebook/segment-column.ts";
import type { Ask } from "../asks.ts";
import type { ResultCache } from "../cache.ts";
import { csvLine } from "../csv.ts";
import { type Located, locate } from "../locate.ts";
import type { Plan } from "../plan.ts";
import { partOf } from "../studied.ts";

export interface MembersAsk extends Ask {
  readonly cell: string;
  readonly segment: string;
  /** Columns besides the key, of the relation that the segments are of. */
  readonly columns: readonly string[];
  readonly format: "csv" | "parquet";
  /** Absolute path of the file that is written. */
  readonly out: string;
}

export interface MembersView {
  /** People in the file. */
  rows: number;
  /** People of the segment who are held out, and not in the file. */
  heldOut: number;
}

interface Around {
  readonly cache: ResultCache;
  /** A folder that the engine may write to. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Relations that have to be computed before the members of a cell's segments can be written. */
export function membersNeed(plan: Plan, { cell, columns }: Pick<MembersAsk, "cell" | "columns">): string[] {
  const studied = plan.cells.find((one) => one.cell.id === cell);
  const of = ofCell(plan, cell);
  const isHeld = studied !== undefined && partOf(studied, HELD_OUT) !== null;
  return [cell, ...(isHeld ? [`${cell}${HELD_OUT}`] : []), ...(columns.length > 0 && of !== null ? [of] : [])];
}

/**
 * Writes the members of a segment, ordered by their key, as they stand in the last result: whoever is held out as a
 * control is left out. In CSV what a spreadsheet would take for a formula is marked as text.
 */
export async function writeMembers(plan: Plan, ask: MembersAsk, around: Around): Promise<MembersView | Problem> {
  const found = await membersSql(plan, ask, around.cache);
  if (isProblem(found)) return found;
  const { engine, sql, heldOut } = found;
  const [counted] = await engine.rows({
    sql: `SELECT (SELECT count(*) FROM (${sql})) AS rows, (${heldOut}) AS held`,
    signal: around.signal,
  });
  if (ask.format === "parquet") await writeParquetFile(engine, sql, ask.out, around);
  else await writeCsvFile(engine, sql, ask.out, around.signal);
  return { rows: Number(counted?.rows ?? 0), heldOut: Number(counted?.held ?? 0) };
}

async function membersSql(plan: Plan, { cell: id, segment, columns }: MembersAsk, cache: ResultCache) {
  const studied = plan.cells.find(({ cell }) => cell.id === id);
  const column = studied === undefined ? null : segmentColumn(studied.cell.kind);
  if (studied === undefined || column === null) return noSegments(plan, id);
  const members = await locate(plan, id, cache);
  if (isProblem(members)) return members;
  const key = quoted(plan.notebook.head.entity);
  // Where the cell names its segments one of them may be empty; a cluster or a band is known by who is in it.
  const named = studied.reading === null ? [] : (studied.kind?.segments?.(studied.reading.body) ?? []);
  const unknown = named.includes(segment) ? null : await unknownSegment(members, { id, segment, column, named });
  if (unknown !== null) return unknown;
  const held = partOf(studied, HELD_OUT) === null ? null : await locate(plan, `${id}${HELD_OUT}`, cache);
  if (held !== null && isProblem(held)) return held;
  const out = held === null ? null : `SELECT ${key} FROM ${file(held)} WHERE segment = ${literal(segment)}`;
  const without = out === null ? "" : ` AND ${key} NOT IN (${out})`;
  const keys = `SELECT ${key} FROM ${file(members)} WHERE ${quoted(column)} = ${literal(segment)}${without}`;
  const heldOut = out === null ? "0" : `SELECT count(*) FROM (${out})`;
  const { engine } = members;
  if (columns.length === 0) return { engine, sql: `${keys} ORDER BY ${key}`, heldOut };
  const of = ofCell(plan, id);
  const people = of === null ? null : await locate(plan, of, cache);
  if (of === null || people === null) return noSegments(plan, id);
  if (isProblem(people)) return people;
  const names = people.stored.columns.map(({ name }) => name);
  const missing = columns.find((one) => !names.includes(one));
  if (missing !== undefined) {
    const message = `\`${of}\` has no column \`${missing}\`.`;
    return fault("unknown-column", message, didYouMean(missing, names, `It has ${names.slice(0, 20).join(", ")}.`));
  }
  const picked = columns.map((one) => `, o.${quoted(one)}`).join("");
  const sql = `SELECT k.${key}${picked} FROM (${keys}) AS k LEFT JOIN ${file(people)} AS o USING (${key}) ORDER BY k.${key}`;
  return { engine, sql, heldOut };
}

async function unknownSegment(
  members: Located,
  { id, segment, column, named }: { id: string; segment: string; column: string; named: readonly string[] },
): Promise<Problem | null> {
  const sql = `SELECT DISTINCT ${quoted(column)} AS name FROM ${file(members)} WHERE ${quoted(column)} IS NOT NULL ORDER BY name`;
  const names = (await members.engine.rows({ sql })).map(({ name }) => String(name));
  if (names.includes(segment)) return null;
  const hint = didYouMean(
    segment,
    names,
    names.length === 0 ? "Nobody is in any of its segments." : `Somebody is in ${names.slice(0, 12).join(", ")}.`,
  );
  if (named.length > 0) {
    const message = `\`${id}\` has no segment \`${segment}\`.`;
    return fault("unknown-segment", message, didYouMean(segment, named, `It has ${named.join(", ")}.`));
  }
  return fault("no-members", `Nobody is in \`${segment}\` of \`${id}\`.`, hint);
}

async function writeParquetFile(
  engine: Located["engine"],
  sql: string,
  out: string,
  { folder, signal }: Around,
): Promise<void> {
  const scratch = await mkdtemp(join(folder, "members-"));
  try {
    const file = join(scratch, "members.parquet");
    await engine.execute({ sql: `COPY (${sql}) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd)`, signal });
    await copyFile(file, out);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function writeCsvFile(engine: Located["engine"], sql: string, out: string, signal: AbortSignal): Promise<void> {
  const sink = createWriteStream(out, { flush: true });
  const done = finished(sink);
  // It may fail before anybody waits for it.
  done.catch(() => undefined);
  let isFirst = true;
  const write = async (lines: readonly string[]) => {
    for (const line of lines) if (!sink.write(line)) await Promise.race([once(sink, "drain"), done]);
  };
  try {
    await engine.pieces({ sql, signal }, async ({ columns, rows }) => {
      if (isFirst)
        await write([
          csvLine(
            columns.map(({ name }) => name),
            true,
          ),
        ]);
      isFirst = false;
      await write(rows.map((row) => csvLine(row, true)));
    });
  } finally {
    sink.end();
  }
  await done;
}

function file({ file: path }: Located): string {
  return `read_parquet(${literal(path)})`;
}

function ofCell(plan: Plan, id: string): string | null {
  const body = plan.cells.find(({ cell }) => cell.id === id)?.reading?.body;
  const of = typeof body === "object" && body !== null && "of" in body ? body.of : null;
  return typeof of === "string" ? of : null;
}

function noSegments({ cells }: Plan, id: string): Problem {
  const ids = cells
    .map(({ cell }) => cell)
    .filter(({ kind }) => segmentColumn(kind) !== null)
    .map((cell) => cell.id);
  return fault(
    "unknown-cell",
    `\`${id}\` is no cell with segments.`,
    didYouMean(id, ids, ids.length === 0 ? "Add a segments cell." : `Cells with segments: ${ids.join(", ")}.`),
  );
}

function fault(code: string, message: string, hint: string): Problem {
  return { code, severity: "error", cell: null, line: null, column: null, message, hint };
}
