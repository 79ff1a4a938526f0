import type { Engine, Parameters } from "../../engine/engine.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import type { Check } from "./checks.ts";
import type { SourceColumn } from "./resolve.ts";
import { isMoment, isNumber } from "./types.ts";

export interface ColumnMeasure {
  readonly missing: number;
  /** Least and greatest, as text; null where there is no order to speak of, or no value. */
  readonly min: string | null;
  readonly max: string | null;
}

/** What one scan of the rows tells about all of them, before any is left out. */
export interface Measures {
  readonly rows: number;
  /** Rows that `where` keeps. */
  readonly kept: number;
  /** By column, over all rows. */
  readonly columns: readonly ColumnMeasure[];
  /** By check, over the rows that are kept: how many break it. */
  readonly broken: readonly number[];
  /** Kept rows that break any check. */
  readonly anyBroken: number;
  /** Kept rows whose `dedupe` columns are all missing. */
  readonly keyless: number;
  /** Rows whose entity looks like a stand-in. */
  readonly testKeys: number;
  /** Whether the newest time is older than it may be. */
  readonly stale: boolean;
}

export interface MeasureAsk {
  /** A SELECT, or a table. */
  readonly rows: string;
  readonly columns: readonly SourceColumn[];
  readonly condition: string;
  readonly parameters: Parameters;
  readonly checks: readonly Check[];
  readonly dedupe: readonly string[];
  readonly entity: string;
  /** SQL over all rows that is true where the newest time is too old; null where nothing is asked. */
  readonly staleness: string | null;
  readonly signal: AbortSignal;
}

/** Keys that stand for nobody, as tests and exports leave them. */
const STAND_INS = ["", "0", "-1", "test", "null", "none", "nan", "n/a", "na", "undefined", "unknown", "anonymous"];

const KEPT = "__segbook_kept";
const brokenName = (index: number) => `__segbook_broken_${index}`;

export async function measure(engine: Engine, ask: MeasureAsk): Promise<Measures> {
  const { columns, checks, signal, parameters } = ask;
  const any = checks.length === 0 ? "false" : checks.map((_, index) => brokenName(index)).join(" OR ");
  const keyless = ask.dedupe.length === 0 ? "false" : ask.dedupe.map((key) => `${quoted(key)} IS NULL`).join(" AND ");
  const entity = columns.find(({ name }) => name === ask.entity);
  const stand = STAND_INS.map((word) => literal(word)).join(", ");
  const testKey = entity === undefined ? "false" : `lower(trim(CAST(${quoted(entity.name)} AS VARCHAR))) IN (${stand})`;
  const counts = [
    "count(*)",
    `count(*) FILTER (${KEPT})`,
    `count(*) FILTER (${KEPT} AND (${any}))`,
    `count(*) FILTER (${KEPT} AND ${keyless})`,
    `count(*) FILTER (${testKey})`,
    `coalesce(${ask.staleness ?? "false"}, false)`,
    ...checks.map((_, index) => `count(*) FILTER (${KEPT} AND ${brokenName(index)})`),
    ...columns.flatMap(({ name, type }) => {
      const value = quoted(name);
      const ordered = isNumber(type) || isMoment(type);
      const ends = ordered ? [`CAST(min(${value}) AS VARCHAR)`, `CAST(max(${value}) AS VARCHAR)`] : ["NULL", "NULL"];
      return [`count(${value})`, ...ends];
    }),
  ];
  const broken = checks.map((check, index) => `, coalesce(${check.broken}, false) AS ${brokenName(index)}`).join("");
  const sql = `SELECT ${counts.join(",\n")}
FROM (SELECT *, ${ask.condition} AS ${KEPT}${broken} FROM (${ask.rows}))`;
  const table = await engine.table({ sql, parameters, signal });
  const row = table.rows[0] ?? [];
  const rows = Number(row[0]);
  const first = 6 + checks.length;
  return {
    rows,
    kept: Number(row[1]),
    anyBroken: Number(row[2]),
    keyless: Number(row[3]),
    testKeys: Number(row[4]),
    stale: row[5] === true,
    broken: checks.map((_, index) => Number(row[6 + index])),
    columns: columns.map((_, index) => {
      const at = first + index * 3;
      return { missing: rows - Number(row[at]), min: text(row[at + 1]), max: text(row[at + 2]) };
    }),
  };
}

function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Rows that are exact copies of a row before, over all columns. */
export async function countCopies(
  engine: Engine,
  ask: Pick<MeasureAsk, "rows" | "columns" | "signal">,
): Promise<number> {
  const { rows, signal } = ask;
  const names = ask.columns.map(({ name }) => quoted(name)).join(", ");
  if (names === "") return 0;
  const hashes = `SELECT count(*) - count(DISTINCT hash(${names})) FROM (${rows})`;
  const suspected = await engine.table({ sql: hashes, signal });
  if (Number(suspected.rows[0]?.[0]) === 0) return 0;
  // Different rows may have one hash, so the rows themselves decide.
  const sql = `WITH every AS (SELECT ${names}, hash(${names}) AS "__segbook_hash" FROM (${rows})),
twice AS (SELECT "__segbook_hash" FROM every GROUP BY 1 HAVING count(*) > 1)
SELECT coalesce(sum(same - 1), 0) FROM (
  SELECT count(*) AS same FROM every WHERE "__segbook_hash" IN (FROM twice) GROUP BY ${names}
)`;
  const table = await engine.table({ sql, signal });
  return Number(table.rows[0]?.[0]);
}
