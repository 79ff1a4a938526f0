import { name as quoted } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import { own } from "../../notebook/own.ts";
import { changesSql, differenceSql, explainedSql } from "../../segments/membership/changes.ts";
import { emptyManifest, type Manifest, type RecordedCell } from "../../segments/membership/model.ts";
import type { RefreshView } from "../../segments/membership/view.ts";
import type { CellOutcome } from "../execute.ts";
import { type History, readHistory, sha256 } from "../membership/read.ts";
import { keepRefresh, whileRecording } from "../membership/record.ts";
import { offsetTime } from "../wall-time.ts";
import type { Circumstances } from "./circumstances.ts";
import { type ClustersNow, clusterNews, clustersNow } from "./clusters.ts";
import { explanations } from "./explain.ts";
import type { People } from "./people.ts";
import { goneCells, nowSql, numberedSlots, recordedCells } from "./scope.ts";
import { SourceDigests, sourcesOf } from "./sources.ts";
import { Tables } from "./tables.ts";
import { movesIn, segmentsTold, sizesIn, totalOf } from "./told.ts";

export interface RefreshOptions extends Omit<Circumstances, "history"> {
  readonly outcomes: readonly CellOutcome[];
  /** When it is recorded: milliseconds since 1970. */
  readonly at: number;
}

/** Records who is in which segment after a run, who came and went since the refresh before, and why; or says why it can't. */
export async function recordRefresh(options: RefreshOptions): Promise<RefreshView | Problem> {
  const { engine, historyFolder: folder } = options.plan.studies.request;
  return whileRecording(folder, async () => {
    const history = await readHistory(folder, options.signal);
    if (history !== null && "code" in history) return history;
    const tables = new Tables(engine, options.signal);
    try {
      return await record(options, history, tables);
    } finally {
      await tables.drop();
    }
  });
}

async function record(
  options: RefreshOptions,
  history: History | null,
  tables: Tables,
): Promise<RefreshView | Problem> {
  const { plan, ask, outcomes, at, signal } = options;
  const { historyFolder: folder, cache, engine } = plan.studies.request;
  const { asOf, zone } = plan.clock;
  const { people, left } = recordedCells(plan, outcomes, history?.manifest.keyType ?? null);
  const keyType = people[0]?.keyType ?? history?.manifest.keyType ?? "VARCHAR";
  const before = history?.manifest ?? emptyManifest(ask.path, plan.notebook.head.entity, keyType);
  const last = before.refreshes.at(-1);
  if (last !== undefined && asOf < last.asOf) return earlier(offsetTime(last.asOf, zone), offsetTime(asOf, zone));
  const gone = goneCells(before, plan);
  if (people.length === 0 && gone.length === 0) return nothing();
  const slots = await numberedSlots(before.slots, people, { tables, cache });
  const recorded = new Set([...people.map(({ studied }) => studied.cell.id), ...gone]);
  const scope = slots.flatMap(({ cell }, slot) => (recorded.has(cell) ? [slot] : []));
  const now = await tables.make("now", nowSql(people, { slots, keyType: before.keyType, cache }));
  const difference = await tables.make("difference", differenceSql({ manifest: before, folder }, now, scope));
  const moved = await movedSlots(difference, tables);
  const told = { asOf: offsetTime(asOf, zone), before: last === undefined ? null : offsetTime(last.asOf, zone), left };
  if (moved.length + gone.length === 0 && isSame(before, people, { asOf, text: ask.text }))
    return { state: "same", ...told, segments: [], clusters: [], untold: [] };
  const around = { ...options, history, manifest: before, people, slots, gone, tables };
  const { groups, untold } = await explanations(moved, around);
  const explained = groups.length === 0 ? null : await tables.make("explained", explainedSql(difference, groups));
  const clusters = await clustersNow(people, { plan, history, signal });
  const moves = explained === null ? [] : await movesIn(explained, tables);
  const sizes = await sizesIn(now, { people, slots }, tables);
  const number = before.refreshes.length + 1;
  const entry: Manifest["refreshes"][number] = {
    ...{ asOf, at, notebook: `${sha256(ask.text)}.md`, set: { ...ask.set } },
    ...(Object.keys(clusters.drift).length === 0 ? {} : { drift: { ...clusters.drift } }),
    cells: people.map(({ studied }) => studied.cell.id),
    sizes: [...sizes].map(([slot, size]) => {
      const total = totalOf(moves, slot);
      return [slot, size, total.entered, total.left];
    }),
  };
  const kept = Object.entries(before.cells).filter(([id]) => !gone.includes(id));
  const cells = { ...Object.fromEntries(kept), ...(await recordedFrom(people, { number, clusters }, options)) };
  const manifest: Manifest = { ...before, slots, cells, refreshes: [...before.refreshes, entry] };
  const changes = explained === null ? null : changesSql(explained, number);
  await keepRefresh({ manifest, text: ask.text, changes }, { folder, engine, signal });
  const segments = segmentsTold(slots, sizes, moves);
  return { state: "recorded", ...told, segments, clusters: clusterNews(clusters), untold };
}

/** What the cells are recorded from, so that the next refresh can tell what became another. */
async function recordedFrom(
  people: readonly People[],
  { number: refresh, clusters }: { number: number; clusters: ClustersNow },
  { plan, signal }: RefreshOptions,
): Promise<Record<string, RecordedCell>> {
  const digests = new SourceDigests(plan, signal);
  const cells: Record<string, RecordedCell> = {};
  for (const { studied, stored } of people) {
    const sources: RecordedCell["sources"] = {};
    for (const source of await sourcesOf(plan, studied))
      sources[source.cell.id] = await digests.recorded(source, plan.clock.asOf);
    const kept = own(clusters.kept, studied.cell.id);
    cells[studied.cell.id] = { refresh, key: stored.key, sources, ...(kept && { clusters: kept }) };
  }
  return cells;
}

async function movedSlots(difference: string, { engine, signal }: Tables): Promise<number[]> {
  const rows = await engine.rows({ sql: `SELECT DISTINCT slot FROM ${quoted(difference)} ORDER BY slot`, signal });
  return rows.map(({ slot }) => Number(slot));
}

/** Whether the very same was recorded the last time. */
function isSame(
  { refreshes, cells }: Manifest,
  people: readonly People[],
  { asOf, text }: { asOf: number; text: string },
): boolean {
  const last = refreshes.at(-1);
  if (last === undefined || last.asOf !== asOf || last.notebook !== `${sha256(text)}.md`) return false;
  return people.every(({ studied, stored }) => cells[studied.cell.id]?.key === stored.key);
}

function earlier(last: string, moment: string): Problem {
  const message = `The last refresh tells of ${last}, and this one would tell of ${moment}, which is earlier.`;
  return problem({ code: "refresh-earlier", message, hint: "A history goes forward: refresh as of a later moment." });
}

function nothing(): Problem {
  const message = "There are no segments to record: no cell of segments, bands or clusters came to a result.";
  return problem({ code: "refresh-nothing", message, hint: "Add a segments cell, or mend those that failed." });
}

function problem(fault: Pick<Problem, "code" | "message" | "hint">): Problem {
  return { ...fault, severity: "error", cell: null, line: null, column: null };
}
