import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { INTACT } from "./cache.ts";

export interface TidyOptions {
  readonly folder: string;
  /** In bytes. */
  readonly limit: number;
  /** Keys that stay whatever their age. */
  readonly keep: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEK = 7 * 24 * HOUR;

/** True once in ten minutes over all processes that use the cache: looking through it takes a while. */
export async function isTidyDue(folder: string, now: number): Promise<boolean> {
  const mark = join(folder, "tidied");
  const before = await stat(mark).catch(() => null);
  if (before !== null && now - before.mtimeMs < 10 * MINUTE) return false;
  await mkdir(folder, { recursive: true });
  await writeFile(mark, "");
  return true;
}

/**
 * Removes what nobody needs: what ended processes left, replaced files, damaged results after a week, and while the
 * cache is larger than its limit the results that were used longest ago. Another process may be using what is recent,
 * so nothing goes that was used in the last hour.
 */
export async function tidyCache({ folder, limit, keep, now }: TidyOptions): Promise<void> {
  const results: { path: string; bytes: number; used: number }[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    const info = await stat(path).catch(() => null);
    if (!entry.isDirectory() || info === null) continue;
    if (entry.name.startsWith("tmp-")) {
      if (!isAlive(Number(entry.name.split("-")[1]))) await rm(path, { recursive: true, force: true });
    } else if (entry.name.startsWith("damaged-")) {
      if (now - info.mtimeMs > WEEK) await rm(path, { recursive: true, force: true });
    } else {
      const bytes = await tidyResult(path, now);
      if (!keep.has(entry.name)) results.push({ path, bytes, used: info.mtimeMs });
      else limit -= bytes;
    }
  }
  let total = results.reduce((sum, result) => sum + result.bytes, 0);
  for (const result of results.sort((a, b) => a.used - b.used)) {
    if (total <= limit || now - result.used < HOUR) return;
    await rm(result.path, { recursive: true, force: true });
    total -= result.bytes;
  }
}

/** Removes files that no manifest names any more; gives the bytes of the rest. */
async function tidyResult(folder: string, now: number): Promise<number> {
  const manifest = await readFile(join(folder, "result.json"), "utf8").catch(() => "");
  let bytes = 0;
  for (const file of await readdir(folder).catch(() => [])) {
    const info = await stat(join(folder, file)).catch(() => null);
    if (info === null) continue;
    const named = file === "result.json" || file === INTACT || manifest.includes(JSON.stringify(file));
    if (!named && now - info.mtimeMs > HOUR) await rm(join(folder, file), { force: true });
    else bytes += info.size;
  }
  return bytes;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
