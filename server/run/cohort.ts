import type { Read } from "../cells/kind.ts";
import type { CohortTable } from "../cells/monitor/cohort-sends.ts";
import type { Counting } from "../cells/monitor/metrics.ts";
import type { MonitorBody } from "../cells/monitor/schema.ts";
import { cohortOf as tableOf } from "../cells/monitor.ts";
import type { Engine } from "../engine/engine.ts";
import { name as quoted } from "../language/quote.ts";
import type { Problem } from "../notebook/model.ts";
import type { Ask } from "./asks.ts";
import { fault } from "./behind.ts";
import type { ResultCache } from "./cache.ts";
import { CellCancels } from "./cell-cancels.ts";
import type { CohortView } from "./cohort-view.ts";
import type { Making } from "./compute.ts";
import type { Running } from "./execute.ts";
import type { Limits } from "./limits.ts";
import { locate } from "./locate.ts";
import { Missing } from "./missing.ts";
import { flat } from "./page.ts";
import type { Plan } from "./plan.ts";
import { runContext } from "./run-context.ts";
import type { KeptScans } from "./scans/kept-scans.ts";
import { StandIns } from "./stand-in.ts";
import { mainPart } from "./studied.ts";

export interface CohortAsk extends Ask {
  /** A monitor, and one of its series. */
  readonly cell: string;
  readonly segment: string;
  readonly metric: string;
  /** Periods as `<id>_series` names them, from one to another. */
  readonly from: string;
  readonly to: string;
  readonly offset: number;
  readonly limit: number;
}

export interface CohortRoom {
  readonly plan: Plan;
  readonly cache: ResultCache;
  readonly scans: KeptScans;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/** The sends that periods of a monitor's series are made of, as it counted them; or why they can't be told. */
export async function cohortOf(ask: CohortAsk, room: CohortRoom): Promise<CohortView | Problem> {
  const { plan, cache, signal } = room;
  const studied = plan.cells.find(({ cell }) => cell.id === ask.cell);
  if (studied === undefined || studied.cell.kind !== "monitor") {
    const hint = plan.studies.names.hint(ask.cell);
    return fault(ask.cell, { code: "unknown-relation", message: `There is no monitor \`${ask.cell}\`.`, hint });
  }
  const counted = await locate(plan, `${ask.cell}_counts`, cache);
  if ("code" in counted) return counted;
  const part = mainPart(studied);
  const reading = await plan.studies.confirmed(studied);
  const [wrong] = Array.isArray(reading) ? reading : [];
  if (part === null || Array.isArray(reading)) return wrong ?? fault(ask.cell, notComputed(ask.cell));
  const { engine } = plan.studies.request;
  const target = await cache.open(part.key);
  const making: Making = { target, written: [], scratch: [], folders: [], files: {} };
  const run = looking(room);
  try {
    for (const name of studied.relations) await run.standIns.of(name);
    const around = { run, signal, progress: () => undefined };
    const context = runContext({ studied, parts: [part] }, part, around, making);
    const found = await tableOf(reading as Read<MonitorBody>, ask, context);
    if (found === null) return fault(ask.cell, noRows(ask));
    const { body } = reading as Read<MonitorBody>;
    return await viewOf(found, { relation: body.counts ?? body.sends ?? "", ask, engine, signal });
  } finally {
    await target.drop();
    for (const table of making.scratch)
      await engine.execute({ sql: `DROP TABLE IF EXISTS ${quoted(table)}` }).catch(() => undefined);
  }
}

interface Viewing {
  readonly relation: string;
  readonly ask: CohortAsk;
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

async function viewOf(
  { made, counting }: { made: CohortTable; counting: Pick<Counting, "n" | "x"> },
  { relation, ask, engine, signal }: Viewing,
): Promise<CohortView> {
  const from = quoted(made.table);
  // A row that lacks what a metric takes is no data for it.
  const isData = `(${counting.n}) IS NOT NULL AND (${counting.x}) IS NOT NULL`;
  const sums = `count(*) AS n_rows, ${["n", "x"].map((of) => `coalesce(sum(${counting[of as "n" | "x"]}) FILTER (WHERE ${isData}), 0)::DOUBLE AS ${of}_sum`).join(", ")}`;
  const ofAll = async (column: string | null) => {
    const key = column === null ? "''" : quoted(column);
    const sql = `SELECT ${key}::VARCHAR AS part, ${sums} FROM ${from} GROUP BY ALL ORDER BY n_sum DESC, part`;
    return (await engine.rows({ sql, signal })).map((row) => ({
      part: String(row.part ?? ""),
      rows: Number(row.n_rows),
      chances: Number(row.n_sum),
      events: Number(row.x_sum),
    }));
  };
  const [all = { rows: 0, chances: 0, events: 0 }] = await ofAll(null);
  const groups: CohortView["groups"] = [];
  for (const { name, column } of made.parts) groups.push({ column: name, parts: await ofAll(column) });
  const by = made.membersBy === null ? [] : await ofAll(made.membersBy);
  const shown = `SELECT ${made.shown.map(({ name, column }) => `${quoted(column)} AS ${quoted(name)}`).join(", ")} FROM ${from}`;
  const page = `${shown} ORDER BY ${made.order} LIMIT ${Math.trunc(ask.limit)} OFFSET ${Math.trunc(ask.offset)}`;
  const { rows } = await engine.table({ sql: page, signal });
  return {
    ...{ relation, rows: all.rows, chances: all.chances, events: all.events },
    membersBy: by.map(({ part, rows }) => ({ by: part, rows })),
    groups,
    page: {
      columns: await engine.describe({ sql: shown, signal }),
      rows: rows.map((row) => row.map(flat)),
      offset: ask.offset,
    },
  };
}

/** A run that computes nothing: what a cell's own way of looking asks of one. */
function looking({ plan, cache, scans, limits, signal }: CohortRoom): Running {
  const nothing = () => undefined;
  return {
    ...{ plan, cache, scans, limits, steps: [], first: null, cancels: new CellCancels(signal) },
    ...{ isAnew: () => false, clock: () => 0, onStart: nothing, onProgress: nothing, onDone: nothing },
    ...{ missing: new Missing(plan.studies), standIns: new StandIns(plan.studies), scanned: new Set() },
  };
}

function notComputed(cell: string) {
  return { code: "not-computed", message: `\`${cell}\` has no result.`, hint: `Run the cell \`${cell}\`.` };
}

function noRows({ metric }: CohortAsk) {
  const message = `No rows are counted for \`${metric}\`.`;
  return { code: "no-rows-counted", message, hint: "Sizes and make-ups are of refreshes; ask for a rate of sends." };
}
