import { readFileSync } from "node:fs";

export interface Measures {
  /** Seconds of all threads of the process. */
  readonly cpu: number;
  /** Seconds on the clock. */
  readonly wall: number;
  /** The most memory that the process has had so far, MB. */
  readonly peak: number;
}

export async function measured<R>(work: () => Promise<R>): Promise<Measures & { readonly result: R }> {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpu: (user + system) / 1e6, wall: (performance.now() - started) / 1000, peak: peakMegabytes() };
}

function peakMegabytes(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS / 1024;
  // Not maxRSS: a child inherits that from the process that started it.
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
