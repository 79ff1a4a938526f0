import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { lockPath } from "../../run/lock/beside.ts";
import type { Lock } from "../../run/lock/model.ts";
import { printLock } from "../../run/lock/print.ts";
import { readLock } from "../../run/lock/read.ts";
import type { Workspace } from "../../run/workspace.ts";
import { openFolderOf } from "../../store/folder.ts";
import { replaceWhole } from "../../store/write-whole.ts";
import { DataFault } from "../command.ts";
import type { NotebookFile } from "../notebook-file.ts";

/** The lock beside a notebook: `<name>.lock.json`. */
export interface LockPlace {
  /** Absolute. */
  readonly path: string;
  /** As a sentence calls it. */
  readonly name: string;
}

export function lockPlace(workspace: Workspace, file: NotebookFile): LockPlace {
  const path = lockPath(workspace.root, file.path);
  return { path, name: basename(path) };
}

/** Throws DataFault where there is none that can be used. */
export async function readLockFile({ path, name }: LockPlace): Promise<Lock> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new DataFault(`There is no ${name}. Run with --lock to write it.`);
    throw new DataFault(`${name} can't be read: ${error.message}.`);
  });
  const lock = readLock(text, name);
  if ("code" in lock) throw new DataFault(`${lock.message} ${lock.hint}`);
  return lock;
}

/** Throws DataFault where it can't be written. */
export async function writeLockFile({ path, name }: LockPlace, lock: Lock): Promise<void> {
  const fault = (why: string) => new DataFault(`${name} can't be written: ${why}.`);
  try {
    const opened = await openFolderOf(path, dirname(path));
    if (opened === null) throw fault("it is a link that leads elsewhere");
    try {
      await replaceWhole({ ...opened, bytes: Buffer.from(printLock(lock)), ready: async () => true });
    } finally {
      await opened.folder.handle.close();
    }
  } catch (error) {
    throw error instanceof Error && "code" in error ? fault(error.message) : error;
  }
}
