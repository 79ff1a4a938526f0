import { name as quoted } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import { excludedNote } from "../excluded.ts";
import type { Read, RunContext } from "../kind.ts";
import { compileWritten, EXCLUDED, withExclude } from "../rules.ts";
import { notNumeric } from "./numeric.ts";
import type { ClusterBody } from "./schema.ts";
import { unfitValue } from "./unfit-values.ts";

/** Who is clustered: a scratch table of the key and the columns, and the columns as doubles in the same order. */
export interface People {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly values: Float64Array }[];
}

/** Loads one row per entity in the order of the key; whoever the head excludes, and rows without a key, are left out. */
export async function loadPeople(reading: Read<ClusterBody>, context: RunContext): Promise<People | Problem> {
  const { body } = reading;
  const { entity } = context.head;
  const unfit = await textColumn(reading, context);
  if (unfit !== null) return unfit;
  const excluded = await excludedSql(reading, context);
  if (typeof excluded !== "string" && excluded !== null) return excluded;
  const table = context.scratch("people");
  const from =
    excluded === null
      ? quoted(body.of)
      : `${quoted(body.of)} WHERE ${quoted(entity)} NOT IN (SELECT ${quoted(entity)} FROM (\n${excluded}\n) WHERE ${quoted(EXCLUDED)} AND ${quoted(entity)} IS NOT NULL)`;
  const columns = await selected(body, context);
  await context.engine.execute({
    sql: `
      CREATE TABLE ${quoted(table)} AS
      SELECT row_number() OVER () - 1 AS "position of row", *
      FROM (
        SELECT * FROM (SELECT ${quoted(entity)} AS "key of row", ${columns} FROM ${from})
        WHERE "key of row" IS NOT NULL ORDER BY "key of row"
      )`,
    signal: context.signal,
  });
  const [positions = new Float64Array(), ...values] = await context.engine.numbers({
    sql: `SELECT "position of row"::DOUBLE, ${body.columns.map((column) => `${quoted(column)}::DOUBLE`).join(", ")} FROM ${quoted(table)}`,
    signal: context.signal,
  });
  requireOrder(positions);
  const people = {
    table,
    columns: body.columns.map((name, index) => ({ name, values: values[index] ?? new Float64Array() })),
  };
  return (await unfitValue(reading, people, context)) ?? people;
}

/** The engine keeps the order in which rows came into a table, which takes a fifth of the time of sorting them once more; whose values are whose depends on it. */
function requireOrder(positions: Float64Array): void {
  for (let row = 0; row < positions.length; row++) {
    if (positions[row] !== row) throw new Error(`row ${row} of the people is the one at ${positions[row]}`);
  }
}

/** The columns, in which what is no number is missing. */
async function selected({ of, columns }: ClusterBody, context: RunContext): Promise<string> {
  const types = new Map((await context.relation(of)).map(({ name, type }) => [name, type]));
  return [...new Set(columns)]
    .map((name) =>
      /^(FLOAT|DOUBLE)$/.test(types.get(name) ?? "")
        ? `nullif(${quoted(name)}, 'NaN') AS ${quoted(name)}`
        : quoted(name),
    )
    .join(", ");
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
