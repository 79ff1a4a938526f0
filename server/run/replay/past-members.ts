import { asOfKind } from "../../cells/as-of/kinds.ts";
import type { PastAsk, PastMembers } from "../../cells/kind.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Scratch } from "./scratch.ts";
import { throughMoments } from "./through-moments.ts";
import type { Around, Then } from "./walk.ts";

/**
 * Who would have been in which segments of a cell from moment to moment, by its rules as they are now: of each moment only
 * what changed since the one before is kept.
 */
export async function pastMembers(around: Around, { cell, column, moments, table }: PastAsk): Promise<PastMembers> {
  const { plan, signal } = around;
  const studied = plan.cells.find((one) => one.cell.id === cell);
  if (studied === undefined || asOfKind(studied.cell.kind) === null) {
    return { why: `${studied === undefined ? "it" : `a ${studied.cell.kind} cell`} can't be told as of another day` };
  }
  const key = quoted(plan.notebook.head.entity);
  const segment = quoted(column);
  const who = `SELECT DISTINCT ${key} AS entity, ${segment}::VARCHAR AS segment FROM ${quoted(cell)} WHERE ${key} IS NOT NULL AND ${segment} IS NOT NULL`;
  const run = (sql: string) => plan.studies.request.engine.execute({ sql, signal });
  let present: string | null = null;
  const look = async ({ index, make }: Then, scratch: Scratch) => {
    const [now, next] = [scratch.name("now"), scratch.name("present")];
    await make(now, who);
    const before: string | null = present;
    if (before === null) {
      const none = `SELECT entity, segment, 0 AS first, 0 AS last FROM ${quoted(now)} WHERE false`;
      await run(`CREATE TABLE ${quoted(table)} AS ${none}`);
      const sql = `SELECT entity, segment, ${index} AS first FROM ${quoted(now)}`;
      await scratch.make({ table: next, sql, drop: now });
    } else {
      const gone = `SELECT entity, segment, first, ${index} FROM ${quoted(before)} ANTI JOIN ${quoted(now)} USING (entity, segment)`;
      await run(`INSERT INTO ${quoted(table)} ${gone}`);
      const sql = `SELECT entity, segment, coalesce(first, ${index}) AS first FROM ${quoted(now)} LEFT JOIN ${quoted(before)} USING (entity, segment)`;
      await scratch.make({ table: next, sql, drop: before });
      await scratch.remove(now);
    }
    present = next;
    if (index === moments.length - 1)
      await run(`INSERT INTO ${quoted(table)} SELECT entity, segment, first, NULL FROM ${quoted(next)}`);
  };
  return throughMoments(around, { studied, moments }, look);
}
