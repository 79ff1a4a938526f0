import type { Kernels } from "./kernels.ts";
import type { Helpers } from "./shared-work.ts";

/** How a long computation is done, watched and stopped. */
export interface Watch {
  /** Absent or null where WebAssembly SIMD is missing: the plain twins then compute the same, four to five times slower. */
  readonly kernels?: Kernels | null | undefined;
  /** Absent or null where all is computed in this thread. */
  readonly helpers?: Helpers | null | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told now and then how much is done, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Milliseconds of work between two looks at the signal. */
const BEAT = 40;

/**
 * Lets a long loop give way to the event loop, so that it can be cancelled and reports how far it is.
 * Ask `due()` often (it is cheap) and await `rest()` where it says so; time steers only when, never what, is computed.
 */
export class Pace {
  readonly kernels: Kernels | null;
  readonly helpers: Helpers | null;
  readonly #watch: Watch;
  #next: number;

  constructor(watch: Watch) {
    watch.signal?.throwIfAborted();
    this.kernels = watch.kernels ?? null;
    this.helpers = watch.helpers ?? null;
    this.#watch = watch;
    this.#next = performance.now() + BEAT;
  }

  /** For a part of the work, which takes it from one share of the whole to another. */
  part(from: number, to: number): Pace {
    const { onProgress } = this.#watch;
    return new Pace({ ...this.#watch, onProgress: (share) => onProgress?.(from + (to - from) * share) });
  }

  /** True where the loop should rest now. */
  due(): boolean {
    return performance.now() >= this.#next;
  }

  /** Gives way once; rejects with the signal's reason where the work is no longer wanted. */
  async rest(share: number): Promise<void> {
    this.#watch.onProgress?.(share);
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#watch.signal?.throwIfAborted();
    this.#next = performance.now() + BEAT;
  }
}
