import { name as quoted } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import { checkEntities } from "../entities.ts";
import { excludedNote } from "../excluded.ts";
import type { Read, RunContext } from "../kind.ts";
import { compileWritten, EXCLUDED, withExclude } from "../rules.ts";
import { notNumeric } from "./numeric.ts";
import type { ClusterBody } from "./schema.ts";
import { unfitValue } from "./unfit-values.ts";

/** Who is clustered: a scratch table of their keys, `"key of row"`, in ascending order, and the columns as doubles in the same order. */
export interface People {
  /** A row's place is its `rowid`. */
  readonly table: string;
  readonly count: number;
  /** Gone once they are handed to a thread. */
  readonly columns: readonly { readonly name: string; readonly values: Float64Array }[];
  /** What is to be known of the keys. */
  readonly findings: readonly Problem[];
}

/** Loads one row per entity in the order of the key; whoever the head excludes, and rows without a key, are left out. */
export async function loadPeople(
  reading: Read<ClusterBody>,
  context: RunContext,
): Promise<People | readonly Problem[]> {
  const { body } = reading;
  const { engine, signal, head } = context;
  const unfit = await textColumn(reading, context);
  if (unfit !== null) return [unfit];
  const excluded = await excludedSql(reading, context);
  if (typeof excluded !== "string" && excluded !== null) return [excluded];
  const key = quoted(head.entity);
  const from =
    excluded === null
      ? `${quoted(body.of)} AS given`
      : `${quoted(body.of)} AS given WHERE ${key} NOT IN (SELECT ${key} FROM (\n${excluded}\n) WHERE ${quoted(EXCLUDED)} AND ${key} IS NOT NULL)`;
  const given = await givenSql(body, context);
  const whole = context.scratch("columns");
  // The engine keeps the order in which rows came into a table: sorting them once more would take five times as long.
  await engine.execute({
    sql: `
      CREATE TABLE ${quoted(whole)} AS
      SELECT * FROM (
        SELECT ${key} AS "key of row", ${body.columns.map((name, at) => `${given(name)} AS "column ${at}"`).join(", ")} FROM ${from}
      )
      WHERE "key of row" IS NOT NULL ORDER BY "key of row"`,
    signal,
    onProgress: (share) => context.progress(share / 2),
  });
  const findings = await checkKeys(whole, reading, context);
  if (findings.some(({ severity }) => severity === "error")) return findings;
  const [counted] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${quoted(whole)}`, signal });
  const count = Number(counted?.n);
  const numbers = `SELECT rowid::DOUBLE, ${body.columns.map((_, at) => `"column ${at}"::DOUBLE`).join(", ")} FROM ${quoted(whole)}`;
  const [places = new Float64Array(), ...values] = await engine.numbers(
    { sql: numbers, signal, onProgress: (share) => context.progress(0.5 + share / 2) },
    count,
  );
  requireOrder(places);
  const table = context.scratch("people");
  await engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS SELECT "key of row" FROM ${quoted(whole)}`, signal });
  // The columns are in two places now, and take several times the memory of the keys.
  await engine.execute({ sql: `DROP TABLE ${quoted(whole)}`, signal });
  const columns = body.columns.map((name, at) => ({ name, values: values[at] ?? new Float64Array() }));
  const people = { table, count, columns, findings };
  const wrong = await unfitValue(reading, people, context);
  return wrong === null ? people : [wrong];
}

/** Whose values are whose depends on it. */
function requireOrder(places: Float64Array): void {
  for (let row = 0; row < places.length; row++) {
    if (places[row] !== row) throw new Error(`row ${row} of the people is the one at ${places[row]}`);
  }
}

/** As `checkEntities`: of sorted keys a hundredth of its time tells that nothing is wrong. */
async function checkKeys(sorted: string, { body, at }: Read<ClusterBody>, context: RunContext): Promise<Problem[]> {
  const [row] = await context.engine.rows({
    sql: `
      SELECT (SELECT count(*) FROM ${quoted(body.of)}) - (SELECT count(*) FROM ${quoted(sorted)}) AS fewer,
        count(*) AS doubled
      FROM (SELECT "key of row" AS k, lag("key of row") OVER () AS before FROM ${quoted(sorted)}) WHERE k = before`,
    signal: context.signal,
  });
  // Where some are left out, those that are excluded may be doubled, or others may have no key.
  if (Number(row?.fewer) === 0 && Number(row?.doubled) === 0) return [];
  return checkEntities(body.of, context, at(["of"]));
}

/** The SQL of a column as it is given, in which what is no number is missing. */
export async function givenSql({ of }: ClusterBody, context: RunContext): Promise<(name: string) => string> {
  const types = new Map((await context.relation(of)).map(({ name, type }) => [name, type]));
  return (name) => {
    const own = `given.${quoted(name)}`;
    return /^(FLOAT|DOUBLE)$/.test(types.get(name) ?? "") ? `nullif(${own}, 'NaN')` : own;
  };
}

/** Of a relation that had not been computed when the cell was studied, types are known only now. */
async function textColumn(reading: Read<ClusterBody>, context: RunContext): Promise<Problem | null> {
  const { of, columns } = reading.body;
  const known = await context.relation(of);
  for (const [index, name] of columns.entries()) {
    const column = known.find((one) => one.name === name);
    const unfit = column === undefined ? null : notNumeric(column, context, reading.at(["columns", index]));
    if (unfit !== null) return unfit;
  }
  return null;
}

/** How many people the head's `exclude` keeps out of the clusters. */
export async function excludedFrom(of: string, { table }: People, context: RunContext): Promise<Problem[]> {
  if (context.head.exclude === null) return [];
  const { engine, signal, head } = context;
  const [row] = await engine.rows({
    sql: `SELECT count(${quoted(head.entity)}) - (SELECT count(*) FROM ${quoted(table)}) AS n FROM ${quoted(of)}`,
    signal,
  });
  return [excludedNote(Number(row?.n ?? 0), "are in no cluster", context)];
}

/** A SELECT that says of each entity whether the head excludes it; null where it excludes nobody. */
async function excludedSql(reading: Read<ClusterBody>, context: RunContext): Promise<string | Problem | null> {
  const { exclude } = context.head;
  if (exclude === null) return null;
  const compiled = await compileWritten({ of: reading.body.of, written: withExclude([], exclude) }, context, reading);
  if (compiled.ok) return compiled.sql;
  return compiled.problems[0] ?? null;
}
