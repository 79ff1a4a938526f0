import { constants } from "node:fs";
import { type FileHandle, open, readlink, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";

/** An open folder that lies inside another; a link that is put in its place later leads nowhere else. */
export interface OpenFolder {
  readonly handle: FileHandle;
  /** The path of one of its files, for as long as the folder is open. */
  at(name: string): string;
}

/** Opens the folder of a file, links followed; null where that is not inside `root`. Throws where there is no such folder. */
export async function openFolderOf(file: string, root: string): Promise<{ folder: OpenFolder; name: string } | null> {
  const real = (await realpathOrNull(file)) ?? join(await realpath(dirname(file)), basename(file));
  const inside = await realpath(root);
  if (!isInside(real, inside)) return null;
  const handle = await open(dirname(real), constants.O_RDONLY | constants.O_DIRECTORY);
  const own = `/proc/self/fd/${handle.fd}`;
  // Linux gives an open folder a path of its own, which no rename or link can turn elsewhere.
  const opened = process.platform === "linux" ? await readlink(own).catch(() => null) : null;
  const where = opened ?? (await realpath(dirname(real)));
  if (where !== inside && !isInside(where, inside)) {
    await handle.close();
    return null;
  }
  const base = opened === null ? where : own;
  return {
    folder: { handle, at: (name) => join(base, name) },
    name: basename(real),
  };
}

/** Whether a path lies below a folder; both absolute, without links. */
export function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function realpathOrNull(file: string): Promise<string | null> {
  try {
    return await realpath(file);
  } catch {
    return null;
  }
}
