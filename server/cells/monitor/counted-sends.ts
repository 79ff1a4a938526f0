import { name as quoted } from "../../language/quote.ts";
import type { RunContext } from "../kind.ts";
import { areAlone } from "./alone.ts";
import { countSendsSql, type SendCount } from "./count-sends.ts";
import type { SendRows } from "./happened.ts";
import type { MonitorBody } from "./schema.ts";
import { groupsOf, isBySets, setsSql, stretchesSql } from "./sets.ts";
import { type Stays, staysOf } from "./stays.ts";
import type { Plan } from "./study.ts";

/** The SELECT that counts the sends, once who was in which segments when is in a table; what it is made from, and who was in which. */
export async function countedSends(
  body: MonitorBody,
  plan: Plan,
  context: RunContext,
): Promise<{ sql: string; count: SendCount; stays: Stays }> {
  const { engine, signal, head, clock } = context;
  const sends = body.sends ?? "";
  const stays = await staysOf({ segmentations: plan.segmentations, sends, mapping: plan.mapping }, context);
  const [row] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${quoted(stays.ids)}`, signal });
  const groups = groupsOf(Math.max(1, Number(row?.n ?? 0)));
  const { stretches, sets } = await stretchesOf(stays, groups, context);
  const rows: SendRows = {
    ...{ body, sends, entity: head.entity, columns: plan.mapping },
    ...{ zone: clock.zone, weekStarts: clock.weekStarts, rowsASend: "several" },
  };
  const [key] = (await context.relation(sends)).filter(({ name }) => name === head.entity);
  const isAlone = await areAlone({ ...rows, entityType: key?.type ?? "" }, engine, signal);
  const rowsASend = isAlone ? "one" : "several";
  const { ids, isBounded } = stays;
  const count = { ...rows, body, rowsASend, stretches, sets, ids, groups, isBounded } as const;
  return { sql: countSendsSql(count), count, stays };
}

/** Tables of who is in which segments when, and of the sets of segments where sends are counted by these. */
async function stretchesOf(
  stays: Stays,
  groups: readonly string[],
  { engine, signal, scratch }: RunContext,
): Promise<{ stretches: string; sets: string | null }> {
  const make = (table: string, sql: string) =>
    engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS ${sql}`, signal });
  const stretches = scratch("stretches");
  await make(stretches, stretchesSql(stays, groups));
  const sets = scratch("sets");
  await make(sets, setsSql(stretches, groups));
  const [row] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${quoted(sets)}`, signal });
  if (!isBySets(Number(row?.n ?? 0), groups)) return { stretches, sets: null };
  const numbered = scratch("numbered");
  await make(numbered, `SELECT * FROM ${quoted(stretches)} JOIN ${quoted(sets)} USING (${groups.join(", ")})`);
  return { stretches: numbered, sets };
}
