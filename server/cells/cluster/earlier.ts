import { name as quoted } from "../../language/quote.ts";
import type { RunContext } from "../kind.ts";
import type { Earlier } from "./follow.ts";
import type { People } from "./people.ts";

/** The clusters that the numbers follow, with the number that each of today's people had, in their order. */
export async function loadEarlier({ table, count }: People, context: RunContext): Promise<Earlier | null> {
  const earlier = await context.earlier();
  if (earlier === null) return null;
  const { kept, from, members } = earlier;
  if (members === null) return { kept, from, labels: null };
  const before = `
    SELECT coalesce(before.number, 0)::DOUBLE FROM ${quoted(table)} AS people
    LEFT JOIN (SELECT entity, min(number) AS number FROM (${members.sql}) GROUP BY entity) AS before
      ON before.entity = TRY_CAST(people."key of row" AS ${members.type})
    ORDER BY people.rowid`;
  const [numbers] = await context.engine.numbers({ sql: before, signal: context.signal }, count);
  return { kept, from, labels: Int32Array.from(numbers ?? []) };
}
