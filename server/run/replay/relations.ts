import { name as quoted } from "../../language/quote.ts";
import type { Plan } from "../plan.ts";
import { rowsOfRead } from "../reading.ts";
import type { Chain } from "./chain.ts";

/** A query with the relations that it names, as they were computed, as tables of its own. */
export async function relationsOf(chain: Chain, { studies }: Plan): Promise<(sql: string) => string> {
  const replayed = new Set(chain.links.map(({ studied }) => studied.cell.id));
  const names = new Set(chain.links.flatMap(({ studied }) => studied.relations));
  const rows = new Map<string, string>();
  for (const name of names) {
    if (replayed.has(name)) continue;
    const found = await rowsOfRead(name, studies).catch(() => null);
    if (found !== null) rows.set(name, found);
  }
  return (sql) => {
    const spoken = [...rows].filter(([name]) => sql.includes(quoted(name)));
    const tables = spoken.map(([name, found]) => `${quoted(name)} AS NOT MATERIALIZED (${found})`);
    return tables.length === 0 ? sql : `WITH ${tables.join(",\n")}\nSELECT * FROM (\n${sql}\n)`;
  };
}
