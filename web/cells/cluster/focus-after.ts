import type { ReactiveController, ReactiveControllerHost } from "lit";

/** What comes in the place of a button that is pressed. */
interface Coming {
  isThere(): boolean;
  element(): HTMLElement | null;
}

/** Frames in which what has come is drawn, with what is inside of it. */
const FRAMES = 20;

/** Gives the focus to what came in the place of a button that had it, unless it is elsewhere by then. */
export class FocusAfter implements ReactiveController {
  #coming: Coming | null = null;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  expect(coming: Coming): void {
    this.#coming = coming;
  }

  hostUpdated(): void {
    const coming = this.#coming;
    if (coming === null || !coming.isThere()) return;
    this.#coming = null;
    give(coming, FRAMES);
  }
}

function give(coming: Coming, frames: number): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const element = coming.element();
    if (element !== null) element.focus();
    else if (frames > 1) give(coming, frames - 1);
  });
}
