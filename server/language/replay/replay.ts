import { asOf } from "../clock.ts";
import { name } from "../quote.ts";
import { columnOf } from "../sql-events.ts";
import type { Asked, Kept, KeptTable, Pass } from "../sql-pass.ts";
import { compareInstant } from "../sql-time.ts";
import { KEY } from "../sql-work.ts";
import type { Clock, EventWord } from "../vocabulary.ts";
import { type Copies, copySql, overCopies } from "./copies.ts";
import {
  BUCKET,
  bucketsSql,
  combinedSql,
  markOf,
  type Need,
  needOf,
  newSource,
  orderOf,
  type RowPass,
  type Source,
} from "./source.ts";

/** A moment, and what the statements that are to be asked at it need of the events. */
export interface ReplayMoment {
  readonly clock: Clock;
  readonly passes: readonly Pass[];
}

export interface ReplayRequest {
  /** The earliest first. */
  readonly moments: readonly ReplayMoment[];
  readonly events: readonly EventWord[];
  /** Makes a name for a table that is made here. */
  readonly table: (hint: string) => string;
}

/** A table to be made of a SELECT, and one that is not needed any more then. */
export interface TableStep {
  readonly table: string;
  readonly sql: string;
  readonly drop: string | null;
}

export interface Replay {
  /** Reads each relation of events once. */
  readonly once: readonly TableStep[];
  /** In turn: what to make before the statements of a moment, and what they then take in the place of their passes. */
  readonly moments: readonly { readonly steps: readonly TableStep[]; readonly kept: Kept }[];
}

/**
 * Statements of one kind at many moments, by one reading of each relation of events. Every bound of every window cuts
 * time into stretches; for each key and stretch the parts of the aggregates are kept, and of these each moment's values
 * are put together: those that count from the first event on by adding a moment's stretches to the values of the moment
 * before, those of the last n days from the stretches in them. What has no parts goes over a copy of the rows.
 */
export function planReplay({ moments, events, table }: ReplayRequest): Replay {
  const sources = new Map<string, Source>();
  const copies: Copies = { tables: new Map(), texts: [] };
  const copied = (pass: Pass, asked: readonly Asked[]) => {
    for (const relation of pass.reads) if (!copies.tables.has(relation)) copies.tables.set(relation, table("copy"));
    copies.texts.push(pass.query(asked));
  };
  for (const { clock, passes } of moments) {
    for (const pass of passes) {
      const { asked, source } = split(pass, sources, clock);
      if (asked.length > 0) copied(pass, asked);
      if (source !== null) sources.set(source.mark, source.source);
    }
  }
  const [first] = moments;
  const last = moments.at(-1);
  if (first === undefined || last === undefined) return { once: [], moments: [] };
  const buckets = new Map<string, string>();
  const once: TableStep[] = [];
  for (const [mark, source] of sources) {
    const copy = copies.tables.get(source.event.relation);
    const made = table("buckets");
    buckets.set(mark, made);
    const sql = bucketsSql(source, name(copy ?? source.event.relation), last.clock);
    copies.texts.push(sql);
    once.push({ table: made, sql, drop: null });
  }
  const copying = [...copies.tables].map(([relation, made]) => {
    return { table: made, sql: copySql(relation, copies.texts, events, last.clock), drop: null };
  });
  const states = new Map<string, string>();
  return {
    once: [...copying, ...once],
    moments: moments.map(({ clock }, index) => {
      const before = moments[index - 1]?.clock ?? null;
      const steps: TableStep[] = [];
      for (const [mark, source] of sources) {
        const old = states.get(mark) ?? null;
        const made = table("state");
        const sql = stateSql(source, { buckets: buckets.get(mark) ?? "", old, before, clock });
        if (sql === null) continue;
        steps.push({ table: made, sql, drop: old });
        states.set(mark, made);
      }
      const now = new Map(states);
      const kept: Kept = (pass) => {
        const found = split(pass, sources, clock);
        const rest = found.asked.length === 0 ? [] : [overCopies(pass, found.asked, copies)];
        if (found.source === null) return rest;
        const { mark, source, needs } = found.source;
        const at = { buckets: buckets.get(mark) ?? "", state: now.get(mark) ?? "" };
        return [...tablesOf(source, needs, at), ...rest];
      };
      return { steps, kept };
    }),
  };
}

/** The columns of a pass: those that are made of parts, and those that are not. */
function split(pass: Pass, sources: ReadonlyMap<string, Source>, clock: Clock) {
  if (!isOfRows(pass)) return { source: null, asked: pass.asked };
  const mark = markOf(pass);
  const source = sources.get(mark) ?? newSource(pass.rows);
  const needs: Need[] = [];
  const asked: Asked[] = [];
  for (const one of pass.asked) {
    const need = needOf(source, one, clock);
    if (need === null) asked.push(one);
    else needs.push(need);
  }
  return { source: needs.length === 0 ? null : { mark, source, needs }, asked };
}

function isOfRows(pass: Pass): pass is RowPass {
  return pass.rows !== null;
}

/** What counts from the first event on, up to a moment. */
function stateSql(
  source: Source,
  { buckets, old, before, clock }: { buckets: string; old: string | null; before: Clock | null; clock: Clock },
): string | null {
  const parts = [...source.parts.values()].filter(({ column }) => source.running.has(column));
  if (parts.length === 0) return null;
  const columns = [KEY, ...parts.map(({ column }) => column)].join(", ");
  const start = old === null || before === null ? 0 : bucketAt(source, before);
  const fresh = `SELECT ${columns} FROM ${name(buckets)} WHERE ${BUCKET} >= ${start} AND ${BUCKET} < ${bucketAt(source, clock)}`;
  const rows = old === null ? fresh : `SELECT ${columns} FROM ${name(old)}\nUNION ALL\n${fresh}`;
  const combined = parts.map(({ column, how }) => `${combinedSql(column, how, "")} AS ${column}`);
  return `SELECT ${[KEY, ...combined].join(", ")}\nFROM (${rows})\nGROUP BY 1`;
}

/** The first stretch that is not before a clock's moment. */
function bucketAt(source: Source, clock: Clock): number {
  const at = columnOf(source.event, source.event.at);
  return orderOf(source).get(compareInstant(at, ">=", asOf(clock), clock.zone)) ?? 0;
}

function tablesOf(
  source: Source,
  needs: readonly Need[],
  { buckets, state }: { buckets: string; state: string },
): KeptTable[] {
  const order = orderOf(source);
  const running = needs.filter(({ isRunning }) => isRunning);
  const sliding = needs.filter(({ isRunning }) => !isRunning);
  const tables: KeptTable[] = [];
  const table = (own: readonly Need[], columnsOf: (need: Need) => string, rest: string) => {
    const selected = own.map((need) => `${columnsOf(need)} AS ${need.asked.column}`);
    const columns = new Map(own.map(({ asked }) => [asked.computed, asked.column]));
    tables.push({ from: `(SELECT ${[KEY, ...selected].join(", ")} FROM ${rest})`, columns });
  };
  if (running.length > 0) table(running, ({ whole, columns }) => whole(columns), name(state));
  if (sliding.length === 0) return tables;
  const howOf = new Map([...source.parts.values()].map(({ column, how }) => [column, how]));
  const within = ({ from, until }: Need) => {
    const start = from === null ? 0 : (order.get(from) ?? 0);
    return { start, end: order.get(until) ?? 0 };
  };
  const combined = (need: Need) => {
    const { start, end } = within(need);
    const filter = ` FILTER (WHERE ${BUCKET} >= ${start} AND ${BUCKET} < ${end})`;
    return need.whole(need.columns.map((column) => combinedSql(column, howOf.get(column) ?? "sum", filter)));
  };
  const starts = Math.min(...sliding.map((need) => within(need).start));
  const ends = Math.max(...sliding.map((need) => within(need).end));
  table(sliding, combined, `${name(buckets)} WHERE ${BUCKET} >= ${starts} AND ${BUCKET} < ${ends} GROUP BY 1`);
  return tables;
}
