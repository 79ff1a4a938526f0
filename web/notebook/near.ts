import type { ReactiveController, ReactiveControllerHost } from "lit";

const MARGIN = "800px 0px";

/** Whether an element has come near to what is seen; once it has, it stays so. What is far away is not worth reading yet. */
export class Near implements ReactiveController {
  #near = false;
  #observer: IntersectionObserver | null = null;

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  get value(): boolean {
    return this.#near;
  }

  hostConnected(): void {
    if (this.#near) return;
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), {
      root: scrollerOf(this.host),
      rootMargin: MARGIN,
    });
    this.#observer.observe(this.host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    this.#near = true;
    this.hostDisconnected();
    this.host.requestUpdate();
  }
}

// A margin counts only around the root itself, so that must be what scrolls: the page's main part, across shadow roots.
export function scrollerOf(element: Element): Element | null {
  for (let at: Node | null = element; at !== null; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    if (at instanceof Element && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return null;
}
