import { FALSE_SHARE, todaysList } from "../monitor/e-bh.ts";
import type { Scope } from "../monitor/life/model.ts";
import { METRICS } from "../monitor/metrics.ts";
import { isProblem } from "../notebook/is-problem.ts";
import type { Problem } from "../notebook/model.ts";
import { didYouMean } from "../notebook/nearest.ts";
import { parseNotebook } from "../notebook/parse.ts";
import type { GoneMonitor, ListedSeries, TodaysList } from "../run/alerts/view.ts";
import type { Workspace } from "../run/workspace.ts";
import { monitored } from "./monitored.ts";
import type { NotebookFiles } from "./notebook-files.ts";
import { refusal } from "./refusal.ts";

/** Ids of the monitors of a notebook; null where it can't be told, none where it is not there any more. */
async function monitorsIn(path: string, files: NotebookFiles): Promise<readonly string[] | null> {
  const stored = await files.read(path);
  if (isProblem(stored)) return stored.code === "notebook-missing" ? [] : null;
  return parseNotebook(stored.text).cells.flatMap(({ kind, id }) => (kind === "monitor" ? [id] : []));
}

/** Those of some monitors that are in no notebook any more: it or they were removed, or got another name. */
export async function goneMonitors(
  places: readonly GoneMonitor[],
  files: NotebookFiles,
): Promise<readonly GoneMonitor[]> {
  const known = new Map<string, readonly string[] | null>();
  for (const path of new Set(places.map(({ notebook }) => notebook))) known.set(path, await monitorsIn(path, files));
  const gone = places.filter(({ notebook, cell }) => known.get(notebook)?.includes(cell) === false);
  return [...new Map(gone.map(({ notebook, cell }) => [nameOf({ notebook, cell }), { notebook, cell }])).values()];
}

/** Of the series of monitors that there are, those on today's list. */
export async function todaysListOf(standings: readonly ListedSeries[], files: NotebookFiles): Promise<TodaysList> {
  const gone = new Set((await goneMonitors(standings, files)).map(nameOf));
  const all = standings.filter((one) => !gone.has(nameOf(one)));
  return { share: FALSE_SHARE, of: all.length, series: todaysList(all, FALSE_SHARE) };
}

function nameOf({ notebook, cell }: GoneMonitor): string {
  return JSON.stringify([notebook, cell]);
}

const WATCHED = [...METRICS.map(({ name }) => name), "size", "mix"];

/**
 * Why a scope is refused: it names a notebook, monitor or metric that there is not; null where it is good. Segments are not
 * looked up: they come and go with the data, and a sender may say beforehand what will happen to one.
 */
export async function scopeFault(
  { notebook, cell, metric }: Scope,
  workspace: Workspace,
  files: NotebookFiles,
): Promise<Problem | null> {
  if (metric !== null && !WATCHED.includes(metric)) {
    const hint = didYouMean(metric, WATCHED, `Expected one of ${WATCHED.join(", ")}.`);
    return refusal("annotation-scope", `There is no metric \`${metric}\`.`, hint);
  }
  if (notebook === null && cell === null) return null;
  const { paths } = await monitored(workspace, files);
  if (notebook !== null && !paths.includes(notebook) && isProblem(await files.read(notebook))) {
    const hint = didYouMean(notebook, paths, `Those with a monitor are ${paths.join(", ") || "none"}.`);
    return refusal("annotation-scope", `There is no notebook \`${notebook}\`.`, hint);
  }
  if (cell === null) return null;
  const asked = notebook === null ? paths : [notebook];
  const cells = (await Promise.all(asked.map((path) => monitorsIn(path, files)))).flatMap((own) => own ?? []);
  if (cells.includes(cell)) return null;
  const where = notebook === null ? "No notebook" : `\`${notebook}\``;
  const hint = didYouMean(cell, cells, `Its monitors are ${cells.join(", ") || "none"}; write the cell first.`);
  return refusal("annotation-scope", `${where} has ${notebook === null ? "a" : "no"} monitor \`${cell}\`.`, hint);
}
