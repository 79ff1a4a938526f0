import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Problem } from "../notebook/model.ts";
import { findWorkspace, type Workspace, workspaceAt } from "../run/workspace.ts";

export const EXIT = { good: 0, fault: 1, call: 2, cancelled: 130 } as const;

/** The call itself is at fault: said on stderr, exit 2. */
export class CallFault extends Error {}

export function workspaceFor(given: string | undefined): Workspace {
  if (given !== undefined) {
    if (!existsSync(given)) throw new CallFault(`There is no folder ${given}. Name one with --workspace.`);
    return workspaceAt(given);
  }
  const found = findWorkspace(process.cwd());
  if (found === null) {
    throw new CallFault(
      "No workspace here: neither this folder nor one above it has notebooks/ and data/. Name one with --workspace DIR.",
    );
  }
  return found;
}

export interface NotebookFile {
  /** Relative to the workspace where it lies in it, else absolute. */
  readonly path: string;
  readonly text: string;
}

/** NOTEBOOK as given if absolute; otherwise below --workspace, or without that below the current folder and then the workspace. */
export async function readNotebookFile(
  given: string | undefined,
  workspace: Workspace,
  options: { explicit: boolean },
): Promise<NotebookFile> {
  if (given === undefined) throw new CallFault("Which notebook? Name one, such as notebooks/first-segments.md.");
  const places = isAbsolute(given)
    ? [given]
    : options.explicit
      ? [resolve(workspace.root, given)]
      : [resolve(given), resolve(workspace.root, given)];
  const file = places.find((place) => existsSync(place));
  if (file === undefined) throw new CallFault(`There is no notebook ${given}. Looked for ${places.join(" and ")}.`);
  const bytes = await readFile(file);
  const below = relative(workspace.root, file).split(sep).join("/");
  return { path: below.startsWith("..") ? file : below, text: bytes.toString("utf8") };
}

export type InputSet = Record<string, string>;

/** `--set id=value`, once or more often. */
export function parseSets(given: unknown): InputSet {
  const list = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const set: InputSet = {};
  for (const item of list.map(String)) {
    const at = item.indexOf("=");
    if (at < 1) throw new CallFault(`--set takes id=value, found ${item}.`);
    set[item.slice(0, at)] = item.slice(at + 1);
  }
  return set;
}

/** `notebooks/x.md:12:3 error unknown-column …`, then what to do. */
export function problemText(path: string, problem: Problem): string {
  const place = problem.line === null ? path : `${path}:${problem.line}:${problem.column ?? 1}`;
  const cell = problem.cell === null ? "" : ` ${problem.cell}`;
  return `${place} ${problem.severity}${cell} [${problem.code}] ${problem.message}\n    ${problem.hint}\n`;
}

/** A signal that fires on Ctrl-C, and what to call when the work is done. */
export function interruptible(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.on("SIGINT", abort);
  process.on("SIGTERM", abort);
  return {
    signal: controller.signal,
    release: () => {
      process.off("SIGINT", abort);
      process.off("SIGTERM", abort);
    },
  };
}
