import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Subject } from "../subject.ts";
import type { KeyColumn } from "./keyed.ts";
import type { SiloFacts } from "./measure.ts";

/** Raised whenever the same files would give other facts than before. */
const GENERATION = 1;
const MOST_KEPT = 100;

/** Names what the facts depend on: the files' bytes, how they are read, and which columns are keys. */
export async function markOf(columns: readonly KeyColumn[], { plan, signal }: Subject): Promise<string> {
  const { files, engine } = plan.studies.request;
  const parts = [];
  for (const column of columns) {
    const hashes = [];
    for (const file of column.files) hashes.push(await files.fingerprints.of(file.absolute, signal));
    parts.push([column.source, column.column, column.type, column.canonical, hashes]);
  }
  const text = JSON.stringify([GENERATION, engine.version, parts]);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Facts that were measured before; null where there are none, or they can't be read. */
export async function keptFacts(folder: string, mark: string): Promise<SiloFacts | null> {
  try {
    const facts = JSON.parse(await readFile(join(folder, `${mark}.json`), "utf8")) as SiloFacts;
    return Array.isArray(facts.columns) && Array.isArray(facts.pairs) ? facts : null;
  } catch {
    // It is a cache: absent or damaged, the keys are compared again.
    return null;
  }
}

export async function keepFacts(folder: string, mark: string, facts: SiloFacts): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `${randomUUID()}.tmp`);
    await writeFile(temporary, JSON.stringify(facts));
    await rename(temporary, join(folder, `${mark}.json`));
    await forgetOldest(folder);
  } catch {
    // What can't be kept is measured again.
  }
}

async function forgetOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= MOST_KEPT) return;
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const oldest = aged.sort((a, b) => a.at - b.at).slice(0, names.length - MOST_KEPT);
  for (const { name } of oldest) await rm(join(folder, name), { force: true });
}
