import { randomBytes } from "node:crypto";
import { link, open, rename, rm, stat } from "node:fs/promises";
import type { OpenFolder } from "./folder.ts";

export interface WholeFile {
  readonly folder: OpenFolder;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Asked when everything is on the disk but not yet in its place; false leaves all as it was. */
  ready(): Promise<boolean>;
}

/** Replaces a file as a whole, so that a crash at any moment leaves the old bytes or the new; false where `ready` says no. */
export async function replaceWhole(file: WholeFile): Promise<boolean> {
  return put(file, async (temporary, target) => rename(temporary, target));
}

/** Writes a file that must not exist yet; throws `EEXIST` where it does. */
export async function createWhole(file: WholeFile): Promise<boolean> {
  return put(file, async (temporary, target) => {
    // Unlike a rename, a link fails where the name is taken.
    await link(temporary, target);
    await rm(temporary);
  });
}

async function put(file: WholeFile, place: (temporary: string, target: string) => Promise<void>): Promise<boolean> {
  const { folder, name, bytes } = file;
  const target = folder.at(name);
  const temporary = folder.at(`.${randomBytes(8).toString("hex")}.segbook-save`);
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o644,
  );
  try {
    const handle = await open(temporary, "wx", mode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!(await file.ready())) {
      await rm(temporary, { force: true });
      return false;
    }
    await place(temporary, target);
    await folder.handle.sync();
    return true;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
