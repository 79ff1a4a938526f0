import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { own } from "../notebook/own.ts";
import { type KeyParts, keyPartsSchema } from "./key.ts";
import type { CellView } from "./view.ts";

/** What is remembered of a notebook's last run: nothing of it is needed to compute, all of it to explain. */
export interface LastRun {
  /** What `now` meant, so that looking at the notebook later shows the same results. Milliseconds since 1970. */
  readonly now: number | null;
  /** Cell → the parts of its last key, so that a stale mark can say what changed. */
  readonly parts: Readonly<Record<string, KeyParts>>;
  /** Cell → when the run computed it. */
  readonly spans: Readonly<Record<string, NonNullable<CellView["span"]>>>;
  /** Cell that did not come to a result when it was last run → its key then. */
  readonly unfinished: Readonly<Record<string, Unfinished>>;
}

export interface Unfinished {
  readonly key: string;
  readonly how: "failed" | "was cancelled";
}

/** What is remembered of one cell. */
export interface LastOfCell {
  readonly parts: KeyParts | null;
  readonly span: CellView["span"];
  readonly unfinished: Unfinished | null;
}

export function lastOf({ parts, spans, unfinished }: LastRun, cell: string): LastOfCell {
  return { parts: own(parts, cell) ?? null, span: own(spans, cell) ?? null, unfinished: own(unfinished, cell) ?? null };
}

const NOTHING: LastRun = { now: null, parts: {}, spans: {}, unfinished: {} };

/** The greatest number of milliseconds that is a moment. */
const LATEST = 8.64e15;

/** Whatever is damaged is as if it had not been kept. */
const schema = z
  .object({
    now: z.number().min(-LATEST).max(LATEST).nullable().catch(null),
    parts: kept(keyPartsSchema),
    spans: kept(z.object({ from: z.number(), to: z.number().nullable() })),
    unfinished: kept(z.object({ key: z.string(), how: z.enum(["failed", "was cancelled"]) })),
  })
  .catch(NOTHING);

function kept<T>(of: z.ZodType<T>) {
  const entries = z.record(z.string(), of.nullable().catch(null)).catch({});
  return entries.transform((all) => {
    return Object.fromEntries(Object.entries(all).flatMap(([cell, value]) => (value === null ? [] : [[cell, value]])));
  }) as z.ZodType<Record<string, T>>;
}

/** One small file a notebook, below the workspace's state. */
export class LastRuns {
  constructor(private readonly folder: string) {}

  async read(path: string): Promise<LastRun> {
    try {
      return schema.parse(JSON.parse(await readFile(this.file(path), "utf8")));
    } catch {
      return NOTHING;
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
