import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "./tidy.ts";
import type { Workspace } from "./workspace.ts";

/** Removes what ended processes left that were in the middle of something: what they spilled, and half-written results. */
export async function clearLeftovers({ spill, cache }: Pick<Workspace, "spill" | "cache">): Promise<void> {
  await clear(spill, /^(\d+)-[0-9a-f]{8}$/);
  await clear(cache, /^tmp-(\d+)-/);
}

async function clear(folder: string, left: RegExp): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = left.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { recursive: true, force: true });
  }
}
