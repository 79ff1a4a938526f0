import { parseNotebook } from "../notebook/parse.ts";
import { FIRST_NOTEBOOK } from "../run/first-notebook.ts";
import { KernelProcess, type KernelStart } from "./process.ts";

/** The next is started once whoever took the last one has had the machine for a while. */
const NEXT_AFTER_MS = 3_000;

/** A process that is started ahead, so that nobody who opens a notebook waits for it to load. */
export class Spare {
  private process: KernelProcess | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;

  constructor(private readonly start: KernelStart) {}

  /** Starts one where none stands ready. */
  prepare(): void {
    if (this.isClosed || this.process !== null) return;
    const process = new KernelProcess(this.start);
    this.process = process;
    void process.ask("prepare", null, {}).catch(() => undefined);
    // This process reads notebooks too.
    parseNotebook(FIRST_NOTEBOOK);
    void process.ended.then(() => {
      if (this.process === process) this.process = null;
    });
  }

  /** The one that stands ready, and then another is started before long; null where there is none. */
  take(): KernelProcess | null {
    const { process } = this;
    this.process = null;
    if (process !== null) this.timer = setTimeout(() => this.prepare(), NEXT_AFTER_MS).unref();
    return process;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.process?.end();
  }
}
