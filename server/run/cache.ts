import { randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { mkdir, open as openFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FileContents } from "../cells/kind.ts";
import type { Column } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import { type FileState, sameState, sha256Of, stateOf } from "./fingerprint.ts";
import type { KeyParts } from "./key.ts";
import { readManifest } from "./manifest.ts";

export interface StoredRelation {
  readonly suffix: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Name of its file in the key's folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A finding of the run; its line counts from the cell's fence, since the cell may move in the file. */
export type Finding = Omit<Problem, "cell">;

/** What is kept beside the Parquet files of one key. */
export interface Stored {
  readonly key: string;
  readonly parts: KeyParts;
  readonly ms: number;
  readonly relations: readonly StoredRelation[];
  readonly findings: readonly Finding[];
  /** Path below the data folder → what the file held, of the files that were read. */
  readonly files: Readonly<Record<string, FileContents>>;
}

export type Written = Pick<StoredRelation, "suffix" | "rows" | "columns">;

/** A folder to write a result into. */
export interface Target {
  path(suffix: string): string;
  /** Makes what was written the key's result, in one step. */
  keep(written: readonly Written[], about: Pick<Stored, "parts" | "ms" | "findings" | "files">): Promise<Stored>;
  /** Leaves nothing behind. */
  drop(): Promise<void>;
}

const MANIFEST = "result.json";

/** Files of a key with what told, when their bytes were last compared, that they were touched. */
export const INTACT = "intact.json";

/**
 * Results as Parquet files, one folder a key. A result is there once its manifest is: files have names of their own, so
 * that another process may replace a result while this one reads it.
 */
export class ResultCache {
  constructor(readonly folder: string) {}

  /** The result of a key, or null. One whose files are not as they were written is set aside. */
  async find(key: string): Promise<Stored | null> {
    const text = contentOf(join(this.folder, key, MANIFEST));
    if (text === null) return null;
    const stored = readManifest(key, text);
    if (stored === null) return this.setAside(key);
    for (const relation of stored.relations) {
      const info = statSync(this.path(stored, relation), { throwIfNoEntry: false });
      if (info?.size !== relation.bytes) return this.setAside(key);
    }
    return stored;
  }

  /**
   * The result, once its bytes have been compared with what was written, by whichever process, since they were last
   * touched; null where it had to be set aside.
   */
  async intactly(stored: Stored): Promise<Stored | null> {
    const folder = join(this.folder, stored.key);
    const before = readStates(contentOf(join(folder, INTACT)));
    const states: Record<string, FileState> = {};
    let isNew = false;
    for (const relation of stored.relations) {
      const path = this.path(stored, relation);
      const state = await stateOf(path).catch(() => null);
      const known = before[relation.file];
      const isKnown = state !== null && known !== undefined && sameState(state, known);
      if (!isKnown && (await sha256Of(path).catch(() => null)) !== relation.sha256) return this.setAside(stored.key);
      if (state !== null) states[relation.file] = state;
      isNew ||= !isKnown;
    }
    if (isNew) await keepStates(folder, states);
    const now = new Date();
    await utimes(join(this.folder, stored.key), now, now).catch(() => undefined);
    return stored;
  }

  /** Absolute path of a relation's file. */
  path(stored: Pick<Stored, "key">, relation: Pick<StoredRelation, "file">): string {
    return join(this.folder, stored.key, relation.file);
  }

  /** A folder for what a cell needs only while it runs. */
  async temporaryFolder(): Promise<string> {
    const folder = join(this.folder, `tmp-${process.pid}-${randomUUID()}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async open(key: string): Promise<Target> {
    const temporary = await this.temporaryFolder();
    const path = (suffix: string) => join(temporary, `result${suffix}.parquet`);
    const drop = () => rm(temporary, { recursive: true, force: true });
    return {
      path,
      drop,
      keep: async (written, about) => {
        const mark = randomUUID().slice(0, 8);
        const relations: StoredRelation[] = [];
        for (const { suffix, rows, columns } of written) {
          await durable(path(suffix));
          const { size } = await stat(path(suffix));
          const sha256 = await sha256Of(path(suffix));
          relations.push({ suffix, rows, columns, file: `result${suffix}.${mark}.parquet`, bytes: size, sha256 });
        }
        const stored: Stored = { key, ...about, relations };
        await writeFile(join(temporary, MANIFEST), JSON.stringify(stored), { flush: true });
        const folder = join(this.folder, key);
        await mkdir(folder, { recursive: true });
        const states: Record<string, FileState> = {};
        for (const relation of relations) {
          await rename(path(relation.suffix), join(folder, relation.file));
          states[relation.file] = await stateOf(join(folder, relation.file));
        }
        await rename(join(temporary, MANIFEST), join(folder, MANIFEST));
        await keepStates(folder, states);
        await drop();
        return stored;
      },
    };
  }

  private async setAside(key: string): Promise<null> {
    const aside = join(this.folder, `damaged-${key}-${randomUUID().slice(0, 8)}`);
    await rename(join(this.folder, key), aside).catch(() => undefined);
    return null;
  }
}

/** A plan looks for a result of every cell: small files that are read at once cost a tenth of what waiting for each does. */
function contentOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function readStates(text: string | null): Record<string, FileState | undefined> {
  try {
    return (JSON.parse(text ?? "{}") ?? {}) as Record<string, FileState>;
  } catch {
    return {};
  }
}

/** Without them the files are read through again, which is no fault. */
async function keepStates(folder: string, states: Readonly<Record<string, FileState>>): Promise<void> {
  const temporary = join(folder, `${INTACT}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, JSON.stringify(states));
    await rename(temporary, join(folder, INTACT));
  } catch {
    await rm(temporary, { force: true });
  }
}

/** The engine leaves its files to the system's memory; a manifest must never outlive what it names. */
async function durable(path: string): Promise<void> {
  const handle = await openFile(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
