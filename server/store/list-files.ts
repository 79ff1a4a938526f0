import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { openFolderOf } from "./folder.ts";

export interface ListedFile {
  /** Relative to the folder that was listed, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

const MOST = 5_000;
const DEEPEST = 12;

/** The files below a folder, sorted by path; hidden ones, and links that lead out of it, are left out. */
export async function listFiles(folder: string): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  const walk = async (below: string, depth: number): Promise<void> => {
    const entries = await readdir(join(folder, below), {
      withFileTypes: true,
    }).catch(() => []);
    for (const entry of entries) {
      if (files.length >= MOST || entry.name.startsWith(".")) continue;
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        if (depth < DEEPEST) await walk(path, depth + 1);
        continue;
      }
      if (entry.isSymbolicLink() && !(await staysInside(join(folder, path), folder))) continue;
      const found = await stat(join(folder, path)).catch(() => null);
      if (found?.isFile()) files.push({ path, bytes: found.size, modified: found.mtimeMs });
    }
  };
  await walk("", 0);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function staysInside(file: string, folder: string): Promise<boolean> {
  const place = await openFolderOf(file, folder).catch(() => null);
  await place?.folder.handle.close();
  return place !== null;
}
