import { existsSync } from "node:fs";
import { isProblem } from "../notebook/is-problem.ts";
import type { Problem } from "../notebook/model.ts";
import { readSettings, type Settings } from "../run/settings.ts";
import { findWorkspace, type Workspace, workspaceAt } from "../run/workspace.ts";

export const EXIT = { good: 0, fault: 1, call: 2, alert: 3, cancelled: 130 } as const;

/** The call itself is at fault: said on stderr, exit 2. */
export class CallFault extends Error {}

/** The notebook or the data is at fault: said on stderr, exit 1. */
export class DataFault extends Error {}

export function workspaceFor(given: string | undefined): Workspace {
  if (given !== undefined) {
    const folder = String(given);
    if (!existsSync(folder)) throw new CallFault(`There is no folder ${folder}. Name one with --workspace.`);
    return workspaceAt(folder);
  }
  const found = findWorkspace(process.cwd());
  if (found === null) {
    throw new CallFault(
      "No workspace here: neither this folder nor one above it has notebooks/ and data/. Name one with --workspace DIR.",
    );
  }
  return found;
}

/** The workspace's settings with the limits that the call gives. */
export function settingsFor(workspace: Workspace, flags: object): Settings {
  const settings = readSettings(workspace, { ...flags });
  if (!isProblem(settings)) return settings;
  const text = `${settings.message} ${settings.hint}`;
  throw settings.code === "bad-limit" ? new CallFault(text) : new DataFault(text);
}

/** `--set id=value`, once or more often. */
export function parseSets(given: unknown): Record<string, string> {
  const list = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const set: Record<string, string> = {};
  for (const item of list.map(String)) {
    const at = item.indexOf("=");
    if (at < 1) throw new CallFault(`--set takes id=value, found ${item}.`);
    set[item.slice(0, at).trim()] = item.slice(at + 1);
  }
  return set;
}

/** `notebooks/x.md:12:3 error unknown-column …`, then what to do. */
export function problemText(path: string, problem: Problem): string {
  const place = problem.line === null ? path : `${path}:${problem.line}:${problem.column ?? 1}`;
  const cell = problem.cell === null ? "" : ` ${problem.cell}`;
  return `${place} ${problem.severity}${cell} [${problem.code}] ${problem.message}\n    ${problem.hint.replaceAll("\n", "\n    ")}\n`;
}
