import { eventsEnd } from "../clock.ts";
import { name } from "../quote.ts";
import { columnOf, EVENT, type Filter, filterOf } from "../sql-events.ts";
import type { Table } from "../sql-joined.ts";
import { keySql } from "../sql-match.ts";
import { compareInstant } from "../sql-time.ts";
import { KEY, type Match, type Typed, type Work } from "../sql-work.ts";
import type { Step, Window } from "../tree.ts";
import type { EventWord } from "../vocabulary.ts";
import { betweenBits, fromOn, reachedSql, upTo } from "./bits.ts";

/** The events that a condition counts at each moment of a replay. */
export interface Counted {
  readonly event: EventWord;
  readonly match: Match;
  /** Of a row, whatever the moment; null where all count. */
  readonly condition: string | null;
  /** The first rows that count at any moment; null where there is no such bound. */
  readonly low: string | null;
  /** Of a time: the bounds at each moment, as the condition of being at it or later. An event before `before` and not before `since` counts. */
  readonly before: readonly (readonly string[])[];
  readonly since: readonly string[] | null;
}

/** What is asked of the events that a condition counts, and the column of its mask. */
export type Tally =
  | { readonly kind: "at least"; readonly counted: Counted; readonly column: string; readonly times: number }
  | {
      readonly kind: "sum";
      readonly counted: Counted;
      readonly column: string;
      /** What is added up. */
      readonly of: string;
      readonly type: string;
      /** Whether a sum, told as SQL, does not answer as the sum of nothing does. */
      readonly differs: (sum: string) => string;
    };

/** The time of an event where its row has been read. */
const TIME = "t";

/** The rows that an event with a window counts at several moments; null where more than the window's bounds moves. */
export function countedAt(works: readonly Work[], event: EventWord, step: Step, window: Window | null): Counted | null {
  const filters = works.map((work) => ({ work, filter: filterOf(work, event, step.where, window) }));
  const [first] = filters;
  if (first === undefined) return null;
  const conditions = new Set(filters.map(({ filter }) => restOf(filter).join(" AND ")));
  const [condition = ""] = conditions;
  if (conditions.size > 1) return null;
  const time: Typed = { sql: TIME, type: columnOf(event, event.at).type };
  const slides = filters.flatMap(({ work, filter: { sliding } }) => (sliding === null ? [] : [{ work, ...sliding }]));
  const sliding = slides.map(({ work, bound }) => compareInstant(time, ">=", bound, work.clock.zone));
  const ends = works.map((work) => compareInstant(time, ">=", eventsEnd(work.clock), work.clock.zone));
  const isSince = slides[0]?.side === "from";
  const { low } = first.filter;
  return {
    ...{ event, match: first.work.match(event) },
    condition: condition === "" ? null : condition,
    low: low === null ? null : compareInstant(columnOf(event, event.at), ">=", low, first.work.clock.zone),
    before: slides.length === 0 || isSince ? [ends] : [ends, sliding],
    since: isSince ? sliding : null,
  };
}

function restOf({ parts, sliding }: Filter): string[] {
  return parts.filter((part) => part !== sliding?.part);
}

/** The rows of a relation, read once, and tables over them with a row for each key and a mask for each tally. */
export interface TallyTables {
  readonly rows: { readonly name: string; readonly sql: string };
  readonly tables: readonly Table[];
  readonly relations: readonly string[];
  /** Whether the rows are asked for more than once. */
  readonly isShared: boolean;
}

/** Tallies of one relation by the same key and time belong together. */
export function sourceOf({ counted: { event, match } }: Tally): string {
  return JSON.stringify([event.relation, event.at, event.entity, match]);
}

export function tallyTables(tallies: readonly Tally[], last: Work, place: number): TallyTables | null {
  const [first] = tallies;
  if (first === undefined) return null;
  const { event, match } = first.counted;
  const conditions = [...new Set(tallies.map(({ counted }) => counted.condition))];
  const sums = [...new Set(tallies.flatMap((tally) => (tally.kind === "sum" ? [tally.of] : [])))];
  const rows = name(`segbook rows ${place}`);
  const reading: Reading = {
    rows,
    flag: (condition) => (condition === null ? null : `c${conditions.indexOf(condition)}`),
    summed: (of) => `x${sums.indexOf(of)}`,
  };
  const groups = groupsOf(tallies);
  const tables = groups.map((group, index) => {
    const columns = group.map(({ column }) => column);
    return { name: name(`segbook masks ${place}.${index + 1}`), match, columns, sql: groupSql(reading, group) };
  });
  const at = columnOf(event, event.at);
  const selected = [
    `${keySql(`${EVENT}.${name(event.entity)}`, match)} AS ${KEY}`,
    `${at.sql} AS ${TIME}`,
    ...conditions.flatMap((condition, index) => (condition === null ? [] : [`(${condition}) AS c${index}`])),
    ...sums.map((of, index) => `${of} AS x${index}`),
  ];
  const where = [
    compareInstant(at, "<", eventsEnd(last.clock), last.clock.zone),
    `${EVENT}.${name(event.entity)} IS NOT NULL`,
    ...(conditions.includes(null) ? [] : [`(${conditions.map((condition) => `(${condition})`).join(" OR ")})`]),
    ...earliest(tallies),
  ];
  const sql = `SELECT ${selected.join(", ")}\nFROM ${name(event.relation)} AS ${EVENT}\nWHERE ${where.join(" AND ")}`;
  const isShared = tables.length > 1 || tallies.some(({ kind }) => kind === "sum");
  return { rows: { name: rows, sql }, tables, relations: [event.relation], isShared };
}

interface Reading {
  readonly rows: string;
  readonly flag: (condition: string | null) => string | null;
  readonly summed: (of: string) => string;
}

/** Those that one event decides need no order; others of one condition share theirs; each sum is by itself. */
function groupsOf(tallies: readonly Tally[]): Tally[][] {
  const groups = new Map<unknown, Tally[]>();
  for (const tally of tallies) {
    const mark =
      tally.kind === "sum" ? tally : tally.times === 1 ? "once" : JSON.stringify([tally.counted.condition ?? ""]);
    groups.set(mark, [...(groups.get(mark) ?? []), tally]);
  }
  return [...groups.values()];
}

function groupSql(reading: Reading, group: readonly Tally[]): string {
  const [first] = group;
  if (first?.kind === "sum") return sumSql(reading, first);
  return first?.times === 1 ? onceSql(reading, group) : timesSql(reading, group);
}

/** Whether there is an event: each gives the moments that count it. */
function onceSql({ rows, flag }: Reading, group: readonly Tally[]): string {
  const inner = group.map(({ counted }, index) => `${bothBits(counted)} AS b${index}`);
  const flags = new Set(group.flatMap(({ counted }) => flag(counted.condition) ?? []));
  const outer = group.map(({ counted, column }, index) => {
    const condition = flag(counted.condition);
    return `bit_or(b${index})${condition === null ? "" : ` FILTER (WHERE ${condition})`} AS ${column}`;
  });
  const from = `SELECT ${[KEY, ...flags, ...inner].join(", ")} FROM ${rows}`;
  return `SELECT ${[KEY, ...outer].join(", ")}\nFROM (${from})\nGROUP BY 1`;
}

/**
 * Whether there are at least n events: in the order of time, an event and the n − 1 before it are in a window at the
 * moments that are after it and whose window begins no later than the first of them.
 */
function timesSql({ rows, flag }: Reading, group: readonly Tally[]): string {
  const inner = group.flatMap(({ counted }, index) => [
    `${beforeBits(counted)} AS f${index}`,
    `${counted.since === null ? "TRUE" : upTo(counted.since)} AS s${index}`,
  ]);
  const lagged = group.flatMap((tally, index) =>
    tally.kind === "sum" ? [] : [`f${index}, lag(s${index}, ${tally.times - 1}) OVER w AS s${index}`],
  );
  const outer = group.map(({ counted, column }, index) => {
    const both = counted.since === null ? `CASE WHEN s${index} THEN f${index} END` : `f${index} & s${index}`;
    return `bit_or(${both}) AS ${column}`;
  });
  const condition = flag(group[0]?.counted.condition ?? null);
  const from = `SELECT ${[KEY, TIME, ...inner].join(", ")} FROM ${rows}${condition === null ? "" : ` WHERE ${condition}`}`;
  const window = `WINDOW w AS (PARTITION BY ${KEY} ORDER BY ${TIME})`;
  const ordered = `SELECT ${[KEY, ...lagged].join(", ")} FROM (${from}) ${window}`;
  return `SELECT ${[KEY, ...outer].join(", ")}\nFROM (${ordered})\nGROUP BY 1`;
}

/** Of a sum the moments at which it answers otherwise than the sum of nothing: what comes in and goes out, added up in turn. */
function sumSql({ rows, flag, summed }: Reading, { counted, column, of, type, differs }: Tally & { kind: "sum" }) {
  const moments = counted.before[0]?.length ?? 0;
  const firsts = counted.before.map(reachedSql);
  const first = firsts.length === 1 ? firsts[0] : `greatest(${firsts.join(", ")})`;
  const next = counted.since === null ? `CAST(${moments} AS TINYINT)` : reachedSql(counted.since);
  const wide = /^DECIMAL/.test(type) ? type : "HUGEINT";
  const condition = flag(counted.condition);
  const isThere = `${summed(of)} IS NOT NULL${condition === null ? "" : ` AND ${condition}`}`;
  const inner = `SELECT ${KEY}, ${summed(of)} AS x, ${first} AS i, ${next} AS o FROM ${rows} WHERE ${isThere}`;
  const moves = `SELECT ${KEY}, i AS w, CAST(x AS ${wide}) AS x FROM moves WHERE i < o
UNION ALL SELECT ${KEY}, o, -CAST(x AS ${wide}) FROM moves WHERE i < o AND o < ${moments}`;
  const weekly = `SELECT ${KEY}, w, CAST(sum(x) AS ${wide}) AS x FROM (${moves}) GROUP BY 1, 2`;
  const order = `WINDOW v AS (PARTITION BY ${KEY} ORDER BY w)`;
  const sums = `SELECT ${KEY}, w, lead(w, 1, CAST(${moments} AS TINYINT)) OVER v AS n, CAST(sum(x) OVER v AS ${type}) AS s FROM (${weekly}) ${order}`;
  return `WITH moves AS (${inner})\nSELECT ${KEY}, bit_or(${betweenBits("w", "n")}) AS ${column}\nFROM (${sums})\nWHERE ${differs("s")}\nGROUP BY 1`;
}

function beforeBits({ before }: Counted): string {
  return before.map(fromOn).join(" & ");
}

function bothBits(counted: Counted): string {
  return counted.since === null ? beforeBits(counted) : `${beforeBits(counted)} & ${upTo(counted.since)}`;
}

function earliest(tallies: readonly Tally[]): string[] {
  const lows = tallies.map(({ counted }) => counted.low);
  const known = lows.filter((low) => low !== null).sort((a, b) => (a < b ? -1 : 1));
  return known.length < lows.length ? [] : known.slice(0, 1);
}
