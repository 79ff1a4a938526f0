import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { isAlive } from "./tidy.ts";

/** Who has something that one process at a time may have. */
export interface Owner {
  readonly pid: number;
  /** Tells the process from a later one of the same id; empty where the system does not say. */
  readonly started: string;
}

/** What is this process's until it is released. */
export interface Taken {
  release(): Promise<void>;
}

/** Takes what a file stands for, or tells the live process that has it; what a dead one left is set aside. */
export async function takeFile(file: string): Promise<Taken | { readonly taken: Owner }> {
  await mkdir(dirname(file), { recursive: true });
  // A name that nobody can foresee, and lay a link under.
  const own = `${file}.${process.pid}-${randomUUID().slice(0, 8)}`;
  const text = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Owner);
  await writeFile(own, text, { flag: "wx" });
  try {
    for (;;) {
      // Unlike a write or a rename, a link fails where the name is taken, and is whole at once.
      if (await link(own, file).then(() => true, ifExists)) break;
      const before = await readFile(file, "utf8").catch(() => null);
      if (before === null) continue;
      const owner = ownerIn(before);
      if (owner !== null && isAlive(owner.pid) && startOf(owner.pid) === owner.started) return { taken: owner };
      // Another that starts at this moment may have done the same, and taken it already.
      const aside = `${own}.left`;
      await rename(file, aside).catch(() => undefined);
      const moved = await readFile(aside, "utf8").catch(() => null);
      if (moved !== null && moved !== before) await link(aside, file).catch(() => undefined);
      await rm(aside, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
  return {
    release: async () => {
      if ((await readFile(file, "utf8").catch(() => "")) === text) await rm(file, { force: true });
    },
  };
}

function ifExists(error: unknown): boolean {
  if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
  throw error;
}

function ownerIn(text: string): Owner | null {
  try {
    const { pid, started } = JSON.parse(text) as Owner;
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, started: String(started) } : null;
  } catch {
    return null;
  }
}

/** Ticks from the machine's start to the process's (proc(5), stat, field 22): ids are given anew, these are not. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
