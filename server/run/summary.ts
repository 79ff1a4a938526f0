import { alike } from "../engine/alike.ts";
import type { Engine } from "../engine/engine.ts";
import { literal, name as quoted } from "../language/quote.ts";
import type { StoredRelation } from "./cache.ts";
import { BARS, isTime, measured, numberOf, TOP } from "./measured.ts";
import { summariseLists } from "./summary-lists.ts";
import type { ColumnSummary, SummaryView } from "./view.ts";

/** Up to so many rows distinct values are counted, beyond them estimated. */
const COUNTED_ROWS = 1_000_000;

/** What each column of a result holds: missing, distinct, range, and a small histogram or the commonest values. */
export async function summarise(
  engine: Engine,
  source: { relation: string; file: string; stored: StoredRelation },
  signal: AbortSignal,
): Promise<SummaryView> {
  const from = `read_parquet(${literal(source.file)})`;
  const { columns, rows } = source.stored;
  if (rows === 0 || columns.length === 0) {
    return { relation: source.relation, rows, columns: columns.map((column) => ({ ...nothing, ...column })) };
  }
  const approximate = rows > COUNTED_ROWS;
  const ways = alike(columns, ({ type }) => type);
  if (ways !== null) {
    const found = await summariseLists(engine, ways, { from, rows, approximate }, signal);
    const summaries = columns.map((column) => found.get(column.name) ?? { ...nothing, ...column });
    return { relation: source.relation, rows, columns: summaries };
  }
  const selected = columns.map((column, index) => {
    const value = measured(column);
    const ranges =
      value === null
        ? ""
        : `, min(${value}) AS lo${index}, max(${value}) AS hi${index}, avg(${value}) AS mean${index}, min(${quoted(column.name)})::VARCHAR AS from${index}, max(${quoted(column.name)})::VARCHAR AS to${index}`;
    return `count(*) - count(${quoted(column.name)}) AS missing${index}, ${approximate ? `approx_count_distinct(${quoted(column.name)})` : `count(DISTINCT ${quoted(column.name)})`} AS distinct${index}${ranges}`;
  });
  const [totals] = await engine.rows({ sql: `SELECT ${selected.join(",\n")} FROM ${from}`, signal });
  const summaries: ColumnSummary[] = [];
  for (const [index, column] of columns.entries()) {
    const lo = numberOf(totals?.[`lo${index}`]);
    const hi = numberOf(totals?.[`hi${index}`]);
    const base = {
      ...nothing,
      ...column,
      approximate,
      missing: Number(totals?.[`missing${index}`]),
      distinct: Math.min(rows, Number(totals?.[`distinct${index}`])),
    };
    const value = measured(column);
    if (value === null)
      summaries.push({ ...base, top: await commonest(engine, { from, column: column.name }, signal) });
    else if (lo === null || hi === null) summaries.push(base);
    else {
      const histogram = await bars(engine, { from, value, lo, hi }, signal);
      const times = isTime(column.type);
      const min = times ? String(totals?.[`from${index}`]) : lo;
      const max = times ? String(totals?.[`to${index}`]) : hi;
      summaries.push({ ...base, min, max, mean: times ? null : numberOf(totals?.[`mean${index}`]), histogram });
    }
  }
  return { relation: source.relation, rows, columns: summaries };
}

const nothing = {
  missing: 0,
  distinct: 0,
  approximate: false,
  min: null,
  max: null,
  mean: null,
  histogram: [],
  top: [],
};

async function commonest(engine: Engine, at: { from: string; column: string }, signal: AbortSignal) {
  const rows = await engine.rows({
    sql: `SELECT ${quoted(at.column)}::VARCHAR AS value, count(*) AS n FROM ${at.from} WHERE ${quoted(at.column)} IS NOT NULL GROUP BY 1 ORDER BY n DESC, value LIMIT ${TOP}`,
    signal,
  });
  return rows.map((row) => ({ value: String(row.value), rows: Number(row.n) }));
}

/** Rows in bars of equal width from `lo` to `hi`. */
export async function bars(
  engine: Engine,
  at: { from: string; value: string; lo: number; hi: number },
  signal: AbortSignal,
): Promise<number[]> {
  const width = (at.hi - at.lo) / BARS;
  const rows = await engine.rows({
    sql: `
      SELECT ${width > 0 ? `least(${BARS - 1}, floor(((${at.value}) - ${at.lo}::DOUBLE) / ${width}::DOUBLE))::INTEGER` : "0"} AS bar, count(*) AS n
      FROM ${at.from} WHERE (${at.value}) IS NOT NULL GROUP BY 1`,
    signal,
  });
  const counts = new Array<number>(width > 0 ? BARS : 1).fill(0);
  for (const row of rows) counts[Math.max(0, Number(row.bar))] = Number(row.n);
  return counts;
}
