import { type FSWatcher, watch } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isProblem } from "../notebook/is-problem.ts";
import { listFiles } from "./list-files.ts";
import type { NotebookFiles } from "./notebook-files.ts";

export interface FileChange {
  readonly type: "file";
  readonly path: string;
  /** Null where the file is gone. */
  readonly etag: string | null;
}

/** Editors write a file in several steps; one look afterwards is enough. */
const SETTLE_MS = 80;
/** Network and container mounts may give no notice of changes. */
const LOOK_AGAIN_MS = 3_000;

/** Tells of notebooks that appeared, changed or went, whoever did it; looks only while somebody listens. */
export class NotebookWatch {
  readonly #listeners = new Set<(change: FileChange) => void>();
  readonly #watchers = new Map<string, FSWatcher>();
  #known = new Map<string, { stamp: string; etag: string | null }>();
  #soon: NodeJS.Timeout | null = null;
  #again: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly files: NotebookFiles,
    private readonly folder: string,
  ) {}

  /** Resolves once changes from now on will be told. */
  async subscribe(listener: (change: FileChange) => void): Promise<() => void> {
    if (this.#listeners.size === 0) {
      this.#known = new Map();
      await this.#look(() => undefined);
      this.#again = setInterval(() => this.#lookSoon(), LOOK_AGAIN_MS).unref();
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    this.#listeners.clear();
    if (this.#soon) clearTimeout(this.#soon);
    if (this.#again) clearInterval(this.#again);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #lookSoon(): void {
    if (this.#soon) clearTimeout(this.#soon);
    const tell = (change: FileChange): void => {
      for (const listener of [...this.#listeners]) listener(change);
    };
    this.#soon = setTimeout(() => {
      if (this.#listeners.size > 0) this.#looking = this.#looking.then(() => this.#look(tell));
    }, SETTLE_MS).unref();
  }

  async #look(tell: (change: FileChange) => void): Promise<void> {
    await this.#watchFolders("");
    const now = new Map<string, { stamp: string; etag: string | null }>();
    for (const file of await listFiles(this.folder)) {
      if (!file.path.endsWith(".md")) continue;
      const path = `notebooks/${file.path}`;
      const stamp = `${file.modified} ${file.bytes}`;
      const before = this.#known.get(path);
      const etag = before?.stamp === stamp ? before.etag : await this.#etagOf(path);
      now.set(path, { stamp, etag });
      if (etag !== null && before?.etag !== etag) tell({ type: "file", path, etag });
    }
    for (const path of this.#known.keys()) if (!now.has(path)) tell({ type: "file", path, etag: null });
    this.#known = now;
  }

  async #etagOf(path: string): Promise<string | null> {
    const stored = await this.files.read(path);
    return isProblem(stored) ? null : stored.etag;
  }

  async #watchFolders(below: string): Promise<void> {
    const folder = join(this.folder, below);
    if (!this.#watchers.has(below)) {
      try {
        const watcher = watch(folder, { persistent: false }, () => this.#lookSoon());
        const forget = (): void => {
          watcher.close();
          this.#watchers.delete(below);
        };
        watcher.on("error", forget);
        this.#watchers.set(below, watcher);
      } catch {
        // No such folder, or no more watches to be had: the look every few seconds remains.
        return;
      }
    }
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (entry.isDirectory() && !entry.name.startsWith("."))
        await this.#watchFolders(below === "" ? entry.name : `${below}/${entry.name}`);
    }
  }
}
