import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Whether the page is wide enough for its side columns; re-renders its element when that changes. */
export class Wide implements ReactiveController {
  readonly #query = matchMedia("(min-width: 900px)");
  readonly #changed = () => this.host.requestUpdate();

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  get value(): boolean {
    return this.#query.matches;
  }

  hostConnected(): void {
    this.#query.addEventListener("change", this.#changed);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener("change", this.#changed);
  }
}
