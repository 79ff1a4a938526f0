import type { Stats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Tells files that have a name outside a folder too: what they hold is somebody else's, though it looks like the
 * folder's own. The folder is looked through once, and only where a file has several names at all.
 */
export class HardLinks {
  private names: Promise<ReadonlyMap<string, number>> | null = null;

  constructor(private readonly folder: string) {}

  async leads(file: Stats): Promise<boolean> {
    if (file.nlink <= 1) return false;
    this.names ??= countNames(this.folder);
    return ((await this.names).get(identity(file)) ?? 0) < file.nlink;
  }
}

async function countNames(folder: string): Promise<Map<string, number>> {
  const names = new Map<string, number>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const info = await lstat(join(entry.parentPath, entry.name)).catch(() => null);
    if (info !== null && info.nlink > 1) names.set(identity(info), (names.get(identity(info)) ?? 0) + 1);
  }
  return names;
}

function identity({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}
