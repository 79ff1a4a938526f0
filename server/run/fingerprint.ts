import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";

interface Known {
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly sha256: string;
}

/** SHA-256 of files, computed once and again only when size, mtime or inode moved. */
export class Fingerprints {
  private known: Map<string, Known> | null = null;

  constructor(private readonly file: string) {}

  async of(path: string, signal: AbortSignal): Promise<string> {
    const known = await this.load();
    const info = await stat(path);
    const state = { size: info.size, mtime: info.mtimeMs, inode: info.ino };
    const before = known.get(path);
    if (
      before !== undefined &&
      before.size === state.size &&
      before.mtime === state.mtime &&
      before.inode === state.inode
    ) {
      return before.sha256;
    }
    const hash = createHash("sha256");
    await pipeline(createReadStream(path), hash, { signal });
    const sha256 = hash.digest("hex");
    known.set(path, { ...state, sha256 });
    await this.save(known);
    return sha256;
  }

  private async load(): Promise<Map<string, Known>> {
    if (this.known !== null) return this.known;
    try {
      this.known = new Map(Object.entries(JSON.parse(await readFile(this.file, "utf8")) as Record<string, Known>));
    } catch {
      // Absent or damaged: it is a cache, so the files are read again.
      this.known = new Map();
    }
    return this.known;
  }

  private async save(known: Map<string, Known>): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
    const temporary = `${this.file}.${process.pid}.tmp`;
    await writeFile(temporary, JSON.stringify(Object.fromEntries(known)));
    await rename(temporary, this.file);
  }
}
