import { randomUUID } from "node:crypto";
import { liveOn } from "../../monitor/life/life.ts";
import type { LifeChange, Report } from "../../monitor/life/model.ts";
import { concerningCell } from "../../monitor/life/rebaselines.ts";
import { NOTHING_FOUND } from "../../monitor/life/report.ts";
import { revisions } from "../../monitor/life/revisions.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Gathered } from "../../run/alerts/gathered.ts";
import { refusal } from "../refusal.ts";
import type { When } from "./act.ts";
import { readLife, writeLife } from "./alerts-table.ts";
import { readRebaselines } from "./annotations-table.ts";
import { note } from "./audit-table.ts";
import { readJudged, writeJudged } from "./judged-table.ts";
import type { Connection } from "./open.ts";
import { writeStandings } from "./standings-table.ts";

export interface Recorded {
  readonly changes: readonly LifeChange[];
  /** Of monitors of which nothing was recorded, and cohorts that were judged with other counts. */
  readonly problems: readonly Problem[];
}

/** Takes what a run found into the alerts' lives; one that tells of earlier than the last, or of other annotations, is left out. */
export function record(state: Connection, { notebook, cells, reports }: Gathered, when: When): Recorded {
  const changes: LifeChange[] = [];
  const problems: Problem[] = [];
  const ended = monitorsOf(state, notebook).filter(({ cell }) => !cells.includes(cell));
  for (const { cell, as_of: asOf } of ended) {
    changes.push(...lived(state, { ...NOTHING_FOUND, notebook, cell, asOf }, when));
    state.prepare("DELETE FROM monitors WHERE notebook = ? AND cell = ?").run(notebook, cell);
    writeJudged(state, { notebook, cell, definition: "" }, []);
    writeStandings(state, { notebook, cell }, []);
  }
  for (const report of reports) {
    const late = outdated(state, report);
    if (late !== null) {
      problems.push(late);
      continue;
    }
    problems.push(...revised(state, report));
    writeJudged(state, report, report.judged);
    writeStandings(state, report, report.standings);
    changes.push(...lived(state, report, when));
    state
      .prepare("INSERT OR REPLACE INTO monitors (notebook, cell, as_of, at, written) VALUES (?, ?, ?, ?, ?)")
      .run(notebook, report.cell, report.asOf, when.at, report.written);
  }
  if (changes.length > 0) {
    const text = `Brought ${notebook} up to date: ${told(changes)}`;
    note(state, { at: when.at, act: "record", subject: null, text, before: null, after: null, undoes: null });
  }
  return { changes, problems };
}

function lived(state: Connection, report: Report, { at, today }: When): readonly LifeChange[] {
  const before = readLife(state, report);
  const { life, changes } = liveOn(before, { report, at, today, newId: () => randomUUID() });
  writeLife(state, before, life);
  return changes;
}

function monitorsOf(state: Connection, notebook: string): { cell: string; as_of: number }[] {
  const rows = state.prepare("SELECT cell, as_of FROM monitors WHERE notebook = ? ORDER BY cell").all(notebook);
  return rows as { cell: string; as_of: number }[];
}

/** Why a report must not be recorded; null where it may. */
function outdated(state: Connection, report: Report): Problem | null {
  const { notebook, cell, asOf, period, metrics } = report;
  const last = monitorsOf(state, notebook).find((one) => one.cell === cell);
  if (last !== undefined && asOf < last.as_of) {
    const moment = (time: number) => new Date(time).toISOString();
    const message = `The alerts of \`${cell}\` are of ${moment(last.as_of)}, and this run is of ${moment(asOf)}, which is earlier.`;
    return about(cell, refusal("monitor-earlier", message, "A record goes forward: run it as of a later moment."));
  }
  const asked = concerningCell(readRebaselines(state, notebook), { id: cell, period, metrics });
  const isSame = JSON.stringify(asked) === JSON.stringify(report.rebaselines);
  if (isSame) return null;
  const message = `While \`${cell}\` ran, an annotation or an accepted baseline was changed.`;
  return about(cell, refusal("monitor-overtaken", message, "Bring it up to date once more."));
}

/** Cohorts that were judged when the monitor was recorded last, and count otherwise now. */
function revised(state: Connection, report: Report): Problem[] {
  const found = revisions(readJudged(state, report), report.judged);
  const [first] = found;
  if (first === undefined) return [];
  const more = found.length > 1 ? ` ${found.length - 1} more.` : "";
  const message = `Counts of cohorts that were judged before have changed: ${first.message}${more}`;
  const hint = "Let cohorts mature for longer, or look why the data was changed.";
  return [{ code: "cohort-revised", severity: "warning", cell: report.cell, line: null, column: null, message, hint }];
}

function about(cell: string, problem: Problem): Problem {
  return { ...problem, cell };
}

/** `2 opened, 1 closed`. */
function told(changes: readonly LifeChange[]): string {
  const counts = new Map<string, number>();
  for (const { what } of changes) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, n]) => `${n} ${what}`).join(", ");
}
