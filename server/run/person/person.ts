import { name as quoted } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import { CAUSES, type Cause } from "../../segments/membership/model.ts";
import { STAY, staysSql } from "../../segments/membership/stays.ts";
import type {
  EventsPage,
  PeopleFound,
  PersonValues,
  PersonView,
  SegmentAnswer,
  Stay,
} from "../../segments/person/view.ts";
import type { Ask } from "../asks.ts";
import { flat } from "../page.ts";
import type { Plan } from "../plan.ts";
import { rowsOfRead } from "../reading.ts";
import type { StudiedCell } from "../studied.ts";
import { offsetTime } from "../wall-time.ts";
import { type EventsAsk, eventsOf } from "./events.ts";
import { computedColumns, type OfPerson, rowsOfPerson } from "./rows.ts";
import { whyIn } from "./why.ts";
import { whyInBand, whyInCluster } from "./why-given.ts";

/** Kinds of cell with segments → why a person is in each of them or not. */
const WHY: Readonly<Record<string, typeof whyIn>> = { segments: whyIn, score: whyInBand, cluster: whyInCluster };

export interface PersonAsk extends Ask, EventsAsk {
  readonly person: string;
}

export interface PeopleAsk extends Ask {
  readonly prefix: string;
  readonly limit: number;
}

/** Everything about one person of a notebook, by its results as they stand; or that no relation has that key. */
export async function personOf(ask: PersonAsk, plan: Plan, signal: AbortSignal): Promise<PersonView | Problem> {
  const of: OfPerson = { plan, person: ask.person, signal };
  const { entity } = plan.notebook.head;
  const { kinds, events, untold } = await eventsOf(ask, of);
  const values = await valuesOf(of);
  const stays = await staysOf(of);
  if ("code" in stays) return stays;
  const segments: SegmentAnswer[] = [];
  for (const studied of plan.cells) {
    const why = Object.hasOwn(WHY, studied.cell.kind) ? WHY[studied.cell.kind] : undefined;
    if (why === undefined || plan.studies.names.cell(studied.cell.id) !== studied.cell) continue;
    const found = await why(studied, of);
    if ("why" in found) untold.push(found.why);
    else segments.push(...found);
  }
  const isKnown = values.length > 0 || stays.length > 0 || kinds.some((kind) => kind.events > 0);
  if (!isKnown) return unknownPerson(ask.person, entity);
  const asOf = offsetTime(plan.clock.asOf, plan.clock.zone);
  return { entity, person: ask.person, asOf, kinds, events, values, stays, segments, untold: [...new Set(untold)] };
}

/** Another page of a person's events. */
export async function personEvents(ask: PersonAsk, plan: Plan, signal: AbortSignal): Promise<EventsPage> {
  return (await eventsOf(ask, { plan, person: ask.person, signal })).events;
}

/** People of the notebook whose keys begin with a text. */
export async function peopleWith({ prefix, limit }: PeopleAsk, plan: Plan, signal: AbortSignal): Promise<PeopleFound> {
  const { entity } = plan.notebook.head;
  const { engine } = plan.studies.request;
  const parts: string[] = [];
  for (const relation of await oneRowEach(plan)) {
    const rows = await rowsOfRead(relation, plan.studies);
    parts.push(`SELECT ${quoted(entity)}::VARCHAR AS person FROM (${rows})`);
  }
  if (parts.length === 0) return { entity, people: [], more: false };
  const most = Math.trunc(limit);
  const { rows } = await engine.table({
    sql: `SELECT DISTINCT person FROM (${parts.join("\nUNION ALL\n")})
      WHERE starts_with(person, $prefix) ORDER BY length(person), person LIMIT ${most + 1}`,
    parameters: { prefix: { type: "VARCHAR", value: prefix } },
    signal,
  });
  return { entity, people: rows.slice(0, most).map(([person]) => String(person)), more: rows.length > most };
}

/** The person's rows of the relations that have one for each. */
async function valuesOf(of: OfPerson): Promise<PersonValues[]> {
  const found: PersonValues[] = [];
  const { engine } = of.plan.studies.request;
  for (const relation of await oneRowEach(of.plan)) {
    const sql = await rowsOfPerson(relation, of);
    if (sql === null) continue;
    const { columns, rows } = await engine.table({ sql: `${sql} LIMIT 1`, signal: of.signal });
    const [row] = rows;
    const kind = of.plan.studies.names.cell(relation)?.kind ?? "";
    if (row === undefined) continue;
    const values = columns.map(({ name, type }, index) => ({ name, type, value: flat(row[index] ?? null) }));
    found.push({ relation, kind, columns: values });
  }
  return found;
}

const ROW_EACH: ReadonlySet<string> = new Set(["features", "score", "cluster"]);

/** Relations with at most one row for each person: by their kind, or since segments, scores or clusters are of them. */
async function oneRowEach(plan: Plan): Promise<string[]> {
  const names = new Set<string>();
  for (const { cell } of plan.cells) if (ROW_EACH.has(cell.kind)) names.add(cell.id);
  for (const studied of plan.cells) {
    const of = subjectOf(studied);
    if (of !== null) names.add(of);
  }
  const found: string[] = [];
  for (const name of names) {
    const columns = await computedColumns(plan, name);
    if (columns?.some((column) => column.name === plan.notebook.head.entity)) found.push(name);
  }
  return found;
}

function subjectOf({ cell, reading }: StudiedCell): string | null {
  if (!["segments", "score", "cluster"].includes(cell.kind) || reading === null) return null;
  return (reading.body as { of: string }).of;
}

async function staysOf({ plan, person, signal }: OfPerson): Promise<Stay[] | Problem> {
  const known = await plan.studies.history();
  if ("code" in known) return known;
  if (known.history === null) return [];
  const { manifest } = known.history;
  const { keyType, slots, refreshes } = manifest;
  const key = "entity";
  const list = STAY.map(quoted).join(", ");
  const { rows } = await plan.studies.request.engine.table({
    sql: `SELECT ${list} FROM (${staysSql(known.history)}) WHERE ${key} = TRY_CAST($person AS ${keyType}) AND ${key}::VARCHAR = $person ORDER BY entered DESC, slot`,
    parameters: { person: { type: "VARCHAR", value: person } },
    signal,
  });
  const moment = (refresh: unknown) => offsetTime(refreshes[Number(refresh) - 1]?.asOf ?? Number.NaN, plan.clock.zone);
  return rows.flatMap(([slot, , entered, left, enteredBecause, leftBecause, heldOut]) => {
    const named = slots[Number(slot)];
    if (named === undefined) return [];
    const until = left === null ? null : moment(left);
    const leftFor = left === null ? null : causeOf(leftBecause);
    return [
      {
        ...named,
        since: moment(entered),
        until,
        enteredBecause: causeOf(enteredBecause),
        leftBecause: leftFor,
        heldOut: heldOut === true,
      },
    ];
  });
}

function causeOf(value: unknown): Cause {
  return CAUSES.find((cause) => cause === value) ?? "unknown";
}

function unknownPerson(person: string, entity: string): Problem {
  const message = `No result of this notebook has \`${person}\` as its \`${entity}\`.`;
  const hint = "Look for it by the beginning of the key, or run the notebook first.";
  return { code: "unknown-person", severity: "error", cell: null, line: null, column: null, message, hint };
}
