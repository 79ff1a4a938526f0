import { createHash } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { version } from "../version.ts";
import { GENERATION } from "./key.ts";
import { StudyMemory } from "./study-memory.ts";

/** Raised with every change of what is written, or of what a study finds. */
const FORMAT = 1;

const SOON_MS = 100;

/** Notebooks whose studies stay on the disk; those go that were written longest ago. */
const MOST_NOTEBOOKS = 200;

/** What is remembered of each notebook's studies: a file a notebook. */
export class StudyMemories {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** One after another. */
  private saving: Promise<void> = Promise.resolve();
  private readonly opened = new Map<string, Promise<StudyMemory>>();

  constructor(
    private readonly folder: string,
    private readonly engine: string,
  ) {}

  of(path: string): Promise<StudyMemory> {
    const known = this.opened.get(path);
    if (known !== undefined) return known;
    const name = createHash("sha256").update(path).digest("hex").slice(0, 16);
    const mark = `segbook ${version} ${GENERATION} ${FORMAT} ${this.engine}`;
    const opening = StudyMemory.open(join(this.folder, `${name}.json`), mark);
    this.opened.set(path, opening);
    return opening;
  }

  /** Writes what is new of a notebook. */
  save(path: string): Promise<void> {
    const saving = Promise.all([this.saving, this.opened.get(path)]).then(([, memory]) => memory?.save());
    this.saving = saving;
    return saving;
  }

  /** The same a little later: whoever asked need not wait for what helps the next. */
  saveSoon(path: string): void {
    if (this.timers.has(path)) return;
    const save = () => {
      this.timers.delete(path);
      void this.save(path);
    };
    this.timers.set(path, setTimeout(save, SOON_MS).unref());
  }

  /** Writes what is still to be written. */
  async close(): Promise<void> {
    for (const [path, timer] of this.timers) {
      clearTimeout(timer);
      void this.save(path);
    }
    this.timers.clear();
    await this.saving;
  }

  /** Removes what was written longest ago where there is too much, and what was never finished. */
  async tidy(): Promise<void> {
    const files: { path: string; written: number }[] = [];
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name);
      const info = await stat(path).catch(() => null);
      if (info !== null) files.push({ path, written: name.endsWith(".tmp") ? 0 : info.mtimeMs });
    }
    files.sort((a, b) => b.written - a.written);
    for (const { path, written } of files.slice(MOST_NOTEBOOKS).concat(files.filter((one) => one.written === 0)))
      if (written < Date.now() - 60_000) await rm(path, { force: true });
  }
}
