import { literal, name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { RunContext } from "../kind.ts";
import { wallSql } from "./period.ts";

/** A column that alerts are split by: its name, and the part that a row is of, in SQL: a text that is never missing. */
export interface PartColumn {
  readonly name: string;
  readonly sql: string;
  /** `asked`: named in `by`. */
  readonly origin: "asked" | "found";
}

export interface PartsAsk {
  readonly relation: string;
  readonly columns: readonly Column[];
  /** Columns that mean something else: who, when, and what became of it. */
  readonly taken: readonly string[];
  /** When a row was, in SQL as wall time; null where it says none. */
  readonly at: string | null;
  readonly zone: string;
  /** The names in `by`; null for those that are found. */
  readonly by: readonly string[] | null;
}

/** So many parts are told apart; the others are one. */
const MOST_PARTS = 20;
/** A column that is found tells apart so much of all rows by them. */
const COVERED = 0.95;
const MOST_COLUMNS = 12;
/** With more values than about so many a column names things rather than kinds. */
const MOST_VALUES = 2000;

export const MISSING = "(missing)";
const OTHER = "(other)";

/** The columns that alerts are split by: those of `by`, or all of few values, and the domains of addresses. */
export async function partColumns(ask: PartsAsk, context: RunContext): Promise<PartColumn[]> {
  const candidates = ask.by === null ? await foundColumns(ask, context) : askedColumns(ask);
  if (candidates.length === 0) return [];
  const names = candidates.map((_, i) => `c${i}`);
  const labels = candidates.map(({ sql }, i) => `coalesce((${sql})::VARCHAR, ${literal(MISSING)}) AS c${i}`);
  const rows = await context.engine.rows({
    sql: `
      SELECT which, part, n, total FROM (
        SELECT GROUPING(${names.join(", ")}) AS which, coalesce(${names.join(", ")}) AS part, count(*) AS n,
          sum(count(*)) OVER (PARTITION BY GROUPING(${names.join(", ")})) AS total
        FROM (SELECT ${labels.join(", ")} FROM ${quoted(ask.relation)})
        GROUP BY GROUPING SETS (${names.map((name) => `(${name})`).join(", ")})
      )
      QUALIFY row_number() OVER (PARTITION BY which ORDER BY n DESC, part) <= ${MOST_PARTS}
      ORDER BY which, n DESC, part`,
    signal: context.signal,
  });
  const all = 2 ** names.length - 1;
  return candidates.flatMap((candidate, i) => {
    const own = rows.filter((row) => Number(row.which) === all - 2 ** (names.length - 1 - i));
    const kept = own.reduce((sum, row) => sum + Number(row.n), 0);
    const total = Number(own[0]?.total ?? 0);
    if (candidate.origin === "found" && (own.length < 2 || kept < COVERED * total)) return [];
    const parts = own.map((row) => literal(String(row.part)));
    if (parts.length === 0) return [];
    const label = `coalesce((${candidate.sql})::VARCHAR, ${literal(MISSING)})`;
    const sql =
      kept === total ? label : `CASE WHEN ${label} IN (${parts.join(", ")}) THEN ${label} ELSE ${literal(OTHER)} END`;
    return [{ ...candidate, sql }];
  });
}

/** A time in `by` splits by how long before it was. */
function askedColumns({ columns, by, at, zone }: PartsAsk): PartColumn[] {
  return (by ?? []).flatMap((name) => {
    const column = columns.find((one) => one.name === name);
    if (column === undefined) return [];
    const time = wallSql(quoted(name), column.type, zone);
    const sql = time === null || at === null ? quoted(name) : tenureSql(time, at);
    return [{ name, sql, origin: "asked" as const }];
  });
}

function tenureSql(since: string, at: string): string {
  const days = `date_diff('day', ${since}, ${at})`;
  return `CASE WHEN ${days} < 0 THEN 'not yet' WHEN ${days} <= 30 THEN 'up to 30 days' WHEN ${days} <= 90 THEN '31 to 90 days'
    WHEN ${days} <= 365 THEN '91 to 365 days' WHEN ${days} > 365 THEN 'over a year' END`;
}

async function foundColumns({ relation, columns, taken }: PartsAsk, context: RunContext): Promise<PartColumn[]> {
  const open = columns.filter(({ name, type }) => !taken.includes(name) && isKind(type));
  if (open.length === 0) return [];
  const looked = open.flatMap(({ name, type }, i) => [
    `approx_count_distinct(${quoted(name)}) AS v${i}`,
    `${type === "VARCHAR" ? `coalesce(count(*) FILTER (WHERE ${quoted(name)} LIKE '%_@_%._%') >= ${COVERED} * count(${quoted(name)}) AND count(${quoted(name)}) > 0, false)` : "false"} AS a${i}`,
  ]);
  const [row] = await context.engine.rows({
    sql: `SELECT ${looked.join(", ")} FROM ${quoted(relation)}`,
    signal: context.signal,
  });
  return open
    .flatMap(({ name }, i): PartColumn[] => {
      if (row?.[`a${i}`] === true) {
        return [{ name: `${name}_domain`, sql: `lower(split_part(${quoted(name)}, '@', -1))`, origin: "found" }];
      }
      return Number(row?.[`v${i}`]) <= MOST_VALUES ? [{ name, sql: quoted(name), origin: "found" }] : [];
    })
    .slice(0, MOST_COLUMNS);
}

/** Whether values of a type are kinds of something, and no measures or times. */
function isKind(type: string): boolean {
  return /^(VARCHAR|BOOLEAN|ENUM|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UINTEGER)/.test(type) && !type.endsWith("]");
}
