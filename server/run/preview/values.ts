import type { Engine, PlainValue } from "../../engine/engine.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Ask } from "../asks.ts";
import type { Located } from "../locate.ts";
import { measured } from "../measured.ts";
import type { Planner } from "../planner.ts";
import { bars } from "../summary.ts";
import type { ValuesRequest, ValuesView } from "./view.ts";

export type ValuesAsk = Ask & Pick<ValuesRequest, "relation" | "column" | "where" | "search">;

const MOST_VALUES = 30;
const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95];

/** What a column of a relation holds that has been computed, or why that can't be said. */
export async function valuesOf(planner: Planner, ask: ValuesAsk, signal: AbortSignal): Promise<ValuesView | Problem> {
  const found = await planner.locate({ ...ask, key: null }, signal);
  if (isProblem(found)) return found;
  const { columns } = found.stored;
  const column = columns.find(({ name }) => name === ask.column);
  if (column === undefined) return unknownColumn(ask.relation, ask.column);
  const { where } = ask;
  if (where !== null && !columns.some(({ name }) => name === where.column))
    return unknownColumn(ask.relation, where.column);
  const at = {
    engine: found.engine,
    from: rowsOf(found, ask),
    column: quoted(column.name),
    signal,
    search: ask.search,
  };
  const [totals] = await rows(at, `SELECT count(*) AS n, count(${at.column}) AS known FROM ${at.from}`);
  const counts = { rows: Number(totals?.n ?? 0), missing: Number(totals?.n ?? 0) - Number(totals?.known ?? 0) };
  const value = measured(column);
  const common = value === null || ask.search !== "" ? await commonest(at) : { common: [], more: false };
  if (value === null) return { type: column.type, ...counts, ...common, range: null, quantiles: [], histogram: [] };
  return { type: column.type, ...counts, ...common, ...(await spreadOf(at, { value, type: column.type })) };
}

function unknownColumn(relation: string, column: string): Problem {
  const message = `\`${relation}\` has no column \`${column}\`.`;
  const place = { cell: null, line: null, column: null };
  return { code: "unknown-column", severity: "error", message, hint: "Choose another column.", ...place };
}

interface At {
  readonly engine: Engine;
  readonly from: string;
  readonly column: string;
  readonly search: string;
  readonly signal: AbortSignal;
}

function rowsOf({ file }: Located, { where }: ValuesAsk): string {
  const all = `read_parquet(${literal(file)})`;
  return where === null
    ? all
    : `(SELECT * FROM ${all} WHERE ${quoted(where.column)}::VARCHAR = ${literal(where.value)})`;
}

function rows({ engine, signal }: At, sql: string): Promise<Record<string, PlainValue>[]> {
  return engine.rows({ sql, signal });
}

async function commonest({ engine, from, column, search, signal }: At): Promise<Pick<ValuesView, "common" | "more">> {
  const isSearch = search !== "";
  const found = await engine.rows({
    sql: `
      SELECT ${column}::VARCHAR AS value, count(*) AS n FROM ${from}
      WHERE ${column} IS NOT NULL ${isSearch ? `AND contains(lower(${column}::VARCHAR), lower($search))` : ""}
      GROUP BY 1 ORDER BY n DESC, value LIMIT ${MOST_VALUES + 1}`,
    ...(isSearch ? { parameters: { search: { type: "VARCHAR", value: search } } } : {}),
    signal,
  });
  const common = found.slice(0, MOST_VALUES).map(({ value, n }) => ({ value: String(value), rows: Number(n) }));
  return { common, more: found.length > MOST_VALUES };
}

async function spreadOf(at: At, { value, type }: { value: string; type: string }) {
  const isTime = /^(DATE|TIMESTAMP)/.test(type);
  const shares = isTime ? "NULL" : `approx_quantile(${value}, [${SHARES.join(", ")}])`;
  const [row] = await rows(
    at,
    `SELECT min(${value}) AS lo, max(${value}) AS hi, min(${at.column})::VARCHAR AS first, max(${at.column})::VARCHAR AS last,
       ${shares} AS quantiles FROM ${at.from}`,
  );
  const lo = row?.lo ?? null;
  const hi = row?.hi ?? null;
  if (lo === null || hi === null) return { range: null, quantiles: [], histogram: [] };
  const range = isTime ? { min: String(row?.first), max: String(row?.last) } : { min: Number(lo), max: Number(hi) };
  const quantiles = Array.isArray(row?.quantiles) ? row.quantiles.map(Number) : [];
  const histogram = await bars(at.engine, { from: at.from, value, lo: Number(lo), hi: Number(hi) }, at.signal);
  return { range, quantiles, histogram };
}
