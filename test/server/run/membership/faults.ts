import { readFile, writeFile as write } from "node:fs/promises";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { join } from "node:path";

/**
 * What goes wrong at one operation: it fails, or the process ends before it, in its middle, or once it is done. Of a
 * process that has ended nothing more reaches the disk: no later operation, and no clearing up.
 */
export const FAULTS = ["fails", "ends before", "ends within", "ends after"] as const;

export interface Fault {
  /** Which operation below the folder, from 1. */
  readonly at: number;
  readonly how: (typeof FAULTS)[number];
}

type Operation = (...args: unknown[]) => Promise<unknown>;

const files = createRequire(import.meta.url)("node:fs/promises") as Record<string, Operation>;

/** Operations that change something on the disk, each with the place of the path that they change. */
const CHANGING: Readonly<Record<string, number>> = { mkdir: 0, writeFile: 0, rename: 1, link: 1, rm: 0 };

/** Does work while one operation below a folder goes wrong; gives the names of those that came to it, and how it ended. */
export async function withFault<T>(
  folder: string,
  fault: Fault | null,
  work: () => Promise<T>,
): Promise<{ readonly operations: string[]; readonly ended: T | Error }> {
  const operations: string[] = [];
  let isDead = false;
  const run = async (name: string, path: unknown, change: () => Promise<unknown>, half: () => Promise<unknown>) => {
    if (!String(path).startsWith(folder)) return change();
    if (isDead) throw new Error("the process has ended");
    operations.push(name);
    if (fault === null || operations.length !== fault.at) return change();
    if (fault.how === "fails")
      throw Object.assign(new Error(`EIO: i/o error, ${name}`), { code: "EIO", syscall: name });
    isDead = true;
    if (fault.how === "ends within") await half();
    if (fault.how === "ends after") await change();
    throw new Error("the process has ended");
  };
  const before = new Map(["open", ...Object.keys(CHANGING)].map((name) => [name, files[name]]));
  for (const [name, place] of Object.entries(CHANGING)) {
    const real = files[name];
    if (real === undefined) throw new Error(`no operation ${name}`);
    files[name] = (...args) => {
      // Of all these a write alone can end in its middle.
      const half = async () =>
        name === "writeFile" ? real(args[0], String(args[1]).slice(0, String(args[1]).length / 2)) : undefined;
      return run(name, args[place], () => real(...args), half);
    };
  }
  files.open = async (...args) => {
    const handle = (await before.get("open")?.(...args)) as { sync(): Promise<void> };
    const sync = handle.sync.bind(handle);
    const nothing = async () => undefined;
    handle.sync = () => run("sync", args[0], sync, nothing) as Promise<void>;
    return handle;
  };
  syncBuiltinESMExports();
  try {
    const ended = await work().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    return { operations, ended };
  } finally {
    for (const [name, real] of before) if (real !== undefined) files[name] = real;
    syncBuiltinESMExports();
    if (isDead) await bury(folder);
  }
}

/** What a process that has ended had taken is a dead one's. */
async function bury(folder: string): Promise<void> {
  const lock = join(folder, "recording.json");
  const text = await readFile(lock, "utf8").catch(() => null);
  if (text !== null) await write(lock, text.replace(/"pid":\d+/, '"pid":999999999'));
}
