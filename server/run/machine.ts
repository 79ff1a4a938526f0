import { readFileSync, statfsSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";

/** What this process may use of the machine, a container's bounds counted. */
export interface Machine {
  readonly cores: number;
  /** In bytes. */
  readonly memory: number;
  /** Free bytes where the workspace lies. */
  readonly disk: number;
}

export function machine(folder: string): Machine {
  // Node names no bound as 0, or as a number that no machine has.
  const constrained = process.constrainedMemory();
  const memory = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return { cores: Math.min(availableParallelism(), quota()), memory, disk: freeBytes(folder) };
}

/** Cores' worth of time that the control group is given, rounded up; Node 20 counts only those it is pinned to. */
function quota(): number {
  try {
    const [time, period] = readFileSync("/sys/fs/cgroup/cpu.max", "utf8").trim().split(" ").map(Number);
    const cores = (time ?? 0) / (period ?? 0);
    return cores > 0 ? Math.max(1, Math.ceil(cores)) : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
