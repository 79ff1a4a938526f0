import { literal, name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { HISTORY } from "../membership/known.ts";
import type { Plan } from "../plan.ts";
import { rowsOfRead } from "../reading.ts";
import { columnsOf } from "../studied.ts";

/** What is asked of one person of a plan. */
export interface OfPerson {
  readonly plan: Plan;
  /** The person's key as text. */
  readonly person: string;
  readonly signal: AbortSignal;
}

/** Columns of a relation that has been computed; null where it has not. */
export async function computedColumns(plan: Plan, relation: string): Promise<readonly Column[] | null> {
  if (relation === HISTORY) return plan.studies.recordedColumns();
  const holder = await plan.studies.holder(relation);
  const isThere = holder?.part ? (await plan.studies.request.cache.find(holder.part.key)) !== null : false;
  return holder === null || !isThere ? null : columnsOf(holder.studied, holder.suffix).columns;
}

/** The rows of a relation that are of one person, as far as it has the key; null where it has not been computed. */
export async function rowsOfPerson(relation: string, { plan, person }: OfPerson): Promise<string | null> {
  const columns = await computedColumns(plan, relation);
  if (columns === null) return null;
  const rows = await rowsOfRead(relation, plan.studies);
  const { entity } = plan.notebook.head;
  const key = columns.find(({ name }) => name === entity);
  return key === undefined ? rows : `SELECT * FROM (${rows}) WHERE ${isPerson(key, person)}`;
}

/** The key is compared in its own type, so that files need be read only where it may lie. */
function isPerson({ name, type }: Column, person: string): string {
  const text = `${quoted(name)}::VARCHAR = ${literal(person)}`;
  return /^(VARCHAR|TEXT)$/i.test(type)
    ? text
    : `(${quoted(name)} = TRY_CAST(${literal(person)} AS ${type}) AND ${text})`;
}

/** A query over relations, of which it sees one person's rows alone; null where one has not been computed. */
export async function overPerson(query: string, relations: readonly string[], of: OfPerson): Promise<string | null> {
  const tables: string[] = [];
  for (const relation of new Set(relations)) {
    const rows = await rowsOfPerson(relation, of);
    if (rows === null) return null;
    tables.push(`${quoted(relation)} AS NOT MATERIALIZED (${rows})`);
  }
  return tables.length === 0 ? query : `WITH ${tables.join(",\n")}\nSELECT * FROM (\n${query}\n)`;
}
