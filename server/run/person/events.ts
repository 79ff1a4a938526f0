import type { PlainValue } from "../../engine/engine.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import { microsSql } from "../../language/sql-time.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { EventKind, EventsPage, PersonEvent } from "../../segments/person/view.ts";
import { beforeSql } from "../cut.ts";
import { flat } from "../page.ts";
import type { StudiedCell } from "../studied.ts";
import { offsetTime } from "../wall-time.ts";
import { computedColumns, type OfPerson, rowsOfPerson } from "./rows.ts";

export interface EventsAsk {
  /** In words; null for all kinds. */
  readonly kind: string | null;
  readonly offset: number;
  readonly limit: number;
}

interface Kind {
  readonly words: string;
  readonly relation: string;
  readonly at: Column;
  readonly columns: readonly Column[];
  /** The person's events of it from before the notebook's moment. */
  readonly rows: string;
}

/** A person's events over all sources of a notebook: what kinds there are, and a page of them, the newest first. */
export async function eventsOf(
  { kind: asked, offset, limit }: EventsAsk,
  of: OfPerson,
): Promise<{ kinds: EventKind[]; events: EventsPage; untold: string[] }> {
  const { kinds, untold } = await kindsOf(of);
  const told: EventKind[] = [];
  for (const kind of kinds) told.push(await summaryOf(kind, of));
  const which = kinds.filter(({ words }) => asked === null || words === asked);
  const rows: { event: PersonEvent; micros: number }[] = [];
  // Of each kind no more than the page can hold with all before it.
  for (const kind of which) rows.push(...(await newestOf(kind, offset + limit, of)));
  rows.sort((a, b) => b.micros - a.micros || (a.event.words < b.event.words ? -1 : 1));
  const total = told
    .filter(({ words }) => asked === null || words === asked)
    .reduce((sum, { events }) => sum + events, 0);
  const page = rows.slice(offset, offset + limit).map(({ event }) => event);
  return { kinds: told, events: { rows: page, offset, total }, untold };
}

async function kindsOf(of: OfPerson): Promise<{ kinds: Kind[]; untold: string[] }> {
  const { plan } = of;
  const kinds: Kind[] = [];
  const untold: string[] = [];
  for (const studied of plan.cells) {
    const definitions = plan.studies.definitions(studied.cell);
    if (definitions.length === 0) continue;
    const { id } = studied.cell;
    const columns = await computedColumns(plan, id);
    const rows = await rowsOfPerson(id, of);
    if (columns === null || rows === null) untold.push(`\`${id}\` has no result as the notebook stands.`);
    else if (hasKey(columns, of)) kinds.push(...kindsIn(studied, { columns, rows }, of));
  }
  return { kinds, untold };
}

function hasKey(columns: readonly Column[], { plan }: OfPerson): boolean {
  return columns.some(({ name }) => name === plan.notebook.head.entity);
}

function kindsIn(
  { cell }: StudiedCell,
  { columns, rows }: { columns: readonly Column[]; rows: string },
  { plan }: OfPerson,
): Kind[] {
  const { asOf, zone } = plan.clock;
  return plan.studies.definitions(cell).flatMap(({ words, at: time, where }) => {
    const at = columns.find(({ name }) => name === time);
    if (at === undefined) return [];
    const which = where === null ? "" : ` AND ${quoted(where.column)}::VARCHAR = ${literal(where.value)}`;
    const past = `SELECT * FROM (${rows}) WHERE ${quoted(time)} IS NOT NULL AND ${beforeSql(at, asOf, zone)}${which}`;
    return [{ words, relation: cell.id, at, columns, rows: past }];
  });
}

async function summaryOf({ words, relation, at, rows }: Kind, { plan, signal }: OfPerson): Promise<EventKind> {
  const { zone } = plan.clock;
  const micros = microsSql({ sql: quoted(at.name), type: at.type }, zone);
  const [row] = await plan.studies.request.engine.rows({
    sql: `SELECT count(*) AS n, min(${micros}) AS first, max(${micros}) AS last FROM (${rows})`,
    signal,
  });
  const moment = (value: PlainValue | undefined) => (value == null ? null : momentText(Number(value), zone));
  return { words, relation, events: Number(row?.n ?? 0), first: moment(row?.first), last: moment(row?.last) };
}

async function newestOf({ words, relation, at, columns, rows }: Kind, most: number, { plan, signal }: OfPerson) {
  const { zone } = plan.clock;
  const { entity } = plan.notebook.head;
  const shown = columns.map(({ name }) => name).filter((name) => name !== at.name && name !== entity);
  const micros = microsSql({ sql: quoted(at.name), type: at.type }, zone);
  const list = [`${micros} AS ${quoted("segbook at")}`, ...shown.map(quoted)].join(", ");
  const { rows: found } = await plan.studies.request.engine.table({
    sql: `SELECT ${list} FROM (${rows}) ORDER BY ALL DESC LIMIT ${most}`,
    signal,
  });
  return found.map(([when = null, ...values]) => {
    const properties = Object.fromEntries(shown.map((name, index) => [name, flat(values[index] ?? null)]));
    const event = { at: momentText(Number(when), zone), words, relation, properties };
    return { event, micros: Number(when) };
  });
}

function momentText(micros: number, zone: string): string {
  return offsetTime(Math.floor(micros / 1000), zone);
}
