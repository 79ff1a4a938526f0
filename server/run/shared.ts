import { setMaxListeners } from "node:events";
import { Cancelled } from "../engine/engine.ts";

/** Work that is done once for several who ask; once the last of them has left, it is ended. */
export class Shared<T> {
  private readonly controller = new AbortController();
  private readonly result: Promise<T>;
  private waiting = 0;
  private isDone = false;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    // Every statement and file of the work listens to it.
    setMaxListeners(0, this.controller.signal);
    this.result = work(this.controller.signal);
    const done = () => {
      this.isDone = true;
    };
    // Whoever asks hears of a failure.
    this.result.then(done, done);
  }

  /** Whether nobody is left to ask for it: it has no result. */
  get isEnded(): boolean {
    return this.controller.signal.aborted;
  }

  /** The result; rejects with Cancelled where this asker's signal fires before it is there. */
  async of(signal: AbortSignal): Promise<T> {
    if (signal.aborted) throw new Cancelled();
    this.waiting += 1;
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(new Cancelled());
    });
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([this.result, left]);
    } finally {
      signal.removeEventListener("abort", leave);
      this.waiting -= 1;
      if (signal.aborted && this.waiting === 0 && !this.isDone) this.controller.abort();
    }
  }
}
