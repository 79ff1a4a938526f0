import { name as quoted } from "../../language/quote.ts";
import type { KeepAsk } from "./kept-scans.ts";

/**
 * A query with the relations that it names as tables of its own, so that it needs no names in the engine, which several
 * plans share.
 */
export async function withRelations(
  relations: readonly string[],
  query: string,
  relation: KeepAsk["relation"],
): Promise<string> {
  const tables: string[] = [];
  for (const name of relations) {
    const found = await relation(name);
    if (found === null) throw new Error(`${name} has not been computed`);
    tables.push(`${quoted(name)} AS NOT MATERIALIZED (${found.rows})`);
  }
  return tables.length === 0 ? query : `WITH ${tables.join(",\n")}\nSELECT * FROM (\n${query}\n)`;
}
