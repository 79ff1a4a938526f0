import { Cancelled } from "../engine/engine.ts";

/** Lets pieces of work go on one after another; what is called off while it waits is over at once. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = this.last;
    const turn = new Promise<T>((resolve, reject) => {
      const giveUp = () => reject(new Cancelled());
      signal.addEventListener("abort", giveUp, { once: true });
      void before.then(() => {
        signal.removeEventListener("abort", giveUp);
        if (signal.aborted) giveUp();
        else resolve(work());
      });
    });
    // Those behind it wait for those before it, even where it is over.
    this.last = Promise.allSettled([before, turn]);
    return turn;
  }
}
