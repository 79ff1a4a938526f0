import type { Engine } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { TOLERANCE } from "../lock/model.ts";
import { type Both, rowsOf, type StoredSide, sharedColumns } from "./sides.ts";
import type { RelationComparison } from "./view.ts";

/** How many rows came, went and changed: by the entity where it is unique on both sides, else by all shared columns. */
export async function comparedRows(
  engine: Engine,
  both: Both & { readonly entity: string },
  signal: AbortSignal,
): Promise<RelationComparison["rows"]> {
  const { before, after, entity } = both;
  const shared = sharedColumns(both);
  if (before === null || after === null || shared.length === 0) return null;
  const isKeyed =
    shared.some(({ name }) => name === entity) && (await isUnique(engine, [before, after], { entity, signal }));
  if (isKeyed) return keyedRows(engine, { before, after, entity, columns: shared }, signal);
  const columns = shared.map(({ name }) => quoted(name)).join(", ");
  const [was, is] = [before, after].map((side) => `SELECT ${columns} FROM ${rowsOf(side)}`);
  const sql = `
    SELECT (SELECT count(*) FROM (${was} EXCEPT ALL ${is})) AS gone,
           (SELECT count(*) FROM (${is} EXCEPT ALL ${was})) AS come`;
  const [counts] = await engine.rows({ sql, signal });
  return { by: null, gone: Number(counts?.gone), come: Number(counts?.come) };
}

async function isUnique(
  engine: Engine,
  sides: readonly StoredSide[],
  { entity, signal }: { entity: string; signal: AbortSignal },
): Promise<boolean> {
  for (const side of sides) {
    const sql = `SELECT count(*) AS all_rows, count(DISTINCT ${quoted(entity)}) AS keys FROM ${rowsOf(side)}`;
    const [counts] = await engine.rows({ sql, signal });
    if (counts?.all_rows !== counts?.keys) return false;
  }
  return true;
}

interface Keyed {
  readonly before: StoredSide;
  readonly after: StoredSide;
  readonly entity: string;
  readonly columns: readonly Column[];
}

/** Whether a column has another value; floating ones may be summed in another order, as in a lock. */
function differs({ type }: Column, at: number): string {
  const [was, is] = [`b.c${at}`, `a.c${at}`];
  if (type !== "DOUBLE" && type !== "FLOAT") return `${was} IS DISTINCT FROM ${is}`;
  const isFar = `abs(${was} - ${is}) > ${TOLERANCE[type]} * greatest(abs(${was}), abs(${is}))`;
  return `(${was} IS DISTINCT FROM ${is} AND CASE WHEN isfinite(${was}) AND isfinite(${is}) THEN ${isFar} ELSE true END)`;
}

async function keyedRows(engine: Engine, keyed: Keyed, signal: AbortSignal): Promise<RelationComparison["rows"]> {
  const { before, after, entity } = keyed;
  const values = keyed.columns.filter(({ name }) => name !== entity);
  // Names of our own, since a column of the data may have any.
  const side = (one: StoredSide) => `
    SELECT true AS here, ${quoted(entity)} AS k${values.map(({ name }, at) => `, ${quoted(name)} AS c${at}`).join("")}
    FROM ${rowsOf(one)}`;
  const tests = values.map(differs);
  const isBoth = "b.here AND a.here";
  const changed = tests.map((test, at) => `, count(*) FILTER (WHERE ${isBoth} AND ${test}) AS n${at}`).join("");
  const sql = `
    SELECT count(*) FILTER (WHERE a.here IS NULL) AS gone,
           count(*) FILTER (WHERE b.here IS NULL) AS come,
           count(*) FILTER (WHERE ${isBoth} AND (${tests.join(" OR ") || "false"})) AS changed${changed}
    FROM (${side(before)}) b FULL JOIN (${side(after)}) a ON b.k = a.k`;
  const [counts] = await engine.rows({ sql, signal });
  const columns = values.map(({ name }, at) => ({ name, changed: Number(counts?.[`n${at}`]) }));
  return {
    by: entity,
    gone: Number(counts?.gone),
    come: Number(counts?.come),
    changed: Number(counts?.changed),
    columns: columns.filter((column) => column.changed > 0),
  };
}
