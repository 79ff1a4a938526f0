import { Temporal } from "temporal-polyfill";
import type { Engine } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import { segmentColumn } from "../../notebook/segment-column.ts";
import type { ForecastPeople, ForecastView, SegmentForecast } from "../../segments/membership/forecast-view.ts";
import type { Ask } from "../asks.ts";
import type { Plan } from "../plan.ts";
import type { Circumstances } from "../refresh/circumstances.ts";
import { definedSegments, type People, peopleOf, slottedSql } from "../refresh/people.ts";
import { type InWorld, inWorld } from "../refresh/world.ts";
import { offsetTime } from "../wall-time.ts";

export interface ForecastAsk extends Ask {
  /** How many days ahead. */
  readonly days: number;
  /** Whose people are listed; null for nobody's. */
  readonly people: {
    readonly cell: string;
    readonly segment: string;
    readonly which: "leaving" | "entering";
    readonly offset: number;
    readonly limit: number;
  } | null;
}

type Around = Pick<Circumstances, "plan" | "planned" | "limits" | "scans" | "signal"> & { readonly ask: ForecastAsk };

/**
 * What becomes of every segment in the next days while nothing happens: the notebook over the events from before its
 * moment, at that moment and at the same time of each day that follows.
 */
export async function forecast(around: Around): Promise<ForecastView> {
  const { plan, ask, planned, limits, scans, signal } = around;
  const { asOf, zone } = plan.clock;
  const cells = plan.cells.filter((one) => segmentColumn(one.cell.kind) !== null).map(({ cell }) => cell.id);
  const moments = Array.from({ length: ask.days + 1 }, (_, day) => dayAfter(asOf, day, zone));
  const worlds: Map<string, InWorld>[] = [];
  for (const moment of moments) {
    const then = await planned(
      { ...ask, asOf: new Date(moment).toISOString() },
      { now: asOf, until: { moment: asOf, sources: {} } },
    );
    worlds.push(await inWorld(then, cells, { limits, scans, signal }));
  }
  const untold = cells.flatMap((cell) => {
    const failed = worlds.map((world) => world.get(cell)).find((one) => one === undefined || "why" in one);
    return failed === undefined ? [] : [{ cell, why: "why" in failed ? failed.why : "" }];
  });
  const told = cells.filter((cell) => untold.every((one) => one.cell !== cell));
  const segments: SegmentForecast[] = [];
  let people: ForecastPeople | null = null;
  for (const cell of told) {
    const days = worlds.map((world) => membersIn(world.get(cell), plan));
    const asked = ask.people?.cell === cell ? ask.people : null;
    const found = await ofCell({ cell, days }, asked, around);
    segments.push(...found.segments);
    people = found.people ?? people;
  }
  const times = moments.map((moment) => offsetTime(moment, zone));
  return { asOf: times[0] ?? "", days: times.slice(1), segments, untold, people };
}

function dayAfter(asOf: number, days: number, zone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(asOf).toZonedDateTimeISO(zone);
  return local.add({ days }).epochMilliseconds;
}

function membersIn(world: InWorld | undefined, plan: Plan): People | null {
  return world === undefined || "why" in world
    ? null
    : peopleOf(world.studied, world.stored, plan.notebook.head.entity);
}

async function ofCell(
  { cell, days }: { cell: string; days: readonly (People | null)[] },
  asked: ForecastAsk["people"],
  { plan, signal }: Around,
): Promise<{ segments: SegmentForecast[]; people: ForecastPeople | null }> {
  const { engine, cache } = plan.studies.request;
  const [first] = days;
  if (first === undefined || first === null) return { segments: [], people: null };
  const names = await namesIn(days, engine, { cache, signal });
  const slots = new Map(names.map((name, slot) => [name, slot]));
  const all = days.flatMap((people, day) =>
    people === null ? [] : [`SELECT slot, entity, ${2 ** day} AS day FROM (${slottedSql(people, slots, cache)})`],
  );
  const table = `forecast_${process.pid}`;
  // One bit a day on which somebody is in.
  const sql = `SELECT slot, entity, sum(day)::BIGINT AS days FROM (${all.join("\nUNION ALL\n")}) GROUP BY slot, entity`;
  await engine.execute({
    sql: `CREATE OR REPLACE TABLE ${quoted(table)} AS ${firstDays(sql, days.length - 1)}`,
    signal,
  });
  try {
    const segments = await countsOf(table, { cell, names, days: days.length - 1 }, { engine, signal });
    const slot = asked === null ? undefined : slots.get(asked.segment);
    if (asked === null || slot === undefined) return { segments, people: null };
    return { segments, people: await peopleIn(table, { ...asked, slot }, { engine, signal }) };
  } finally {
    await engine.execute({ sql: `DROP TABLE IF EXISTS ${quoted(table)}` });
  }
}

/** For each person and segment whether it is in now, and the first day on which that is another; missing where none is. */
function firstDays(bits: string, days: number): string {
  const cases = Array.from({ length: days }, (_, index) => {
    return `WHEN ((days >> ${index + 1}) & 1) <> (days & 1) THEN ${index + 1}`;
  });
  return `SELECT slot, entity, (days & 1) = 1 AS is_in, ${cases.length === 0 ? "NULL::INTEGER" : `CASE ${cases.join(" ")} END`} AS day FROM (${bits})`;
}

type At = { readonly engine: Engine; readonly signal: AbortSignal };

async function countsOf(
  table: string,
  { cell, names, days }: { cell: string; names: readonly string[]; days: number },
  { engine, signal }: At,
): Promise<SegmentForecast[]> {
  const rows = await engine.rows({
    sql: `SELECT slot, is_in, day, count(*) AS n FROM ${quoted(table)} GROUP BY ALL`,
    signal,
  });
  const found = rows.map((row) => ({
    ...{ slot: Number(row.slot), day: Number(row.day ?? 0), n: Number(row.n), isIn: row.is_in === true },
  }));
  return names.map((segment, slot) => {
    const own = found.filter((row) => row.slot === slot);
    const on = (isIn: boolean) =>
      Array.from({ length: days }, (_, index) =>
        own.filter((row) => row.isIn === isIn && row.day === index + 1).reduce((sum, row) => sum + row.n, 0),
      );
    const size = own.filter((row) => row.isIn).reduce((sum, row) => sum + row.n, 0);
    return { cell, segment, size, leaving: on(true), entering: on(false) };
  });
}

async function peopleIn(
  table: string,
  { slot, which, offset, limit }: NonNullable<ForecastAsk["people"]> & { slot: number },
  { engine, signal }: At,
): Promise<ForecastPeople> {
  const condition = `slot = ${slot} AND day IS NOT NULL AND ${which === "leaving" ? "is_in" : "NOT is_in"}`;
  const { rows } = await engine.table({
    sql: `SELECT entity::VARCHAR, day FROM ${quoted(table)} WHERE ${condition}
      ORDER BY day, entity LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset)}`,
    signal,
  });
  const [count] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${quoted(table)} WHERE ${condition}`, signal });
  return {
    rows: rows.map(([person, day]) => ({ person: String(person), day: Number(day) })),
    offset,
    total: Number(count?.n ?? 0),
  };
}

/** The segments that are defined, and those that only the rows name. */
async function namesIn(
  days: readonly (People | null)[],
  engine: Engine,
  { cache, signal }: { cache: Plan["studies"]["request"]["cache"]; signal: AbortSignal },
): Promise<string[]> {
  const names = new Set<string>();
  for (const people of days) {
    if (people === null) continue;
    for (const name of definedSegments(people.studied)) names.add(name);
    if (people.studied.cell.kind !== "cluster") continue;
    const relation = people.stored.relations.find(({ suffix }) => suffix === "");
    if (relation === undefined) continue;
    const file = cache.path(people.stored, relation);
    const rows = await engine.rows({
      sql: `SELECT DISTINCT segment FROM read_parquet($file) ORDER BY 1`,
      parameters: { file: { type: "VARCHAR", value: file } },
      signal,
    });
    for (const row of rows) names.add(String(row.segment));
  }
  return [...names];
}
