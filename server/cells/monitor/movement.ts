import { literal, name as quoted } from "../../language/quote.ts";
import { HISTORY } from "../../language/sql-history.ts";
import { flows, type Held, type Move } from "../../monitor/population/flows.ts";
import type { RunContext } from "../kind.ts";
import { loaded } from "./load-rows.ts";
import { namesOf, periodOf, type Refreshed, refreshesOf } from "./refreshes.ts";
import type { MonitorBody } from "./schema.ts";
import { flowColumns } from "./yields.ts";

/** Writes `<id>_flows`: who went from which segment to which at the refreshes of each period. */
export async function writeFlows(body: MonitorBody, context: RunContext): Promise<void> {
  const cells = body.segments ?? [];
  const recorded = await context.refreshes();
  const nameOf = namesOf(recorded, cells);
  const refreshes = refreshesOf(recorded, cells, nameOf);
  const period = body.period === "week" ? "week" : "day";
  const dated = (moment: number) => periodOf(moment, period, context.clock);
  const { moves, edited } = await movesOf(cells, { nameOf, dated }, context);
  const options = { period, baseline: body.baseline, minRelativeChange: body.min_relative_change } as const;
  const rows = flows(moves, heldOf(refreshes, edited, dated), options)
    .map(({ from, to, ...rest }) => ({ ...rest, from_segment: from, to_segment: to }))
    .sort(
      (a, b) =>
        compare(a.period, b.period) || compare(a.from_segment, b.from_segment) || compare(a.to_segment, b.to_segment),
    );
  await context.writeColumns("_flows", loaded(flowColumns(), rows));
}

/**
 * Of each refresh who went from one segment of a cell to another, or from or to none; whoever leaves or enters several counts
 * for each. Nobody moved who was there when a segment was first recorded, nor who is held out from now on, or no longer.
 */
function movesSql(entity: string, cells: readonly string[]): string {
  const own = `cell IN (${cells.map(literal).join(", ")})`;
  const key = quoted(entity);
  return `
    WITH went AS (
      SELECT ${key} AS entity, cell, segment, "until" AS moment, left_because AS because
      FROM ${quoted(HISTORY)} WHERE ${own} AND "until" IS NOT NULL AND left_because <> 'control'
    ), came AS (
      SELECT ${key} AS entity, cell, segment, since AS moment, entered_because AS because
      FROM ${quoted(HISTORY)} WHERE ${own} AND entered_because NOT IN ('first refresh', 'control')
    )
    SELECT coalesce(went.cell, came.cell) AS cell, epoch_ms(coalesce(went.moment, came.moment)) AS moment,
      went.segment AS from_segment, came.segment AS to_segment, count(*) AS moved,
      bool_or(went.because IN (${EDITED})) AS from_edited, bool_or(came.because IN (${EDITED})) AS to_edited
    FROM went FULL JOIN came USING (entity, cell, moment)
    GROUP BY ALL ORDER BY ALL`;
}

const EDITED = "'rule', 'upstream'";

interface Naming {
  nameOf(cell: string, segment: string): string;
  dated(moment: number): string;
}

async function movesOf(cells: readonly string[], { nameOf, dated }: Naming, { engine, head, signal }: RunContext) {
  const rows = cells.length === 0 ? [] : await engine.rows({ sql: movesSql(head.entity, cells), signal });
  const moves = new Map<string, Move>();
  const edited = new Set<string>();
  for (const row of rows) {
    const named = (segment: unknown) => (typeof segment === "string" ? nameOf(String(row.cell), segment) : null);
    const [from, to] = [named(row.from_segment), named(row.to_segment)];
    const period = dated(Number(row.moment));
    if (row.from_edited === true) edited.add(`${from}\n${period}`);
    if (row.to_edited === true) edited.add(`${to}\n${period}`);
    const key = JSON.stringify([period, from, to]);
    moves.set(key, { period, from, to, moved: (moves.get(key)?.moved ?? 0) + Number(row.moved) });
  }
  return { moves: [...moves.values()], edited };
}

/** What each segment held around the refreshes of a period, from the second one that recorded it on. */
function heldOf(refreshes: readonly Refreshed[], edited: ReadonlySet<string>, dated: Naming["dated"]): Held[] {
  const held = new Map<string, Held>();
  const before = new Map<string, number>();
  for (const { moment, sizes } of refreshes) {
    const period = dated(moment);
    for (const [segment, { people }] of sizes) {
      const was = before.get(segment);
      before.set(segment, people);
      if (was === undefined) continue;
      const key = `${segment}\n${period}`;
      const known = held.get(key) ?? { segment, period, before: 0, after: 0, edited: edited.has(key) };
      held.set(key, { ...known, before: known.before + was, after: known.after + people });
    }
  }
  return [...held.values()];
}

function compare(a: string | null, b: string | null): number {
  const [one, other] = [a ?? "", b ?? ""];
  return one < other ? -1 : one > other ? 1 : 0;
}
