/** Does something once it has not been asked for during a while; `now` does it at once. */
export class Debounce {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly wait: number,
    private readonly act: () => void,
  ) {}

  /** Asks for it; asking again starts the wait anew. */
  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), this.wait);
  }

  /** Asks for it; asking again does not put it off, so that it is done within the wait. */
  within(): void {
    this.#timer ??= setTimeout(() => this.now(), this.wait);
  }

  get isWaiting(): boolean {
    return this.#timer !== undefined;
  }

  now(): void {
    this.stop();
    this.act();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
