/** Hidden pages draw no frames; what was heard must get on all the same. */
const LONGEST_WAIT = 100;

/** Gathers what comes and hands it on together, once a frame: many small messages then draw the page once. */
export class PerFrame<T> {
  #gathered: T[] = [];
  #frame: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly take: (gathered: readonly T[]) => void) {}

  add(one: T): void {
    this.#gathered.push(one);
    this.#frame ??= requestAnimationFrame(this.#hand);
    this.#timer ??= setTimeout(this.#hand, LONGEST_WAIT);
  }

  /** Forgets what has not been handed on. */
  stop(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = undefined;
    this.#timer = undefined;
    this.#gathered = [];
  }

  readonly #hand = (): void => {
    const gathered = this.#gathered;
    this.stop();
    this.take(gathered);
  };
}
