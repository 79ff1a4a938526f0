import { Cancelled } from "../engine/engine.ts";
import type { AlertKeeper } from "../run/alerts/keeper.ts";
import { type AskOptions, KernelLost, KernelProcess, type KernelStart } from "./process.ts";
import type { Operation, Operations } from "./protocol.ts";
import type { Spare } from "./spare.ts";

export { KernelFault, KernelLost } from "./process.ts";

/** What a run came to is told by whoever follows it; all else only looks, and may be asked again. */
const ASKED_ONCE: ReadonlySet<Operation> = new Set(["run", "compare", "cancelCell"]);

/** A notebook's kernel: one child process, started by the first question and, once it has ended, again by the next. */
export class Kernel {
  private process: KernelProcess | null = null;
  private resting: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly options: KernelStart & {
      /** The process ended unasked, and how. */
      readonly onLost: (how: string) => void;
      /** Nothing is asked of it any more. */
      readonly onRest?: () => void;
      /** Milliseconds without a question after which the process is put away; the next question starts another. */
      readonly idle?: number;
      /** Where a process may stand ready. */
      readonly spare?: Spare;
      /** Whoever knows where evidence starts anew, which goes with each question; absent where it does nowhere. */
      readonly alerts?: Pick<AlertKeeper, "follow" | "rebaselines">;
    },
  ) {}

  /** Process id while it runs. */
  get pid(): number | null {
    return this.process?.pid ?? null;
  }

  get isBusy(): boolean {
    return this.process?.isBusy ?? false;
  }

  /**
   * Rejects with Cancelled where the signal fires, with KernelLost where the process ends meanwhile: at once for what
   * runs, else where the next one ends too.
   */
  async ask<K extends Operation>(
    operation: K,
    ask: Operations[K]["ask"],
    options: AskOptions = {},
  ): Promise<Operations[K]["answer"]> {
    try {
      return await this.askOnce(operation, ask, options);
    } catch (error) {
      if (!(error instanceof KernelLost) || error.isOwnFault || this.isClosed || ASKED_ONCE.has(operation)) throw error;
      return this.askOnce(operation, ask, options);
    }
  }

  private async askOnce<K extends Operation>(
    operation: K,
    ask: Operations[K]["ask"],
    options: AskOptions,
  ): Promise<Operations[K]["answer"]> {
    if (options.signal?.aborted) throw new Cancelled();
    const process = this.process ?? this.start();
    clearTimeout(this.resting);
    try {
      return await process.ask(operation, this.whole(ask), options);
    } finally {
      this.rest();
    }
  }

  async close(): Promise<void> {
    const { process } = this;
    this.process = null;
    this.isClosed = true;
    clearTimeout(this.resting);
    await process?.end();
  }

  /** A question about a notebook with what the kernel can't look up by itself: the state is not its own. */
  private whole<T>(ask: T): T {
    const { alerts } = this.options;
    if (alerts === undefined || typeof ask !== "object" || ask === null || !("path" in ask)) return ask;
    if (typeof ask.path !== "string") return ask;
    // What is to be recorded goes on from what was, whatever its monitors were called then.
    if ("refresh" in ask && ask.refresh === true && "text" in ask) alerts.follow(ask.path, String(ask.text));
    return { ...ask, rebaselines: alerts.rebaselines(ask.path) };
  }

  private rest(): void {
    const { onRest, idle } = this.options;
    if (!this.isBusy) onRest?.();
    clearTimeout(this.resting);
    if (idle === undefined || this.process === null) return;
    this.resting = setTimeout(() => (this.isBusy ? this.rest() : void this.close()), idle);
    this.resting.unref();
  }

  private start(): KernelProcess {
    const lost = (how: string) => {
      if (this.process !== process) return;
      // Whoever asks next gets a new one, and need not wait for this one's end.
      this.process = null;
      this.options.onLost(how);
    };
    const process = this.options.spare?.take() ?? new KernelProcess(this.options);
    process.onStuck = (how) => {
      lost(how);
      void process.end();
    };
    this.process = process;
    this.isClosed = false;
    void process.ended.then(lost);
    return process;
  }
}
