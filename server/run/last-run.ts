import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KeyParts } from "./key.ts";
import type { CellView } from "./view.ts";

/** What is remembered of a notebook's last run: nothing of it is needed to compute, all of it to explain. */
export interface LastRun {
  /** What `now` meant, so that looking at the notebook later shows the same results. Milliseconds since 1970. */
  readonly now: number | null;
  /** Cell → the parts of its last key, so that a stale mark can say what changed. */
  readonly parts: Readonly<Record<string, KeyParts>>;
  /** Cell → when the run computed it. */
  readonly spans: Readonly<Record<string, NonNullable<CellView["span"]>>>;
}

/** One small file a notebook, below the workspace's state. */
export class LastRuns {
  constructor(private readonly folder: string) {}

  async read(path: string): Promise<LastRun> {
    try {
      const run = JSON.parse(await readFile(this.file(path), "utf8")) as Partial<LastRun>;
      return { now: typeof run.now === "number" ? run.now : null, parts: run.parts ?? {}, spans: run.spans ?? {} };
    } catch {
      return { now: null, parts: {}, spans: {} };
    }
  }

  async write(path: string, run: LastRun): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const temporary = `${this.file(path)}.${randomUUID()}.tmp`;
    await writeFile(temporary, JSON.stringify(run), { flush: true });
    await rename(temporary, this.file(path));
  }

  private file(path: string): string {
    return join(this.folder, `${createHash("sha256").update(path).digest("hex").slice(0, 16)}.json`);
  }
}
