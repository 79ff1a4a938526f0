import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** What tells that a file was touched. */
export interface FileState {
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
  readonly inode: number;
}

interface Known extends FileState {
  readonly sha256: string;
}

/** A file that was written a moment ago may be written again without its times showing it. */
const AT_REST_MS = 2_000;

/** A file that is always being written never rests; whoever reads it learns that it changed. */
const ATTEMPTS = 3;

/**
 * SHA-256 of files, computed once and again only when size, times or inode moved. What is known of a file is kept in a
 * small file of its own, so that processes do not undo one another's.
 */
export class Fingerprints {
  private readonly known = new Map<string, Known>();

  constructor(private readonly folder: string) {}

  async of(path: string, signal: AbortSignal): Promise<string> {
    const before = this.known.get(path) ?? (await this.kept(path));
    let sha256 = "";
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const state = await stateOf(path);
      if (before !== null && sameState(before, state)) return before.sha256;
      sha256 = await sha256Of(path, signal);
      // Written to meanwhile: what was read may be half of the one and half of the other.
      if (!sameState(await stateOf(path), state)) continue;
      const atRest = Date.now() - Math.max(state.mtime, state.ctime) > AT_REST_MS;
      if (atRest) await this.keep(path, { ...state, sha256 });
      return sha256;
    }
    return sha256;
  }

  private async kept(path: string): Promise<Known | null> {
    try {
      const kept = JSON.parse(await readFile(this.file(path), "utf8")) as Known;
      if (typeof kept.sha256 !== "string") return null;
      this.known.set(path, kept);
      return kept;
    } catch {
      // Absent or damaged: it is a cache, so the file is read again.
      return null;
    }
  }

  private async keep(path: string, known: Known): Promise<void> {
    this.known.set(path, known);
    const temporary = `${this.file(path)}.${randomUUID()}.tmp`;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(temporary, JSON.stringify(known));
      await rename(temporary, this.file(path));
    } catch {
      // It is known here; another process reads the file again.
    }
  }

  private file(path: string): string {
    return join(this.folder, `${createHash("sha256").update(path).digest("hex").slice(0, 32)}.json`);
  }
}

/** SHA-256 of a file's bytes, in hex. */
export async function sha256Of(path: string, signal: AbortSignal | null = null): Promise<string> {
  const hash = createHash("sha256");
  const stream = createReadStream(path, { highWaterMark: 1 << 20 });
  await (signal === null ? pipeline(stream, hash) : pipeline(stream, hash, { signal }));
  return hash.digest("hex");
}

export async function stateOf(path: string): Promise<FileState> {
  const { size, mtimeMs, ctimeMs, ino } = await stat(path);
  return { size, mtime: mtimeMs, ctime: ctimeMs, inode: ino };
}

export function sameState(a: FileState, b: FileState): boolean {
  return a.size === b.size && a.mtime === b.mtime && a.ctime === b.ctime && a.inode === b.inode;
}
