import { type Dirent, readdirSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Workspace } from "./workspace.ts";

/**
 * The first part of a workspace that is a link where none may be, relative to its root, or null: Segbook removes what
 * it finds below `.segbook/` and reads what is below `data/`, and a workspace may come from a stranger.
 */
export function linkOutside({ root, notebooks, data, state, cache, membership }: Workspace): string | null {
  const given = linksIn(root).filter(
    (link) => link === state || ((link === data || link === notebooks) && leads(link)),
  );
  const [link] = [...given, ...linksIn(state), ...linksIn(cache), ...linksIn(membership)];
  return link === undefined ? null : relative(root, link);
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
