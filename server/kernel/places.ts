/** As many kernels work as may. */
export class KernelsBusy extends Error {
  constructor(
    /** After which it may be worth asking again. */
    readonly seconds: number,
  ) {
    super("as many notebooks are at work as may be");
    this.name = "KernelsBusy";
  }
}

/** How long a question waits for a place; whoever asked would rather know after that. */
const PATIENCE_SECONDS = 5;

/** How often is looked anew: a kernel may end without a word. */
const LOOK_MS = 250;

/** Places for kernels that work: one that is taken is waited for a while. */
export class Places {
  private readonly waiting = new Set<() => void>();

  /** Waits until there is room; throws KernelsBusy where that takes too long. `hasRoom` is asked again whenever a place may be free. */
  async wait(hasRoom: () => boolean, signal: AbortSignal | undefined): Promise<void> {
    const until = performance.now() + PATIENCE_SECONDS * 1000;
    while (!hasRoom()) {
      const left = until - performance.now();
      if (left <= 0) throw new KernelsBusy(PATIENCE_SECONDS);
      await this.change(Math.min(left, LOOK_MS), signal);
    }
  }

  /** A kernel may have come to rest. */
  free(): void {
    for (const wake of this.waiting) wake();
  }

  private async change(ms: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal?.addEventListener("abort", wake, { once: true });
      this.waiting.add(wake);
    });
    signal?.throwIfAborted();
  }
}
