import { rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { CallFault, DataFault } from "./command.ts";

/** Whether a file can be made at `--out`, an absolute path; throws CallFault. */
export async function checkOut(out: string): Promise<void> {
  const folder = await stat(dirname(out)).catch(() => null);
  if (folder === null) throw new CallFault(`There is no folder ${dirname(out)} for --out.`);
  if ((await stat(out).catch(() => null))?.isDirectory()) throw new CallFault(`--out names a folder: ${out}.`);
}

/** Lets a file be written under another name first, so that it is there whole or not at all; throws DataFault. */
export async function writeOut(out: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${out}.${process.pid}.tmp`;
  try {
    await write(temporary);
    await rename(temporary, out);
  } catch (error) {
    // Errors of the system have a code: a full disk, a folder that nobody may write to.
    if (!(error instanceof Error) || !("syscall" in error)) throw error;
    const why = "code" in error && error.code === "ENOSPC" ? "the disk is full" : error.message;
    throw new DataFault(`${out} can't be written: ${why}.`);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
