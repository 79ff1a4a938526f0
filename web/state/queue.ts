interface Waiting {
  readonly urgency: number;
  readonly start: () => void;
}

/**
 * Lets only so many calls be under way at once. The more urgent go first and, among equals, the newest: it is what the
 * reader looks at now.
 */
export class Queue {
  #running = 0;
  readonly #waiting: Waiting[] = [];

  constructor(private readonly most: number) {}

  /** Makes the call when its turn has come; a call that is aborted before is never made. */
  async turn<T>(call: () => Promise<T>, { urgency, signal }: { urgency: number; signal: AbortSignal }): Promise<T> {
    if (this.#running >= this.most) await this.#wait(urgency, signal);
    signal.throwIfAborted();
    this.#running += 1;
    try {
      return await call();
    } finally {
      this.#running -= 1;
      this.#next();
    }
  }

  #wait(urgency: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        urgency,
        start: () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      const giveUp = () => {
        const place = this.#waiting.indexOf(waiting);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(waiting);
    });
  }

  #next(): void {
    if (this.#running >= this.most) return;
    let best = -1;
    this.#waiting.forEach((waiting, place) => {
      if (best < 0 || waiting.urgency >= (this.#waiting[best]?.urgency ?? 0)) best = place;
    });
    if (best >= 0) this.#waiting.splice(best, 1)[0]?.start();
  }
}
