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
  /** Tells what this process has from what it had, and could not remove; empty where it is not said. */
  readonly taking: string;
}

/** What is this process's until it is released. */
export interface Taken {
  release(): Promise<void>;
}

/** What this process has, or is about to. */
const held = new Set<string>();

/** Takes what a file stands for, or tells the live process that has it; what a dead one left is set aside. */
export async function takeFile(file: string): Promise<Taken | { readonly taken: Owner }> {
  await mkdir(dirname(file), { recursive: true });
  // A name that nobody can foresee, and lay a link under.
  const taking = randomUUID();
  const own = `${file}.${process.pid}-${taking.slice(0, 8)}`;
  const text = JSON.stringify({ pid: process.pid, started: startOf(process.pid), taking } satisfies Owner);
  let isTaken = false;
  held.add(taking);
  try {
    await writeFile(own, text, { flag: "wx" });
    for (;;) {
      // Unlike a write or a rename, a link fails where the name is taken, and is whole at once.
      isTaken = await link(own, file).then(() => true, ifExists);
      if (isTaken) break;
      const before = await readFile(file, "utf8").catch(() => null);
      if (before === null) continue;
      const owner = ownerIn(before);
      if (owner !== null && isHeld(owner)) return { taken: owner };
      // Another that starts at this moment may have done the same, and taken it already.
      const aside = `${own}.left`;
      await rename(file, aside).catch(() => undefined);
      const moved = await readFile(aside, "utf8").catch(() => null);
      if (moved !== null && moved !== before) await link(aside, file).catch(() => undefined);
      await rm(aside, { force: true });
    }
  } finally {
    if (!isTaken) held.delete(taking);
    // It stands for nothing any more; whoever clears up takes what can't be removed now.
    await rm(own, { force: true }).catch(() => undefined);
  }
  return {
    release: async () => {
      held.delete(taking);
      const isOwn = (await readFile(file, "utf8").catch(() => "")) === text;
      if (isOwn) await rm(file, { force: true }).catch(() => undefined);
    },
  };
}

function isHeld({ pid, started, taking }: Owner): boolean {
  if (!isAlive(pid) || startOf(pid) !== started) return false;
  return pid !== process.pid || taking === "" || held.has(taking);
}

function ifExists(error: unknown): boolean {
  if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
  throw error;
}

function ownerIn(text: string): Owner | null {
  try {
    const { pid, started, taking = "" } = JSON.parse(text) as Partial<Owner>;
    const isProcess = pid !== undefined && Number.isSafeInteger(pid) && pid > 0;
    return isProcess ? { pid, started: String(started), taking: String(taking) } : null;
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
