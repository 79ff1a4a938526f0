import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** A save takes less than this, in milliseconds. */
const LONGEST_SAVE = 60_000;

/** Removes what saves left behind that were killed in the middle; one that goes on elsewhere at this moment is left alone. */
export async function removeLeftSaves(folder: string, now: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || !/^\.[0-9a-f]{16}\.segbook-save$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const info = await stat(path).catch(() => null);
    if (info !== null && now - info.mtimeMs > LONGEST_SAVE) await rm(path, { force: true });
  }
}
