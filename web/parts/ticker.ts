import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Re-renders its element at a steady pace for as long as something goes on. */
export class Ticker implements ReactiveController {
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly goesOn: () => boolean,
    private readonly pace = 200,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.goesOn()) this.hostDisconnected();
    else this.#timer ??= setInterval(() => this.host.requestUpdate(), this.pace);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
