import { Cancelled } from "./engine.ts";

/** Milliseconds of work between two breaths. */
const BEAT = 40;

/** Lets a long loop over values give way now and then, so that the process answers and the loop can be cancelled. */
export class Breath {
  private next = performance.now() + BEAT;

  constructor(private readonly signal: AbortSignal | undefined) {}

  /** Cheap where it is not yet time; throws Cancelled where the loop is no longer wanted. */
  async take(): Promise<void> {
    if (performance.now() < this.next) return;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.signal?.aborted) throw new Cancelled();
    this.next = performance.now() + BEAT;
  }
}
