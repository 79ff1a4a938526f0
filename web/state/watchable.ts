import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Something with a state that others may watch. */
export class Watchable {
  readonly #watchers = new Set<() => void>();

  /** Calls `watcher` after every change until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  protected changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/** Re-renders its element whenever one of the watched states changes; which they are may change with the element's properties. */
export class Watch implements ReactiveController {
  #held = new Map<Watchable, () => void>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly states: () => readonly (Watchable | null | undefined)[],
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    const wanted = new Set(this.states().filter((state) => state instanceof Watchable));
    for (const [state, release] of this.#held) {
      if (wanted.has(state)) continue;
      release();
      this.#held.delete(state);
    }
    for (const state of wanted) {
      if (!this.#held.has(state))
        this.#held.set(
          state,
          state.watch(() => this.host.requestUpdate()),
        );
    }
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    for (const release of this.#held.values()) release();
    this.#held.clear();
  }
}
