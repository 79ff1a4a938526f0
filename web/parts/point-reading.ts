import type { ReactiveControllerHost } from "lit";

export interface Read {
  /** How many points there are. */
  readonly count: () => number;
  /** Where each stands, in the units of `width`. */
  readonly places: () => readonly { readonly x: number }[];
  readonly width: () => number;
  /** What is asked of the point at hand, null for none. */
  readonly ask: (at: number | null) => void;
}

/** Goes along the points of a course, by pointer or by keys, one of them at hand. */
export class PointReading {
  at: number | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly read: Read,
  ) {}

  readonly hover = (event: PointerEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.read.width();
    const places = this.read.places();
    let nearest = 0;
    places.forEach((place, index) => {
      const best = places[nearest];
      if (best && Math.abs(place.x - x) < Math.abs(best.x - x)) nearest = index;
    });
    this.#stand(nearest);
  };

  readonly leave = (): void => this.#stand(null);

  readonly press = (): void => this.read.ask(this.at);

  readonly key = (event: KeyboardEvent): void => {
    const last = this.read.count() - 1;
    const now = this.at ?? last;
    const moves: Record<string, number> = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      PageDown: now - 7,
      PageUp: now + 7,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (event.key === "Enter") this.read.ask(this.at);
    else if (event.key === "Escape" && this.at !== null) this.#stand(null);
    else if (to !== undefined) this.#stand(Math.max(0, Math.min(last, to)));
    else return;
    event.preventDefault();
  };

  #stand(at: number | null): void {
    if (at === this.at) return;
    this.at = at;
    this.host.requestUpdate();
  }
}
