import { listFiles } from "./list-files.ts";

export interface DataChange {
  readonly type: "data";
}

const LOOK_MS = 2_000;

/**
 * Tells that files below the data folder are others than before, whoever did it; looks only while somebody listens.
 * A file that is still being written is waited for: two looks have to agree.
 */
export class DataWatch {
  readonly #listeners = new Set<(change: DataChange) => void>();
  /** What was told last, and what the last look saw. */
  #told = "";
  #seen = "";
  #next: NodeJS.Timeout | null = null;

  constructor(
    private readonly folder: string,
    private readonly every = LOOK_MS,
  ) {}

  /** Resolves once changes from now on will be told. */
  async subscribe(listener: (change: DataChange) => void): Promise<() => void> {
    if (this.#listeners.size === 0) {
      this.#told = await this.#stamp();
      this.#seen = this.#told;
    }
    this.#listeners.add(listener);
    this.#lookLater();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0 || this.#next === null) return;
      clearTimeout(this.#next);
      this.#next = null;
    };
  }

  #lookLater(): void {
    this.#next ??= setTimeout(() => void this.#look(), this.every).unref();
  }

  async #look(): Promise<void> {
    const now = await this.#stamp();
    const isSettled = now === this.#seen;
    this.#seen = now;
    if (isSettled && now !== this.#told) {
      this.#told = now;
      for (const listener of [...this.#listeners]) listener({ type: "data" });
    }
    this.#next = null;
    if (this.#listeners.size > 0) this.#lookLater();
  }

  async #stamp(): Promise<string> {
    const files = await listFiles(this.folder);
    return files.map(({ path, bytes, modified }) => `${path}\n${bytes} ${modified}`).join("\n");
  }
}
