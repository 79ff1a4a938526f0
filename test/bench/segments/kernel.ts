import { readFileSync } from "node:fs";
import { Kernel } from "../../../server/kernel/kernel.ts";
import type { RunAsk } from "../../../server/run/asks.ts";
import { defaultLimits, type Limits } from "../../../server/run/limits.ts";
import type { PreviewAsk } from "../../../server/run/preview/preview.ts";
import type { PreviewView } from "../../../server/run/preview/view.ts";
import { WHOLE_RUN } from "../../../server/run/whole-run.ts";

/** A kernel on a workspace, as the server starts one, with runs of one notebook. */
export class BenchKernel {
  readonly limits: Limits;
  private readonly kernel: Kernel;

  /** `Start`: the class of kernels as it was built, where they are to be as a command starts them. */
  constructor(root: string, Start = Kernel) {
    this.limits = defaultLimits(root);
    const onLost = (how: string) => process.stderr.write(`the kernel ended: ${how}\n`);
    this.kernel = new Start({ root, limits: this.limits, priority: "normal", onLost });
  }

  /** Milliseconds that a run takes, as whoever asks for it waits for it; throws where a cell fails. */
  async run(text: string, more: Partial<RunAsk> = {}): Promise<number> {
    const started = performance.now();
    const ask = { path: "notebooks/bench.md", text, set: {}, asOf: null, ...WHOLE_RUN, ...more };
    const { state, cells } = await this.kernel.ask("run", ask);
    const ms = performance.now() - started;
    const problems = cells.flatMap((cell) => cell.problems.filter(({ severity }) => severity === "error"));
    if (state !== "done") throw new Error(`${state}: ${problems.map(({ message }) => message).join(" ")}`);
    return ms;
  }

  /** Sizes of a rule that is being written. */
  async preview(text: string, more: Omit<PreviewAsk, "path" | "text" | "set" | "asOf">): Promise<PreviewView> {
    const found = await this.kernel.ask("preview", { path: "notebooks/bench.md", text, set: {}, asOf: null, ...more });
    if ("code" in found) throw new Error(found.message);
    return found;
  }

  /** The file of a cell's relation. */
  async file(text: string, relation: string): Promise<string> {
    const ask = { path: "notebooks/bench.md", text, set: {}, asOf: null, relation, key: null };
    const found = await this.kernel.ask("file", ask);
    if (!("file" in found)) throw new Error(found.message);
    return found.file;
  }

  /** The most memory that the process has had since it began, in bytes. */
  peak(): number {
    const status = readFileSync(`/proc/${this.kernel.pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  }

  /** Time of the processor that the process has taken, in milliseconds. */
  cpu(): number {
    const [, rest = ""] = readFileSync(`/proc/${this.kernel.pid}/stat`, "utf8").split(") ");
    const [user = 0, system = 0] = rest.split(" ").slice(11, 13).map(Number);
    return (user + system) * 10;
  }

  /** Ends the process, so that the next run starts with another. */
  async rest(): Promise<void> {
    await this.kernel.close();
  }
}
