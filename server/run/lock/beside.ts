import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Lock } from "./model.ts";
import { type LockFault, readLock } from "./read.ts";

/** Where the lock of a notebook lies; the path is relative to the workspace. */
export function lockPath(root: string, path: string): string {
  return resolve(root, path).replace(/\.md$/, "").concat(".lock.json");
}

/** The lock beside a notebook; null where there is none. */
export async function lockBeside(root: string, path: string): Promise<Lock | LockFault | null> {
  const place = lockPath(root, path);
  const name = basename(place);
  try {
    return readLock(await readFile(place, "utf8"), name);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
    const why = error instanceof Error ? error.message : String(error);
    return { code: "lock-damaged", message: `${name} can't be read: ${why}.`, hint: "Let Segbook read it." };
  }
}
