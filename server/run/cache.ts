import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Column } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import type { KeyParts } from "./key.ts";

export interface StoredRelation {
  readonly suffix: string;
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** What is kept beside the Parquet files of one key. */
export interface Stored {
  readonly key: string;
  readonly parts: KeyParts;
  readonly ms: number;
  readonly relations: readonly StoredRelation[];
  /** Findings of the run, such as a dropped column: shown again with the result. */
  readonly findings: readonly Omit<Problem, "cell" | "line" | "column">[];
}

const LIMIT = 20 * 1024 ** 3;

/** Results as Parquet files, one folder a key: whole or absent. */
export class ResultCache {
  private readonly found = new Map<string, Stored>();

  constructor(private readonly folder: string) {}

  /** The result of a key, or null. A damaged one is set aside and counts as absent. */
  async find(key: string): Promise<Stored | null> {
    const before = this.found.get(key);
    try {
      const text = await readFile(join(this.folder, key, "result.json"), "utf8");
      if (before !== undefined) return before;
      const stored = JSON.parse(text) as Stored;
      for (const relation of stored.relations) await stat(this.path(key, relation.suffix));
      this.found.set(key, stored);
      const now = new Date();
      await utimes(join(this.folder, key), now, now);
      return stored;
    } catch {
      this.found.delete(key);
      return null;
    }
  }

  /** Absolute path of a relation's file. */
  path(key: string, suffix: string): string {
    return join(this.folder, key, `result${suffix}.parquet`);
  }

  /** A folder for what a cell needs only while it runs. */
  async temporaryFolder(): Promise<string> {
    const folder = join(this.folder, `tmp-${process.pid}-${randomUUID()}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** A folder to write a result into; `keep` makes it the key's in one step, `drop` leaves nothing behind. */
  async open(
    key: string,
  ): Promise<{ path(suffix: string): string; keep(stored: Stored): Promise<void>; drop(): Promise<void> }> {
    const temporary = await this.temporaryFolder();
    return {
      path: (suffix) => join(temporary, `result${suffix}.parquet`),
      keep: async (stored) => {
        await writeFile(join(temporary, "result.json"), JSON.stringify(stored));
        const final = join(this.folder, key);
        await rm(final, { recursive: true, force: true });
        await rename(temporary, final);
        this.found.set(key, stored);
      },
      drop: () => rm(temporary, { recursive: true, force: true }),
    };
  }

  /** Gives up the least recently used results while the cache is larger than its limit, and what a killed kernel left. */
  async tidy(keep: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const folders: { name: string; bytes: number; used: number }[] = [];
    for (const name of names) {
      const path = join(this.folder, name);
      const info = await stat(path).catch(() => null);
      if (info === null || !info.isDirectory()) continue;
      if (name.startsWith("tmp-")) {
        if (!isAlive(Number(name.split("-")[1]))) await rm(path, { recursive: true, force: true });
        continue;
      }
      const files = await readdir(path).catch(() => []);
      const sizes = await Promise.all(
        files.map(async (file) => (await stat(join(path, file)).catch(() => null))?.size ?? 0),
      );
      folders.push({ name, bytes: sizes.reduce((sum, size) => sum + size, 0), used: info.mtimeMs });
    }
    let total = folders.reduce((sum, folder) => sum + folder.bytes, 0);
    for (const folder of folders.sort((a, b) => a.used - b.used)) {
      if (total <= LIMIT) return;
      if (keep.has(folder.name)) continue;
      await rm(join(this.folder, folder.name), { recursive: true, force: true });
      this.found.delete(folder.name);
      total -= folder.bytes;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
