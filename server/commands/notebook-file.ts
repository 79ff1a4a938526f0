import { existsSync, realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Workspace } from "../run/workspace.ts";
import { openFolderOf } from "../store/folder.ts";
import { replaceWhole } from "../store/write-whole.ts";
import { CallFault, DataFault } from "./command.ts";

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
  const places = notebookPlaces(given, workspace, options);
  const file = places.find((place) => existsSync(place));
  if (file === undefined) throw new CallFault(missing(given, workspace, places));
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new CallFault(`${given} can't be read: ${error instanceof Error ? error.message : String(error)}.`);
  });
  return { path: below(workspace.root, realpathSync(file)), text: decoded(given, bytes) };
}

function missing(given: string, workspace: Workspace, places: readonly string[]): string {
  const name = given.replace(/^notebooks\//, "").replace(/\.md$/, "");
  const meant = `notebooks/${name}.md`;
  const hint = existsSync(resolve(workspace.root, meant))
    ? `Did you mean ${meant}?`
    : `Looked for ${places.join(" and ")}.`;
  return `There is no notebook ${given}. ${hint}`;
}

/** Where a notebook of that name may lie, the likeliest first. */
export function notebookPlaces(given: string, workspace: Workspace, options: { explicit: boolean }): string[] {
  if (isAbsolute(given)) return [given];
  const inWorkspace = resolve(workspace.root, given);
  return options.explicit ? [inWorkspace] : [...new Set([resolve(given), inWorkspace])];
}

function below(root: string, file: string): string {
  const path = relative(root, file);
  const leaves = path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);
  return leaves ? file : path.split(sep).join("/");
}

/** Bytes that are no UTF-8 are never read as something else. */
function decoded(given: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DataFault(`${given} is not UTF-8 text. Convert the file to UTF-8.`);
  }
}

/** Writes a notebook as a whole, unless it was changed since it was read. */
export async function replaceNotebookFile(file: NotebookFile, workspace: Workspace, text: string): Promise<void> {
  const path = resolve(workspace.root, file.path);
  const place = await openFolderOf(path, dirname(path));
  if (place === null) throw new DataFault(`${file.path} is a link that leads elsewhere. Name the file itself.`);
  try {
    const ready = async () => (await readFile(path, "utf8")) === file.text;
    const bytes = new TextEncoder().encode(text);
    if (await replaceWhole({ ...place, bytes, ready })) return;
    throw new DataFault(`${file.path} was changed meanwhile. Call again.`);
  } finally {
    await place.folder.handle.close();
  }
}
