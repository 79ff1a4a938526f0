import { asOf } from "../clock.ts";
import { name } from "../quote.ts";
import { columnOf, EVENT } from "../sql-events.ts";
import type { Asked, Part, Pass } from "../sql-pass.ts";
import { compareInstant } from "../sql-time.ts";
import { KEY } from "../sql-work.ts";
import type { Clock, EventWord } from "../vocabulary.ts";

/** What statements of several moments ask of one relation's rows: put down moment by moment, then read once. */
export interface Source {
  readonly event: EventWord;
  readonly key: string;
  /** What a part computes → its column, and how two values of it are put together. */
  readonly parts: Map<string, { readonly column: string; readonly how: Part["how"] }>;
  /** Columns of parts that are asked for from the first row on up to each moment. */
  readonly running: Set<string>;
  /** Conditions on the rows that parts count, and the earliest rows that they count; null where one has none. */
  readonly conditions: Set<string | null>;
  readonly lows: Set<string | null>;
  /** Every moment where a window begins or ends, as the condition of being at it or later. */
  readonly bounds: Set<string>;
}

/** A column at one moment: its parts' columns over the rows from one bound up to another. */
export interface Need {
  readonly asked: Asked;
  readonly columns: readonly string[];
  readonly whole: (parts: readonly string[]) => string;
  /** Null where it counts from the first row on. */
  readonly from: string | null;
  readonly until: string;
  /** Whether it counts all rows up to the moment, so that it only ever gets more. */
  readonly isRunning: boolean;
}

export type RowPass = Pass & { readonly rows: NonNullable<Pass["rows"]> };

export function newSource({ event, key }: RowPass["rows"]): Source {
  const sets = { conditions: new Set<string | null>(), lows: new Set<string | null>(), bounds: new Set<string>() };
  return { event, key, parts: new Map(), running: new Set(), ...sets };
}

/** Passes of one mark read the same rows by the same keys, whatever their moment. */
export function markOf({ rows: { event, key } }: RowPass): string {
  return JSON.stringify([event.relation, event.at, event.entity, key]);
}

/** Puts a column down; null where it can't be made of parts. */
export function needOf(source: Source, asked: Asked, clock: Clock): Need | null {
  const { filter, combining } = asked;
  if (filter === null || combining === null) return null;
  const bound = (instant: Parameters<typeof compareInstant>[2]) => {
    const text = boundSql(source.event, instant, clock.zone);
    source.bounds.add(text);
    return text;
  };
  const { sliding } = filter;
  const rest = filter.parts.filter((part) => part !== sliding?.part);
  const condition = rest.length === 0 ? null : rest.join(" AND ");
  source.conditions.add(condition);
  source.lows.add(filter.low === null ? null : boundSql(source.event, filter.low, clock.zone));
  const columns = combining.parts.map((part) => partOf(source, part, condition));
  if (sliding === null) for (const column of columns) source.running.add(column);
  return {
    ...{ asked, columns, whole: combining.whole, isRunning: sliding === null },
    from: sliding?.side === "from" ? bound(sliding.bound) : null,
    until: bound(sliding?.side === "until" ? sliding.bound : asOf(clock)),
  };
}

/** The bounds in the order of the times that the column is compared with: that of their texts. */
export function orderOf({ bounds }: Source): ReadonlyMap<string, number> {
  return new Map([...bounds].sort((a, b) => (a < b ? -1 : 1)).map((bound, index) => [bound, index + 1]));
}

/**
 * The one pass over the relation: for each key and each stretch from one bound to the next the parts' values. `bucket` is
 * the number of bounds that a row is at or behind.
 */
export function bucketsSql(source: Source, from: string, last: Clock): string {
  const { event, key, parts } = source;
  const columns = [...parts].map(([sql, { column }]) => `${sql} AS ${column}`);
  const at = columnOf(event, event.at);
  const past = compareInstant(at, "<", asOf(last), last.zone);
  const where = [past, `${EVENT}.${name(event.entity)} IS NOT NULL`, ...anyOf(source.conditions), ...earliest(source)];
  const bounds = [...orderOf(source).keys()];
  const selected = [`${key} AS ${KEY}`, `${bucketSql(bounds, 0, bounds.length)} AS ${BUCKET}`, ...columns];
  return `SELECT ${selected.join(",\n  ")}\nFROM ${from} AS ${EVENT}\nWHERE ${where.join(" AND ")}\nGROUP BY 1, 2`;
}

export const BUCKET = "bucket";

/** Puts values of a part together, those of rows that meet a condition. */
export function combinedSql(column: string, how: Part["how"], filter: string): string {
  switch (how) {
    case "count":
      return `CAST(sum(${column})${filter} AS BIGINT)`;
    case "list":
      return `flatten(list(${column})${filter})`;
    default:
      return `${how}(${column})${filter}`;
  }
}

function partOf(source: Source, { of, how }: Part, condition: string | null): string {
  const sql = of(condition);
  const known = source.parts.get(sql);
  if (known !== undefined) return known.column;
  const column = name(`part ${source.parts.size + 1}`);
  source.parts.set(sql, { column, how });
  return column;
}

function boundSql(event: EventWord, instant: Parameters<typeof compareInstant>[2], zone: string): string {
  return compareInstant(columnOf(event, event.at), ">=", instant, zone);
}

/** Halves the bounds until one stretch is left. */
function bucketSql(bounds: readonly string[], low: number, high: number): string {
  if (low === high) return `CAST(${low} AS SMALLINT)`;
  const middle = (low + high + 1) >> 1;
  const [before, behind] = [bucketSql(bounds, low, middle - 1), bucketSql(bounds, middle, high)];
  return `CASE WHEN ${bounds[middle - 1]} THEN ${behind} ELSE ${before} END`;
}

/** More conditions than that take longer than the rows that they leave out. */
const MOST_CONDITIONS = 12;

function anyOf(conditions: ReadonlySet<string | null>): string[] {
  if (conditions.has(null) || conditions.size > MOST_CONDITIONS) return [];
  return [`(${[...conditions].map((condition) => `(${condition})`).join(" OR ")})`];
}

function earliest({ lows }: Source): string[] {
  const known = [...lows].filter((low) => low !== null).sort((a, b) => (a < b ? -1 : 1));
  return known.length < lows.size ? [] : known.slice(0, 1);
}
