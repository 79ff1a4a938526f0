import { asOfKind } from "../../cells/as-of/kinds.ts";
import type { LookContext, PastAsk, PastMembers } from "../../cells/kind.ts";
import { name as quoted } from "../../language/quote.ts";
import { planReplay } from "../../language/replay/replay.ts";
import type { Clock } from "../../language/vocabulary.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { ResultCache } from "../cache.ts";
import type { Plan } from "../plan.ts";
import { lookContext } from "../scans/look.ts";
import type { StudiedCell } from "../studied.ts";
import { chainOf } from "./chain.ts";
import { relationsOf } from "./make.ts";
import { notesOf } from "./notes.ts";
import { Scratch } from "./scratch.ts";
import { type AtMoment, statementsAt, tablesSql } from "./statements.ts";

export interface PastAround {
  readonly plan: Plan;
  readonly cache: ResultCache;
  readonly signal: AbortSignal;
}

/**
 * Who would have been in which segments of a cell from moment to moment, by its rules as they are now: each relation of
 * events is read once, and of each moment only what changed since the one before is kept. All that the cell is made of
 * must have been computed.
 */
export async function pastMembers(
  { plan, cache, signal }: PastAround,
  { cell, column, moments, table }: PastAsk,
): Promise<PastMembers> {
  const { studies, notebook } = plan;
  const { engine } = studies.request;
  const studied = plan.cells.find((one) => one.cell.id === cell);
  if (studied === undefined || asOfKind(studied.cell.kind) === null) {
    return { why: `${studied === undefined ? "it" : `a ${studied.cell.kind} cell`} can't be told as of another day` };
  }
  const contextOf = (one: StudiedCell): LookContext => lookContext(one, { studies, cache, signal });
  const chain = await chainOf({ studied, segment: null }, { studies, contextOf });
  const at: AtMoment[] = [];
  for (const moment of moments) {
    signal.throwIfAborted();
    const clock: Clock = { ...plan.clock, asOf: moment };
    const found = await statementsAt(clock, chain.links, (link) => contextOf(link.studied));
    if (isProblem(found)) return { why: found.message };
    at.push(found);
  }
  const texts = [...chain.links.map((link) => link.studied.cell.body), notebook.head.exclude ?? ""];
  const events = await Promise.all(chain.links.map((link) => contextOf(link.studied).events(texts)));
  const scratch = new Scratch(engine, signal);
  const key = quoted(notebook.head.entity);
  const run = (sql: string) => engine.execute({ sql, signal });
  try {
    const replay = planReplay({ moments: at, events: events.flat(), table: (hint) => scratch.name(hint) });
    const over = await relationsOf(chain, plan);
    for (const step of replay.once) await scratch.make({ ...step, sql: over(step.sql) });
    let present: string | null = null;
    for (const [index, { steps, kept }] of replay.moments.entries()) {
      const own = at[index];
      if (own === undefined) throw new Error("a moment is missing");
      for (const step of steps) await scratch.make(step);
      const who = `SELECT DISTINCT ${key} AS entity, ${quoted(column)}::VARCHAR AS segment FROM ${quoted(cell)} WHERE ${key} IS NOT NULL AND ${quoted(column)} IS NOT NULL`;
      const now = scratch.name("now");
      await scratch.make(
        { table: now, sql: over(`${tablesSql(own.tables(kept))}\n${who}`), drop: null },
        own.parameters,
      );
      const next = scratch.name("present");
      const before: string | null = present;
      if (before === null) {
        const none = `SELECT entity, segment, 0 AS first, 0 AS last FROM ${quoted(now)} WHERE false`;
        await run(`CREATE TABLE ${quoted(table)} AS ${none}`);
        await scratch.make({
          table: next,
          sql: `SELECT entity, segment, ${index} AS first FROM ${quoted(now)}`,
          drop: now,
        });
      } else {
        const gone = `SELECT entity, segment, first, ${index} FROM ${quoted(before)} ANTI JOIN ${quoted(now)} USING (entity, segment)`;
        await run(`INSERT INTO ${quoted(table)} ${gone}`);
        const sql = `SELECT entity, segment, coalesce(first, ${index}) AS first FROM ${quoted(now)} LEFT JOIN ${quoted(before)} USING (entity, segment)`;
        await scratch.make({ table: next, sql, drop: before });
        await scratch.remove(now);
      }
      present = next;
    }
    if (present !== null)
      await run(`INSERT INTO ${quoted(table)} SELECT entity, segment, first, NULL FROM ${quoted(present)}`);
    return { notes: notesOf(chain) };
  } finally {
    await scratch.drop();
  }
}
