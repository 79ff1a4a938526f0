import { literal } from "../language/quote.ts";
import { beforeSql, cutOf, timeColumn } from "./cut.ts";
import { HISTORY } from "./membership/known.ts";
import type { Studies } from "./study.ts";

/** What names a relation in the keys of those that read it; null where it has no key. */
export async function keyOfRead(name: string, studies: Studies): Promise<string | null> {
  if (name === HISTORY) {
    const known = await studies.history();
    return "code" in known ? null : known.key;
  }
  const holder = await studies.holder(name);
  const key = holder?.part?.key;
  if (holder === null || key === undefined) return null;
  const { until } = studies.request;
  if (until === null || holder.suffix !== "" || timeColumn(holder.studied) === null) return key;
  return `${key} before ${cutOf(holder.studied, until) ?? "the end"}, events before ${until.moment}`;
}

/** What names `membership` in the keys of those to whom only what was recorded before the moment counts. */
export async function keyOfPast(studies: Studies): Promise<string | null> {
  const known = await studies.history();
  return "code" in known ? null : known.keyBefore(studies.request.clock.asOf);
}

/** The SELECT of a relation's rows as those read it; throws where it has not been computed. */
export async function rowsOfRead(name: string, studies: Studies): Promise<string> {
  const { cache, until, clock } = studies.request;
  if (name === HISTORY) {
    const known = await studies.history();
    if ("code" in known) throw new Error(known.message);
    return known.sql;
  }
  const holder = await studies.holder(name);
  const stored = holder?.part ? await cache.find(holder.part.key) : null;
  const relation = stored?.relations.find((one) => one.suffix === holder?.suffix);
  if (stored === null || relation === undefined) throw new Error(`${name} has not been computed`);
  const rows = `SELECT * FROM read_parquet(${literal(cache.path(stored, relation))})`;
  const at = holder?.suffix === "" ? timeColumn(holder.studied) : null;
  const column = relation.columns.find((one) => one.name === at);
  const cut = holder === null ? null : cutOf(holder.studied, until);
  return column === undefined || cut === null ? rows : `${rows} WHERE ${beforeSql(column, cut, clock.zone)}`;
}
