import { literal, name as quoted } from "../../language/quote.ts";
import type { RunContext } from "../kind.ts";
import { mailedSql, recordedSql, type Segmentation, todaySql } from "./members.ts";
import { firstDaySql, wallSql } from "./period.ts";
import type { Mapping } from "./study.ts";

/** How a stay is known, the surest first. */
export type MembersBy = "history" | "rule" | "today";

/** Who was in which segment when. */
export interface Stays {
  /** A SELECT of `entity`, `id`, and the wall times `since` and `until`; of one id no two of somebody overlap. */
  readonly sql: string;
  /** Whether any stay begins or ends. */
  readonly isBounded: boolean;
  /** A table of `id`, the `segment` as it is called, and `members_by`. */
  readonly ids: string;
  readonly known: readonly KnownBy[];
}

/** How the members of a cell's segments are known. */
export interface KnownBy {
  readonly cell: string;
  /** From when on all its segments are recorded: a wall time; null where one is not. */
  readonly history: string | null;
  /** How they are known before that; null where nothing was sent before. */
  readonly before: "rule" | "today" | null;
  /** Why not by the rule. */
  readonly why: string | null;
  /** What the rule takes as it is today. */
  readonly notes: readonly string[];
}

/** So many weeks are told by rules at most; each is a question of its own. */
const MOST_WEEKS = 104;

export interface StaysAsk {
  readonly segmentations: readonly Segmentation[];
  readonly sends: string;
  readonly mapping: Mapping;
  /** When all that is looked at was sent; absent where nothing is known of that. Stays of other times may be wanting. */
  readonly within?: Within | null;
}

/** From the first to the last of sends: wall times. */
export interface Within {
  readonly first: string;
  readonly last: string;
}

/**
 * By what was recorded, as far as that goes; before it by the rules as of the beginning of each week, and where these
 * can't be told of then, as it is today. Those who are held out are in none.
 */
export async function staysOf(ask: StaysAsk, context: RunContext): Promise<Stays> {
  const begins = context.scratch("begins");
  await execute(`CREATE TABLE ${quoted(begins)} AS ${await beginsSql(ask.segmentations, context)}`, context);
  const earliest = await earliestSend(ask, context);
  const told: { known: KnownBy; parts: Part[] }[] = [];
  for (const segmentation of ask.segmentations) {
    told.push(await partsOf(segmentation, { begins, earliest, within: ask.within ?? null }, context));
  }
  const parts = told.flatMap((one) => one.parts);
  const ids = context.scratch("ids");
  await execute(`CREATE TABLE ${quoted(ids)} AS ${idsSql(begins, parts)}`, context);
  const numbered = parts.map(
    ({ cell, by, sql }) =>
      `SELECT s.entity, i.id, ${by === "history" ? "s.since, s.until" : "s.since, least(s.until, i.begin) AS until"}
      FROM (${sql}) AS s JOIN ${quoted(ids)} AS i ON i.segment = s.segment AND i.cell = ${literal(cell)} AND i.members_by = ${literal(by)}
      ${by === "history" ? "" : "WHERE s.since < i.begin"}`,
  );
  const isBounded = told.some(
    ({ known, parts: own }) => known.before !== "today" || known.history !== null || own.length > 1,
  );
  return { sql: numbered.join("\nUNION ALL\n"), isBounded, ids, known: told.map(({ known }) => known) };
}

/** Stays of one cell that are known in one way: `entity`, `segment`, `since` and `until`. */
interface Part {
  readonly cell: string;
  readonly by: MembersBy;
  readonly sql: string;
}

async function partsOf(
  segmentation: Segmentation,
  { begins, earliest, within }: { begins: string; earliest: string | null; within: Within | null },
  context: RunContext,
): Promise<{ known: KnownBy; parts: Part[] }> {
  const { relation: cell, column } = segmentation;
  const { entity } = context.head;
  const from = earliest === null ? "NULL" : wall(earliest);
  const [row] = await context.engine.rows({
    sql: `SELECT max(begin)::VARCHAR AS latest, isfinite(max(begin)) AS is_whole, max(begin) > ${from} AS is_late, bool_or(isfinite(begin)) AS is_recorded
      FROM ${quoted(begins)} WHERE cell = ${literal(cell)}`,
    signal: context.signal,
  });
  const latest = row?.is_whole === true ? String(row.latest) : null;
  const parts: Part[] = [];
  if (row?.is_recorded === true) {
    const mailed = `SELECT * FROM (${recordedSql(segmentation, entity, context.clock.zone)}) WHERE NOT held_out`;
    const type = await keyType(segmentation, context);
    const sql = `SELECT try_cast(entity AS ${type}) AS entity, segment, since, until FROM (${mailed}) WHERE try_cast(entity AS ${type}) IS NOT NULL`;
    parts.push({ cell, by: "history", sql });
  }
  const known = { cell, history: latest, before: null, why: null, notes: [] };
  const today = (until: string): Part => {
    const members = mailedSql(todaySql(segmentation, entity), segmentation, entity);
    const sql = `SELECT entity, segment, TIMESTAMP '-infinity' AS since, ${until} AS until FROM (${members})`;
    return { cell, by: "today", sql };
  };
  if (earliest === null || row?.is_late !== true) {
    return { known, parts: parts.length > 0 ? parts : [today("TIMESTAMP 'infinity'")] };
  }
  const all = await weeksBetween(earliest, latest, context);
  const weeks = within === null ? all : weeksOf(all, within);
  const [first] = all;
  // What was sent before the weeks that rules are asked of.
  const before = first !== undefined && first.wall > earliest ? [today(wall(first.wall))] : [];
  if (weeks.length === 0) return { known: { ...known, before: "rule" }, parts: [...parts, ...before] };
  const table = context.scratch("past");
  const moments = weeks.map(({ moment }) => moment);
  const past = await context.pastMembers({ cell, column, moments, table });
  if ("why" in past) {
    return { known: { ...known, before: "today", why: past.why }, parts: [...parts, today("TIMESTAMP 'infinity'")] };
  }
  // Whom a rule had then and has not today.
  const more = `SELECT DISTINCT ${literal(cell)}, segment, TIMESTAMP 'infinity' FROM ${quoted(table)}
    WHERE segment NOT IN (SELECT segment FROM ${quoted(begins)} WHERE cell = ${literal(cell)})`;
  await execute(`INSERT INTO ${quoted(begins)} ${more}`, context);
  const list = `list_value(${weeks.map((week) => wall(week.wall)).join(", ")})`;
  const sql = `SELECT entity, segment, ${list}[first + 1] AS since, coalesce(${list}[last + 1], TIMESTAMP 'infinity') AS until
    FROM (${mailedSql(`SELECT * FROM ${quoted(table)}`, segmentation, entity)})`;
  parts.push({ cell, by: "rule", sql }, ...before);
  return { known: { ...known, before: "rule", notes: past.notes }, parts };
}

/** The weeks in which something was sent. */
function weeksOf<Week extends { readonly wall: string }>(all: readonly Week[], { first, last }: Within): Week[] {
  return all.filter((week, i) => week.wall <= last && (all[i + 1]?.wall ?? "infinity") > first);
}

/** When the history of each segment that a cell has begins; infinite where it has none: `cell`, `segment`, `begin`. */
async function beginsSql(segmentations: readonly Segmentation[], context: RunContext): Promise<string> {
  const { entity } = context.head;
  const known = await context.segments();
  const parts = segmentations.map((segmentation) => {
    const cell = literal(segmentation.relation);
    const own = known.filter((one) => one.cell === segmentation.relation);
    const names = own.map(({ name }) => literal(name));
    // A segment that was taken out of the cell since is not watched any more.
    const isKept = own.length === 0 ? "true" : `t.segment IS NOT NULL OR segment IN (${names.join(", ")})`;
    return `SELECT ${cell} AS cell, segment, coalesce(r.begin, TIMESTAMP 'infinity') AS begin
      FROM (SELECT DISTINCT segment FROM (${todaySql(segmentation, entity)})) AS t
      FULL JOIN (SELECT segment, min(since) AS begin FROM (${recordedSql(segmentation, entity, context.clock.zone)}) GROUP BY segment) AS r USING (segment)
      WHERE ${isKept}`;
  });
  return parts.join("\nUNION ALL\n");
}

/** Numbers for what is counted apart. A name that several cells have is written `cell.name`. */
function idsSql(begins: string, parts: readonly Part[]): string {
  const ways = parts.map(({ cell, by }) => `(${literal(cell)}, ${literal(by)})`);
  return `
    WITH ways (cell, members_by) AS (VALUES ${ways.length === 0 ? "('', '')" : ways.join(", ")}),
    cells AS (SELECT segment, count(DISTINCT cell) AS cells FROM ${quoted(begins)} GROUP BY segment)
    SELECT row_number() OVER (ORDER BY cell, segment, members_by) - 1 AS id, cell, segment, members_by, begin,
      CASE WHEN cells > 1 THEN cell || '.' || segment ELSE segment END AS name
    FROM ${quoted(begins)} JOIN ways USING (cell) JOIN cells USING (segment)
    WHERE members_by <> 'history' OR isfinite(begin)`;
}

/** Beginnings of weeks: from the one with the first send on, as far as needed. */
async function weeksBetween(
  earliest: string,
  latest: string | null,
  { engine, signal, clock }: RunContext,
): Promise<{ wall: string; moment: number }[]> {
  const { zone, weekStarts } = clock;
  const end = latest === null ? `(make_timestamptz(${clock.asOf * 1000}) AT TIME ZONE ${literal(zone)})` : wall(latest);
  const first = `${firstDaySql(wall(earliest), "week", weekStarts)}::TIMESTAMP`;
  const found = await engine.rows({
    sql: `
      SELECT week::VARCHAR AS wall, epoch_ms(week AT TIME ZONE ${literal(zone)}) AS moment
      FROM (SELECT unnest(generate_series(${first}, ${end}, INTERVAL 7 DAY)) AS week)
      ORDER BY week DESC LIMIT ${MOST_WEEKS}`,
    signal,
  });
  return found.reverse().map((row) => ({ wall: String(row.wall), moment: Number(row.moment) }));
}

async function earliestSend(
  { sends, mapping }: StaysAsk,
  { engine, signal, clock }: RunContext,
): Promise<string | null> {
  const sent = mapping.get("sent_at");
  const at = sent === undefined ? null : wallSql(quoted(sent.name), sent.type, clock.zone);
  if (at === null) return null;
  const sql = `SELECT min(${at})::VARCHAR AS earliest FROM ${quoted(sends)} WHERE isfinite(${at})`;
  const [row] = await engine.rows({ sql, signal });
  return typeof row?.earliest === "string" ? row.earliest : null;
}

async function keyType(segmentation: Segmentation, { engine, signal, head }: RunContext): Promise<string> {
  const [column] = await engine.describe({ sql: todaySql(segmentation, head.entity), signal });
  return column?.type ?? "VARCHAR";
}

function wall(text: string): string {
  return `TIMESTAMP ${literal(text)}`;
}

function execute(sql: string, { engine, signal }: RunContext): Promise<void> {
  return engine.execute({ sql, signal });
}
