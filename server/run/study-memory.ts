import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Study } from "../cells/kind.ts";
import type { InputValue } from "../language/vocabulary.ts";
import type { Answered } from "./questions.ts";

/** A cell's body as it was read, what its study found, and what that was built on. All of it can be JSON. */
export interface Remembered {
  readonly body: unknown;
  readonly canonical: string;
  /** Inputs whose values stand in the body, with these. */
  readonly values: Readonly<Record<string, InputValue["value"]>>;
  /** Lines of its problems count from the cell's fence. */
  readonly study: Study;
  readonly answered: readonly Answered[];
}

/** A notebook has few hundred cells, and each a few texts in which it was studied. */
const MOST_CELLS = 1_000;
const MOST_BYTES = 16 * 1024 ** 2;

/**
 * What the studies of one notebook's cells found, by what each depends on; kept in a file, so that the next process need
 * not look at every source again. A file that is damaged, or of another version, counts for nothing. What was read from
 * it is believed where something is shown, never where something is run.
 */
export class StudyMemory {
  private readonly entries = new Map<string, { readonly is: Remembered; isOwn: boolean }>();
  private isChanged = false;

  private constructor(
    private readonly file: string,
    /** Versions that studies depend on. */
    private readonly mark: string,
  ) {}

  static async open(file: string, mark: string): Promise<StudyMemory> {
    const memory = new StudyMemory(file, mark);
    const text = await readFile(file, "utf8").catch(() => "");
    for (const [key, is] of readEntries(text, mark)) memory.entries.set(key, { is, isOwn: false });
    return memory;
  }

  find(key: string): Remembered | null {
    const entry = this.entries.get(key);
    if (entry === undefined) return null;
    // The last used are at the end.
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.is;
  }

  /** Whether what is remembered was found by this process itself. */
  isOwn(key: string): boolean {
    return this.entries.get(key)?.isOwn ?? false;
  }

  keep(key: string, is: Remembered): void {
    this.entries.delete(key);
    this.entries.set(key, { is, isOwn: true });
    this.isChanged = true;
    const [oldest] = this.entries.keys();
    if (this.entries.size > MOST_CELLS && oldest !== undefined) this.entries.delete(oldest);
  }

  forget(key: string): void {
    this.isChanged = this.entries.delete(key) || this.isChanged;
  }

  /** Writes the file where there is something new. */
  async save(): Promise<void> {
    if (!this.isChanged) return;
    this.isChanged = false;
    const temporary = `${this.file}.${randomUUID()}.tmp`;
    try {
      await mkdir(dirname(this.file), { recursive: true });
      await writeFile(temporary, this.text());
      await rename(temporary, this.file);
    } catch {
      // It is remembered here; another process studies again.
    }
  }

  private text(): string {
    const kept: string[] = [];
    let bytes = 0;
    for (const [key, { is }] of [...this.entries].reverse()) {
      const text = JSON.stringify([key, is]);
      bytes += text.length;
      if (bytes > MOST_BYTES) break;
      kept.push(text);
    }
    const body = `[${kept.reverse().join(",\n")}]`;
    return `${this.mark} ${sumOf(body)}\n${body}`;
  }
}

function readEntries(text: string, mark: string): [string, Remembered][] {
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (text.slice(0, Math.max(0, end)) !== `${mark} ${sumOf(body)}`) return [];
  try {
    return JSON.parse(body) as [string, Remembered][];
  } catch {
    return [];
  }
}

function sumOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
