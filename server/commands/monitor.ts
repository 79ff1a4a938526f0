import { z } from "zod";
import { type Kernel, KernelFault, KernelLost } from "../kernel/kernel.ts";
import type { LifeChange } from "../monitor/life/model.ts";
import type { Tier } from "../monitor/model.ts";
import { isProblem } from "../notebook/is-problem.ts";
import type { Problem } from "../notebook/model.ts";
import type { TodaysList } from "../run/alerts/view.ts";
import { WHOLE_RUN } from "../run/whole-run.ts";
import type { AlertBook } from "../store/alert-book.ts";
import { goneMonitors, todaysListOf } from "../store/monitor-places.ts";
import { monitored } from "../store/monitored.ts";
import { NotebookFiles } from "../store/notebook-files.ts";
import { CallFault, DataFault, EXIT, problemText, settingsFor, workspaceFor } from "./command.ts";
import { oneOf } from "./flag-values.ts";
import {
  changeLine,
  changesText,
  changeText,
  type Gone,
  goneLine,
  goneText,
  isNews,
  isSameList,
  listLine,
  listText,
} from "./monitor/lines.ts";
import { withKernel } from "./with-kernel.ts";

export interface MonitorFlags {
  readonly workspace?: string;
  readonly tier?: string;
  readonly since?: string;
  readonly json?: boolean;
}

const TIERS: readonly Tier[] = ["watch", "alert", "confirmed"];

/**
 * Brings every monitor of a workspace up to date, records what that finds, and prints what changed, since a day with
 * `--since`. What is wrong with one notebook is told and does not stop the others.
 */
export async function monitor(flags: MonitorFlags): Promise<number> {
  const workspace = workspaceFor(flags.workspace);
  const tier = oneOf("tier", TIERS, flags.tier ?? "alert");
  const since = flags.since === undefined ? null : dayOf(String(flags.since));
  const { limits } = settingsFor(workspace, flags);
  const files = new NotebookFiles(workspace.root);
  const { paths, problems } = await monitored(workspace, files);
  for (const { path, problem } of problems) process.stderr.write(problemText(path, problem));
  const sayLine = (change: LifeChange) => process.stdout.write(`${JSON.stringify(changeLine(change))}\n`);
  const sayDated = (change: LifeChange, at: number) => {
    const day = new Date(at).toISOString();
    const text = `${day.slice(0, 10)} ${placeOf(change)} ${changeText(change)}`;
    process.stdout.write(`${flags.json === true ? JSON.stringify({ at: day, ...changeLine(change) }) : text}\n`);
  };
  return withKernel({ workspace, limits }, async (kernel, signal, alerts) => {
    let failed = problems.length;
    let isNew = false;
    const listed = await listOf(alerts, files);
    const today = new Date().toISOString().slice(0, 10);
    for (const path of paths) {
      const { state, changes } = await broughtUpToDate(path, { kernel, files, alerts, signal });
      if (state === "cancelled") return EXIT.cancelled;
      if (state === "failed") failed += 1;
      isNew ||= changes.some((change) => isNews(change, tier, today));
      if (since !== null || changes.length === 0) continue;
      if (flags.json === true) for (const change of changes) sayLine(change);
      else process.stdout.write(`${path}\n${changesText(changes)}`);
    }
    if (since !== null) {
      const all = found(alerts.changesSince({ notebook: null, cell: null }, since));
      for (const { at, change } of all) sayDated(change, at);
    }
    const list = await listOf(alerts, files);
    if (since === null && !isSameList(listed, list))
      process.stdout.write(flags.json === true ? `${JSON.stringify(listLine(list))}\n` : listText(list));
    for (const one of await goneOf(alerts, files)) {
      if (flags.json === true) process.stdout.write(`${JSON.stringify(goneLine(one))}\n`);
      else process.stderr.write(goneText(one));
    }
    process.stderr.write(summary(paths.length + problems.length, failed));
    if (failed > 0) return EXIT.fault;
    return isNew ? EXIT.alert : EXIT.good;
  });
}

interface Around {
  readonly kernel: Kernel;
  readonly files: NotebookFiles;
  readonly alerts: AlertBook;
  readonly signal: AbortSignal;
}

interface Brought {
  readonly state: "done" | "failed" | "cancelled";
  readonly changes: readonly LifeChange[];
}

const FAILED: Brought = { state: "failed", changes: [] };

/** Runs what is stale of a notebook, as of its moment, and records it. */
async function broughtUpToDate(path: string, { kernel, files, alerts, signal }: Around): Promise<Brought> {
  const told = (text: string) => void process.stderr.write(text);
  const stored = await files.read(path);
  if (isProblem(stored)) {
    told(problemText(path, stored));
    return FAILED;
  }
  const ask = { path, text: stored.text, set: {}, asOf: null };
  try {
    const result = await kernel.ask("run", { ...WHOLE_RUN, ...ask, refresh: true }, { signal });
    const kept = result.monitors === null ? null : alerts.record(result.monitors);
    const ofCells = result.cells.flatMap((cell) => cell.problems);
    const errors = [...result.problems, ...ofCells].filter(({ severity }) => severity === "error");
    // What is found while alerts are recorded stands nowhere else.
    const problems = [...errors, ...(kept?.problems ?? [])];
    for (const problem of problems) told(problemText(path, problem));
    const isFailed = result.state === "failed" || problems.some(({ severity }) => severity === "error");
    const state = result.state === "cancelled" ? "cancelled" : isFailed ? "failed" : "done";
    return { state, changes: kept?.changes ?? [] };
  } catch (error) {
    if (!(error instanceof KernelFault || error instanceof KernelLost)) throw error;
    told(`${path} ${error.message}\n`);
    return FAILED;
  }
}

/** Of all series as they are recorded now, those on today's list. */
async function listOf(alerts: AlertBook, files: NotebookFiles): Promise<TodaysList> {
  return todaysListOf(found(alerts.standings()), files);
}

/** Monitors that are in no notebook any more, with how many of their alerts nobody has closed. */
async function goneOf(alerts: AlertBook, files: NotebookFiles): Promise<Gone[]> {
  const open = found(alerts.view({})).alerts.filter(({ state }) => state !== "closed");
  const places = await goneMonitors(open, files);
  return places.map(({ notebook, cell }) => {
    const own = open.filter((alert) => alert.notebook === notebook && alert.cell === cell);
    return { notebook, cell, alerts: own.map(({ id }) => id) };
  });
}

/** What the state told; throws where it can't be read. */
function found<T extends object>(told: T | Problem): T {
  if (isProblem(told)) throw new DataFault(`${told.message} ${told.hint}`);
  return told;
}

function placeOf(change: LifeChange): string {
  const { notebook, cell } = change.what === "incident" ? change.incident : change.alert;
  return `${notebook} ${cell}`;
}

function dayOf(text: string): number {
  // 31 February is a day of March to Date.parse.
  if (!z.iso.date().safeParse(text).success)
    throw new CallFault(`--since takes a date such as 2026-11-30, found ${text}.`);
  return Date.parse(text);
}

function summary(notebooks: number, failed: number): string {
  if (notebooks === 0) return "No notebook has a monitor.\n";
  const all = `${notebooks} ${notebooks === 1 ? "notebook" : "notebooks"}`;
  return failed === 0 ? `${all} up to date.\n` : `${failed} of ${all} failed.\n`;
}
