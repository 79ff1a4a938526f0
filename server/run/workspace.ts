import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The folder that is served, and where its parts lie; all absolute. */
export interface Workspace {
  readonly root: string;
  readonly notebooks: string;
  readonly data: string;
  /** Caches and state; all but the history of segments may be deleted at the price of computing again. */
  readonly state: string;
  readonly cache: string;
  /** Who was in which segment when: a folder a notebook. */
  readonly membership: string;
  readonly spill: string;
}

export function workspaceAt(folder: string): Workspace {
  const given = resolve(folder);
  // The engine compares paths as text, so links are followed once, here.
  const root = existsSync(given) ? realpathSync(given) : given;
  const state = join(root, ".segbook");
  return {
    root,
    notebooks: join(root, "notebooks"),
    data: join(root, "data"),
    state,
    cache: join(state, "cache"),
    membership: join(state, "membership"),
    spill: join(state, "spill"),
  };
}

/** The nearest folder, at or above the one given, that holds `notebooks/` and `data/`; null where there is none. */
export function findWorkspace(from: string): Workspace | null {
  let folder = resolve(from);
  for (;;) {
    if (existsSync(join(folder, "notebooks")) && existsSync(join(folder, "data"))) return workspaceAt(folder);
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}
