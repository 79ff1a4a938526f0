import type { Engine, PlainValue } from "../engine/engine.ts";
import { name as quoted } from "../language/quote.ts";
import type { Column } from "../language/vocabulary.ts";
import { BARS, isTime, measured, numberOf, TOP } from "./measured.ts";
import type { ColumnSummary } from "./view.ts";

/** So many values one statement goes through: those that differ are kept apart in memory. */
const VALUES = 2_000_000;

interface Source {
  /** What stands behind FROM. */
  readonly from: string;
  readonly rows: number;
  readonly approximate: boolean;
}

/** Summaries of many columns by name, as of each alone: those of a type are asked as one, their values below each other. */
export async function summariseLists(
  engine: Engine,
  ways: readonly (readonly Column[])[],
  source: Source,
  signal: AbortSignal,
): Promise<Map<string, ColumnSummary>> {
  const summaries = new Map<string, ColumnSummary>();
  const most = Math.max(1, Math.floor(VALUES / source.rows));
  const ask = async (sql: string) => (await engine.table({ sql, signal })).rows;
  for (const way of ways) {
    for (let at = 0; at < way.length; at += most) {
      for (const one of await alikeOnes(way.slice(at, at + most), source, ask)) summaries.set(one.name, one);
    }
  }
  return summaries;
}

type Ask = (sql: string) => Promise<readonly (readonly PlainValue[])[]>;

async function alikeOnes(columns: readonly Column[], source: Source, ask: Ask): Promise<ColumnSummary[]> {
  const { from, rows, approximate } = source;
  const type = columns[0]?.type ?? "";
  const size = measured({ name: "v", type });
  const distinct = approximate ? "approx_count_distinct(v)" : "count(DISTINCT v)";
  const ends = size === null ? "" : `, min(${size}), max(${size}), avg(${size}), min(v)::VARCHAR, max(v)::VARCHAR`;
  const totals = await ask(
    `SELECT nth, count(*) - count(v), ${distinct}${ends} FROM (SELECT ${below(columns)} FROM ${from}) GROUP BY nth`,
  );
  const told = new Map(totals.map(([nth, ...total]) => [Number(nth), total]));
  const ranges = columns.map((_, nth) => rangeOf(told.get(nth) ?? []));
  const top = size === null ? await tops(columns, from, ask) : null;
  const histograms = size === null ? null : await bars(columns, ranges, { from, size }, ask);
  return columns.map(({ name }, nth) => {
    const [missing, found] = told.get(nth) ?? [];
    const counts = { missing: Number(missing), distinct: Math.min(rows, Number(found)), approximate };
    const range = ranges[nth] ?? null;
    const span = { min: range?.lo ?? null, max: range?.hi ?? null, mean: range?.mean ?? null };
    const shown = range === null || !isTime(type) ? span : { min: range.from, max: range.to, mean: null };
    return { name, type, ...counts, ...shown, histogram: histograms?.get(nth) ?? [], top: top?.get(nth) ?? [] };
  });
}

/** Values of columns below each other, each with its column's place among them. */
function below(columns: readonly Column[]): string {
  return `unnest(range(${columns.length})) AS nth, unnest([${columns.map(({ name }) => quoted(name)).join(", ")}]) AS v`;
}

interface Range {
  readonly lo: number;
  readonly hi: number;
  readonly mean: number | null;
  /** The ends as text. */
  readonly from: string;
  readonly to: string;
}

function rangeOf([, , low, high, mean, from, to]: readonly PlainValue[]): Range | null {
  const [lo, hi] = [numberOf(low), numberOf(high)];
  return lo === null || hi === null ? null : { lo, hi, mean: numberOf(mean), from: String(from), to: String(to) };
}

async function tops(columns: readonly Column[], from: string, ask: Ask): Promise<Map<number, ColumnSummary["top"]>> {
  const found = await ask(`
    SELECT nth, value, n FROM (
      SELECT nth, v::VARCHAR AS value, count(*) AS n FROM (SELECT ${below(columns)} FROM ${from}) WHERE v IS NOT NULL GROUP BY ALL
    )
    QUALIFY row_number() OVER (PARTITION BY nth ORDER BY n DESC, value) <= ${TOP} ORDER BY nth, n DESC, value`);
  const top = new Map<number, ColumnSummary["top"]>(columns.map((_, nth) => [nth, []]));
  for (const [nth, value, n] of found) top.get(Number(nth))?.push({ value: String(value), rows: Number(n) });
  return top;
}

/** Rows in bars of equal width between each column's ends; none of a column without a range. */
async function bars(
  columns: readonly Column[],
  ranges: readonly (Range | null)[],
  { from, size }: { from: string; size: string },
  ask: Ask,
): Promise<Map<number, number[]>> {
  const widths = ranges.map((range) => (range === null ? 0 : (range.hi - range.lo) / BARS));
  const lows = ranges.map((range) => `${range?.lo ?? 0}::DOUBLE`);
  const found = await ask(`
    SELECT nth, CASE WHEN width > 0 THEN least(${BARS - 1}, floor((size - lo) / width))::INTEGER ELSE 0 END AS bar, count(*)
    FROM (
      SELECT nth, lo, width, ${size} AS size FROM (
        SELECT ${below(columns)}, unnest([${lows.join(", ")}]) AS lo,
          unnest([${widths.map((width) => `${width}::DOUBLE`).join(", ")}]) AS width FROM ${from}
      )
    )
    WHERE size IS NOT NULL GROUP BY ALL`);
  const counts = new Map<number, number[]>();
  for (const [nth, range] of ranges.entries())
    if (range !== null) counts.set(nth, new Array<number>((widths[nth] ?? 0) > 0 ? BARS : 1).fill(0));
  for (const [nth, bar, n] of found) {
    const those = counts.get(Number(nth));
    if (those !== undefined) those[Math.max(0, Number(bar))] = Number(n);
  }
  return counts;
}
