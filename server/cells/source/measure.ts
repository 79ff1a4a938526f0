import type { Engine, Parameters } from "../../engine/engine.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import type { Check } from "./checks.ts";
import type { SourceColumn } from "./resolve.ts";
import { isMoment, isNumber, isWhole } from "./types.ts";

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

/** What the declarations make of the rows, and what of them is known without looking at any. */
export async function measure(engine: Engine, ask: MeasureAsk): Promise<Measures> {
  // Alone, these come from a columnar file's own statistics, however many rows it has.
  const plain = await plainMeasures(engine, ask);
  const judged = await judgedMeasures(engine, ask);
  return { ...plain, ...judged, kept: judged.kept ?? plain.rows };
}

async function plainMeasures(engine: Engine, ask: MeasureAsk): Promise<Pick<Measures, "rows" | "stale" | "columns">> {
  const { columns, signal } = ask;
  const counts = [
    "count(*)",
    `coalesce(${ask.staleness ?? "false"}, false)`,
    ...columns.flatMap(({ name, type }) => {
      const value = quoted(name);
      const ordered = isNumber(type) || isMoment(type);
      const ends = ordered ? [`CAST(min(${value}) AS VARCHAR)`, `CAST(max(${value}) AS VARCHAR)`] : ["NULL", "NULL"];
      return [`count(${value})`, ...ends];
    }),
  ];
  const table = await engine.table({ sql: `SELECT ${counts.join(",\n")} FROM (${ask.rows})`, signal });
  const row = table.rows[0] ?? [];
  const rows = Number(row[0]);
  const measured = columns.map((_, index) => {
    const at = 2 + index * 3;
    return { missing: rows - Number(row[at]), min: text(row[at + 1]), max: text(row[at + 2]) };
  });
  return { rows, stale: row[1] === true, columns: measured };
}

const KEPT = "__segbook_kept";
const brokenName = (index: number) => `__segbook_broken_${index}`;

type Judged = Pick<Measures, "anyBroken" | "keyless" | "testKeys" | "broken"> & { readonly kept: number | null };

async function judgedMeasures(engine: Engine, ask: MeasureAsk): Promise<Judged> {
  const { checks, signal, parameters } = ask;
  const someBroken = checks.map((_, index) => brokenName(index)).join(" OR ");
  const keyless = ask.dedupe.map((key) => `${quoted(key)} IS NULL`).join(" AND ");
  const testKey = standsForNobody(ask);
  const conditioned = ask.condition !== "true";
  if (!conditioned && someBroken === "" && keyless === "" && testKey === null) {
    return { kept: null, anyBroken: 0, keyless: 0, testKeys: 0, broken: [] };
  }
  const counts = [
    conditioned ? `count(*) FILTER (${KEPT})` : "NULL",
    someBroken === "" ? "0" : `count(*) FILTER (${KEPT} AND (${someBroken}))`,
    keyless === "" ? "0" : `count(*) FILTER (${KEPT} AND ${keyless})`,
    testKey === null ? "0" : `count(*) FILTER (${testKey})`,
    ...checks.map((_, index) => `count(*) FILTER (${KEPT} AND ${brokenName(index)})`),
  ];
  const broken = checks.map((check, index) => `, coalesce(${check.broken}, false) AS ${brokenName(index)}`).join("");
  const sql = `SELECT ${counts.join(",\n")}
FROM (SELECT *, ${ask.condition} AS ${KEPT}${broken} FROM (${ask.rows}))`;
  const table = await engine.table({ sql, parameters, signal });
  const row = table.rows[0] ?? [];
  return {
    kept: row[0] === null ? null : Number(row[0]),
    anyBroken: Number(row[1]),
    keyless: Number(row[2]),
    testKeys: Number(row[3]),
    broken: checks.map((_, index) => Number(row[4 + index])),
  };
}

/** Keys that stand for nobody, as tests and exports leave them. */
const STAND_INS = ["", "0", "-1", "test", "null", "none", "nan", "n/a", "na", "undefined", "unknown", "anonymous"];

/** A list to look up in, for working on each text takes three times as long. */
function standsForNobody({ columns, entity }: MeasureAsk): string | null {
  const column = columns.find(({ name }) => name === entity);
  if (column === undefined) return null;
  if (isWhole(column.type)) return `${quoted(entity)} IN (0${column.type.startsWith("U") ? "" : ", -1"})`;
  if (column.type !== "VARCHAR") return null;
  const spellings = STAND_INS.flatMap((word) => [
    word,
    word.toUpperCase(),
    word.slice(0, 1).toUpperCase() + word.slice(1),
  ]);
  const list = [...new Set(spellings)].map((word) => literal(word)).join(", ");
  return `${quoted(entity)} IN (${list})`;
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
