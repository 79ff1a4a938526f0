import type { OldSource } from "../cells/recorded.ts";
import { lengthOfTime } from "../cells/source/freshness.ts";
import type { SourceBody } from "../cells/source/schema.ts";
import { literal, name as quoted } from "../language/quote.ts";
import type { Plan } from "./plan.ts";
import { rowsOfRead } from "./reading.ts";
import type { StudiedCell } from "./studied.ts";

/** The sources behind a relation whose newest data is older than their `fresh_within`, by id; they must have been computed. */
export async function oldSources(relation: string, plan: Plan, signal: AbortSignal): Promise<OldSource[]> {
  const sources = new Map<string, StudiedCell>();
  await gather(relation, plan, sources);
  const found: OldSource[] = [];
  for (const source of [...sources.values()].sort((a, b) => (a.cell.id < b.cell.id ? -1 : 1))) {
    const old = await ageOf(source, plan, signal);
    if (old !== null) found.push(old);
  }
  return found;
}

async function gather(relation: string, plan: Plan, sources: Map<string, StudiedCell>, seen = new Set<string>()) {
  const studied = (await plan.studies.holder(relation))?.studied;
  if (studied === undefined || seen.has(studied.cell.id)) return;
  seen.add(studied.cell.id);
  if (studied.cell.kind === "source") sources.set(studied.cell.id, studied);
  for (const read of studied.relations) await gather(read, plan, sources, seen);
}

async function ageOf({ cell, reading }: StudiedCell, plan: Plan, signal: AbortSignal): Promise<OldSource | null> {
  const body = reading?.body as SourceBody | undefined;
  if (body === undefined || body.fresh_within === null || body.at === null) return null;
  const { engine, clock, inputs } = plan.studies.request;
  const within = lengthOfTime(body.fresh_within, inputs);
  const rows = await rowsOfRead(cell.id, plan.studies);
  const [column] = await engine.describe({ sql: `SELECT ${quoted(body.at)} FROM (${rows})`, signal });
  const newest = `max(${quoted(body.at)})`;
  const zone = literal(clock.zone);
  // The length is one of the calendar, as the source itself counts it: on the clock on the wall.
  const wall =
    column?.type === "TIMESTAMP WITH TIME ZONE" ? `(${newest} AT TIME ZONE ${zone})` : `CAST(${newest} AS TIMESTAMP)`;
  const [row] = await engine.rows({
    sql: `
      SELECT ${newest}::VARCHAR AS newest, epoch_ms((${wall} + INTERVAL ${literal(within)}) AT TIME ZONE ${zone}) AS since
      FROM (${rows})`,
    signal,
  });
  const since = Number(row?.since ?? Number.NaN);
  if (typeof row?.newest !== "string" || !(since < clock.asOf)) return null;
  return { source: cell.id, newest: row.newest, within: /^1 /.test(within) ? within : `${within}s`, since };
}
