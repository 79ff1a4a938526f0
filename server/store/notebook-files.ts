import { constants } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isProblem } from "../notebook/is-problem.ts";
import type { Problem } from "../notebook/model.ts";
import { contentTag } from "./content-tag.ts";
import { type OpenFolder, openFolderOf } from "./folder.ts";
import { pathFault } from "./notebook-path.ts";
import { refusal, systemCode } from "./refusal.ts";
import { createWhole, replaceWhole } from "./write-whole.ts";

/** Larger files are not notebooks. */
export const LARGEST_NOTEBOOK = 8 * 1024 * 1024;

export interface StoredNotebook {
  readonly path: string;
  readonly text: string;
  readonly etag: string;
}

/** A save that was refused because the file is no longer what was edited; null where it is gone. */
export interface Stale {
  readonly current: StoredNotebook | null;
}

/** The workspace's notebook files: the only place that reads and writes them for the page. */
export class NotebookFiles {
  readonly #root: string;
  readonly #saving = new Map<string, Promise<unknown>>();

  constructor(root: string) {
    this.#root = root;
  }

  async read(path: string): Promise<StoredNotebook | Problem> {
    return this.#within(path, ({ folder, name }) => readStored(path, folder, name));
  }

  /** Puts a text in the place of the content that `etag` names, and answers once it is on the disk. */
  async save(path: string, text: string, etag: string): Promise<StoredNotebook | Stale | Problem> {
    const bytes = encoded(text);
    if (isProblem(bytes)) return bytes;
    return this.#inTurn(path, async () => {
      const saved = await this.#within<StoredNotebook | Stale>(path, async ({ folder, name }) => {
        let current = await readStored(path, folder, name);
        if (isProblem(current)) return current;
        if (current.etag !== etag) return { current };
        // Looked at again at the last moment: other programs may write the file too.
        const ready = async (): Promise<boolean> => {
          current = await readStored(path, folder, name);
          return !isProblem(current) && current.etag === etag;
        };
        if (await replaceWhole({ folder, name, bytes, ready })) return { path, text, etag: contentTag(bytes) };
        return isProblem(current) ? current : { current };
      });
      return isProblem(saved) && saved.code === "notebook-missing" ? { current: null } : saved;
    });
  }

  async create(path: string, text: string): Promise<StoredNotebook | Problem> {
    const bytes = encoded(text);
    const fault = pathFault(path);
    if (isProblem(bytes)) return bytes;
    if (fault) return fault;
    return this.#inTurn(path, async () => {
      const made = await this.#makeFolder(path);
      if (made) return made;
      return this.#within(path, async ({ folder, name }) => {
        await createWhole({ folder, name, bytes, ready: async () => true });
        return { path, text, etag: contentTag(bytes) };
      });
    });
  }

  /** The folders of a new notebook, each made inside the one before, so that no link leads out. */
  async #makeFolder(path: string): Promise<Problem | null> {
    const names = dirname(path).split("/");
    for (let length = 1; length <= names.length; length++) {
      const below = names.slice(0, length).join("/");
      const within = length === 1 ? this.#root : join(this.#root, "notebooks");
      const found = await openFolderOf(join(this.#root, below), within);
      if (!found) return leaves(path);
      try {
        await mkdir(found.folder.at(found.name)).catch((error: unknown) => {
          if (systemCode(error) !== "EEXIST") throw error;
        });
      } catch (error) {
        return described(path, error);
      } finally {
        await found.folder.handle.close();
      }
    }
    return null;
  }

  async #within<T extends object>(
    path: string,
    use: (place: { folder: OpenFolder; name: string }) => Promise<T | Problem>,
  ): Promise<T | Problem> {
    const fault = pathFault(path);
    if (fault) return fault;
    try {
      const place = await openFolderOf(join(this.#root, path), join(this.#root, "notebooks"));
      if (!place?.name.endsWith(".md")) return leaves(path);
      try {
        return await use(place);
      } finally {
        await place.folder.handle.close();
      }
    } catch (error) {
      return described(path, error);
    }
  }

  /** Two saves of one file wait for one another, so that the second sees what the first wrote. */
  async #inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
    const before = this.#saving.get(path) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#saving.set(path, turn);
    try {
      return await turn;
    } finally {
      if (this.#saving.get(path) === turn) this.#saving.delete(path);
    }
  }
}

async function readStored(path: string, folder: OpenFolder, name: string): Promise<StoredNotebook | Problem> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(folder.at(name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return described(path, error);
  }
  try {
    const { size, isFile } = await handle.stat().then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!isFile) return missing(path);
    if (size > LARGEST_NOTEBOOK) return tooLarge();
    const bytes = await handle.readFile();
    const text = decoded(bytes);
    return text === null ? notText(path) : { path, text, etag: contentTag(bytes) };
  } finally {
    await handle.close();
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function encoded(text: string): Uint8Array | Problem {
  if (/\p{Cs}/u.test(text)) {
    return refusal("not-text", "The text holds halves of characters, which a file can't hold.", "Take them out.");
  }
  const bytes = new TextEncoder().encode(text);
  return bytes.length > LARGEST_NOTEBOOK ? tooLarge() : bytes;
}

function missing(path: string): Problem {
  return refusal("notebook-missing", `There is no notebook \`${path}\`.`, "Reload the list of notebooks.");
}

function leaves(path: string): Problem {
  return refusal(
    "bad-path",
    `\`${path}\` leads out of the workspace's notebooks.`,
    "Put the file itself into notebooks/, not a link to it.",
  );
}

function notText(path: string): Problem {
  return refusal(
    "not-utf8",
    `\`${path}\` is not UTF-8 text, so it can't be shown without changing it.`,
    "Convert the file to UTF-8.",
  );
}

function tooLarge(): Problem {
  return refusal("notebook-too-large", "A notebook may have at most 8 MiB.", "Move data into files under data/.");
}

function described(path: string, error: unknown): Problem {
  const code = systemCode(error);
  if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return missing(path);
  if (code === "ELOOP") return leaves(path);
  if (code === "EEXIST")
    return refusal("notebook-exists", `There is a notebook \`${path}\` already.`, "Choose another name.");
  if (code === "ENAMETOOLONG")
    return refusal("bad-path", "The path is longer than the disk allows.", "Choose a shorter name.");
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return refusal(
      "not-permitted",
      `\`${path}\` can't be opened or written (${code}).`,
      "Look at the rights of the file and its folder.",
    );
  }
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EIO") {
    return refusal(
      "disk-failed",
      `The disk did not take \`${path}\` (${code}); the file is as it was.`,
      "Make room on the disk and save again.",
    );
  }
  throw error;
}
