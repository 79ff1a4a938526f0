import { type Dirent, readdirSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Problem } from "../notebook/model.ts";
import type { Workspace } from "./workspace.ts";

/** What is wrong with a workspace that has a link where none may be; null where it has none. One may be made while it is open. */
export function linkProblem(workspace: Workspace): Problem | null {
  const link = linkOutside(workspace);
  if (link === null) return null;
  const message = `\`${link}\` is a link, and what it leads to is not the workspace's.`;
  const hint = "Put the folder itself there, or remove the link.";
  return { code: "workspace-link", severity: "error", cell: null, line: null, column: null, message, hint };
}

/**
 * The first part of a workspace that is a link where none may be, relative to its root, or null: Segbook removes what
 * it finds below `.segbook/` and reads what is below `data/`, and a workspace may come from a stranger.
 */
function linkOutside({ root, notebooks, data, state, membership }: Workspace): string | null {
  const given = linksIn(root).filter(
    (link) => link === state || ((link === data || link === notebooks) && leads(link)),
  );
  const own = [state, ...foldersIn(state), ...foldersIn(membership)];
  const [link] = [...given, ...own.flatMap(linksIn)];
  return link === undefined ? null : relative(root, link);
}

function foldersIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

function linksIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isSymbolicLink())
    .map(({ name }) => join(folder, name));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Whether a link leads out of its folder, or nowhere. */
function leads(link: string): boolean {
  try {
    return !realpathSync(link).startsWith(realpathSync(dirname(link)) + sep);
  } catch {
    return true;
  }
}
