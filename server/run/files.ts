import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { DataFile } from "../cells/kind.ts";
import { globMatcher } from "../notebook/glob.ts";
import type { Fingerprints } from "./fingerprint.ts";
import { HardLinks } from "./hard-links.ts";

export interface DataFiles {
  /** Absolute path of the workspace's data folder. */
  readonly folder: string;
  readonly fingerprints: Fingerprints;
}

/**
 * Files below the data folder that a path or a glob (`*`, `?`, `**`, `[ab]`) names, sorted by path. Hidden files and
 * whatever a link, soft or hard, leads out of the folder are never among them.
 */
export async function filesMatching(files: DataFiles, pattern: string): Promise<DataFile[]> {
  const wanted = pattern.replaceAll("\\", "/").replace(/^\.\//, "");
  // What begins with a dot is hidden, or leads upwards.
  if (wanted.startsWith("/") || wanted.includes("\0") || /(^|\/)\./.test(wanted)) return [];
  const root = await realpath(files.folder).catch(() => null);
  if (root === null) return [];
  const found: DataFile[] = [];
  const links = new HardLinks(root);
  for (const path of await named(root, wanted)) {
    const absolute = join(root, ...path.split("/"));
    const real = await realpath(absolute).catch(() => null);
    if (real === null || !(real + sep).startsWith(root + sep)) continue;
    const info = await stat(real).catch(() => null);
    if (info?.isFile() && !(await links.leads(info))) found.push({ path, absolute: real, bytes: info.size });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Paths that a path or a glob names; a file that bears the very name, brackets and all, is that file. */
async function named(root: string, wanted: string): Promise<string[]> {
  if (!/[*?[]/.test(wanted)) return [wanted];
  if ((await stat(join(root, wanted)).catch(() => null))?.isFile()) return [wanted];
  const fixed = wanted.slice(0, wanted.search(/[*?[]/));
  const start = join(root, fixed.slice(0, fixed.lastIndexOf("/") + 1));
  const entries = await readdir(start, { recursive: true, withFileTypes: true }).catch(() => []);
  const matches = globMatcher(wanted);
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => matches(path) && !path.split("/").some((part) => part.startsWith(".")));
}
