import { asOf } from "../clock.ts";
import { name } from "../quote.ts";
import { columnOf } from "../sql-events.ts";
import type { KeptTable } from "../sql-pass.ts";
import { compareInstant } from "../sql-time.ts";
import { KEY } from "../sql-work.ts";
import type { Clock } from "../vocabulary.ts";
import { BUCKET, combinedSql, type Need, orderOf, type Source } from "./source.ts";

/** The tables of a source: its buckets, and the state of the moment before; null before the first. */
export interface Tables {
  readonly buckets: string;
  readonly state: string | null;
}

/** Everything that counts from the first event on, up to a moment: the state before and what has come since. Null where nothing does. */
export function stateSql(source: Source, { buckets, state }: Tables, at: { before: Clock | null; now: Clock }) {
  const parts = [...source.parts.values()].filter(({ column }) => source.running.has(column));
  if (parts.length === 0) return null;
  const columns = [KEY, ...parts.map(({ column }) => column)].join(", ");
  const start = at.before === null ? 0 : bucketAt(source, at.before);
  const since = `${BUCKET} >= ${start} AND ${BUCKET} < ${bucketAt(source, at.now)}`;
  const fresh = `SELECT ${columns} FROM ${name(buckets)} WHERE ${since}`;
  const rows = state === null ? fresh : `SELECT ${columns} FROM ${name(state)}\nUNION ALL\n${fresh}`;
  const combined = parts.map(({ column, how }) => `${combinedSql(column, how, "")} AS ${column}`);
  return `SELECT ${[KEY, ...combined].join(", ")}\nFROM (${rows})\nGROUP BY 1`;
}

/** Where the columns of a pass are found at the moment of a state. */
export function stateTables(source: Source, needs: readonly Need[], { buckets, state }: Tables): KeptTable[] {
  const running = needs.filter(({ isRunning }) => isRunning);
  const sliding = needs.filter(({ isRunning }) => !isRunning);
  const table = (own: readonly Need[], sqlOf: (need: Need) => string, rest: string): KeptTable => {
    const selected = own.map((need) => `${sqlOf(need)} AS ${need.asked.column}`);
    const columns = new Map(own.map(({ asked }) => [asked.computed, asked.column]));
    return { from: `(SELECT ${[KEY, ...selected].join(", ")} FROM ${rest})`, columns };
  };
  const tables: KeptTable[] = [];
  if (running.length > 0) tables.push(table(running, ({ whole, columns }) => whole(columns), name(state ?? "")));
  if (sliding.length === 0) return tables;
  const order = orderOf(source);
  const howOf = new Map([...source.parts.values()].map(({ column, how }) => [column, how]));
  const stretch = ({ from, until }: Need) => ({
    start: from === null ? 0 : (order.get(from) ?? 0),
    end: order.get(until) ?? 0,
  });
  const combined = (need: Need) => {
    const { start, end } = stretch(need);
    const filter = ` FILTER (WHERE ${BUCKET} >= ${start} AND ${BUCKET} < ${end})`;
    return need.whole(need.columns.map((column) => combinedSql(column, howOf.get(column) ?? "sum", filter)));
  };
  const stretches = sliding.map(stretch);
  const start = Math.min(...stretches.map((one) => one.start));
  const end = Math.max(...stretches.map((one) => one.end));
  const rows = `${name(buckets)} WHERE ${BUCKET} >= ${start} AND ${BUCKET} < ${end} GROUP BY 1`;
  return [...tables, table(sliding, combined, rows)];
}

/** The first stretch that is not before a clock's moment. */
function bucketAt(source: Source, clock: Clock): number {
  const at = columnOf(source.event, source.event.at);
  return orderOf(source).get(compareInstant(at, ">=", asOf(clock), clock.zone)) ?? 0;
}
