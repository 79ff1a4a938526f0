import { createHash } from "node:crypto";
import { name as quoted } from "../../language/quote.ts";
import { microsSql } from "../../language/sql-time.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { Cause, RecordedCell, RecordedSource } from "../../segments/membership/model.ts";
import { beforeSql, type Cut, timeColumn } from "../cut.ts";
import { keyOf } from "../key.ts";
import type { Plan } from "../plan.ts";
import { rowsOfRead } from "../reading.ts";
import { columnsOf, mainPart, type StudiedCell } from "../studied.ts";

/** The sources that a cell is made of, directly or through others. */
export async function sourcesOf(plan: Plan, studied: StudiedCell): Promise<StudiedCell[]> {
  const found = new Set<StudiedCell>();
  const visited = new Set<StudiedCell>();
  const visit = async (one: StudiedCell): Promise<void> => {
    if (visited.has(one)) return;
    visited.add(one);
    if (one.cell.kind === "source") found.add(one);
    for (const name of one.relations) {
      const holder = await plan.studies.holder(name);
      if (holder !== null) await visit(holder.studied);
    }
  };
  await visit(studied);
  return [...found];
}

/** What is kept of sources at a refresh, so that the next one can tell what of them became another; each is read once. */
export class SourceDigests {
  private readonly known = new Map<string, Promise<string>>();

  constructor(
    private readonly plan: Plan,
    private readonly signal: AbortSignal,
  ) {}

  /** With the digest of the rows dated before a moment, in milliseconds since 1970. */
  async recorded(source: StudiedCell, moment: number): Promise<RecordedSource> {
    const isTimed = timeColumn(source) !== null;
    const newest = isTimed ? await this.newest(source) : null;
    return { key: filesKey(source), isTimed, before: isTimed ? await this.before(source, moment) : null, newest };
  }

  /** Digest of a source's rows dated before a moment, whatever their order. */
  before(source: StudiedCell, moment: number): Promise<string> {
    const mark = `${source.cell.id} ${moment}`;
    const known = this.known.get(mark) ?? this.digest(source, moment);
    this.known.set(mark, known);
    return known;
  }

  private async newest(source: StudiedCell): Promise<number | null> {
    const { engine, clock } = this.plan.studies.request;
    const at = this.timeOf(source);
    const micros = microsSql({ sql: quoted(at.name), type: at.type }, clock.zone);
    const rows = await rowsOfRead(source.cell.id, this.plan.studies);
    const [row] = await engine.rows({ sql: `SELECT max(${micros}) AS newest FROM (${rows})`, signal: this.signal });
    return row?.newest == null ? null : Math.floor(Number(row.newest) / 1000);
  }

  private timeOf(source: StudiedCell): Column {
    const at = columnsOf(source, "").columns?.find(({ name }) => name === timeColumn(source));
    if (at === undefined) throw new Error(`${source.cell.id} has no column of times`);
    return at;
  }

  private async digest(source: StudiedCell, moment: number): Promise<string> {
    const { engine, clock } = this.plan.studies.request;
    const columns = columnsOf(source, "").columns ?? [];
    const at = this.timeOf(source);
    const all = columns.map(({ name }) => quoted(name)).join(", ");
    const [row] = await engine.rows({
      sql: `SELECT count(*)::VARCHAR AS n, coalesce(sum(hash(${all})::HUGEINT), 0)::VARCHAR AS h
        FROM (${await rowsOfRead(source.cell.id, this.plan.studies)}) WHERE ${beforeSql(at, moment, clock.zone)}`,
      signal: this.signal,
    });
    // The engine's hash may be another in another version, and so is then the digest.
    return [engine.version, columns.map(({ name, type }) => `${name} ${type}`).join(), row?.n, row?.h].join(" ");
  }
}

/** Names the bytes that a source is made of. */
function filesKey(source: StudiedCell): string {
  const main = mainPart(source);
  if (main === null) throw new Error(`${source.cell.id} can't run`);
  // A query has no files; what it reads has.
  const files = Object.keys(main.parts.files).length === 0 ? keyOf(main.parts) : JSON.stringify(main.parts.files);
  return createHash("sha256").update(files).digest("hex").slice(0, 16);
}

/**
 * To what it is due that the notebook as it was, over today's rows dated before the last refresh, comes to other people
 * than were recorded then. Of rows without a time and late or corrected events at once nobody can tell which did it.
 */
export async function dataCause(
  before: Readonly<Record<string, RecordedSource>>,
  now: readonly StudiedCell[],
  { digests, moment }: { digests: SourceDigests; moment: number },
): Promise<Cause> {
  let [isCold, isLate, isUnknown] = [false, false, Object.keys(before).length !== now.length];
  for (const source of now) {
    const was = before[source.cell.id];
    if (was === undefined) isUnknown = true;
    else if (was.key === filesKey(source)) continue;
    else if (!was.isTimed || was.before === null) isCold = true;
    else {
      const digest = await digests.before(source, moment);
      const isComparable = digest.split(" ")[0] === was.before.split(" ")[0];
      if (!isComparable) isUnknown = true;
      else isLate ||= digest !== was.before;
    }
  }
  if (isUnknown || isCold === isLate) return "unknown";
  return isCold ? "data" : "late data";
}

/**
 * What was there at a refresh, of today's rows: those from before its moment, and where some were dated later already
 * then, as in data that was collected afterwards, those up to the newest. Events count before its moment alone.
 */
export function cutAt(moment: number, cells: readonly RecordedCell[]): Cut {
  const cut: Record<string, number> = {};
  for (const { sources } of cells) {
    for (const [id, { isTimed, newest }] of Object.entries(sources))
      if (isTimed) cut[id] = Math.max(moment, newest === null ? moment : newest + 1, cut[id] ?? moment);
  }
  return { moment, sources: cut };
}
