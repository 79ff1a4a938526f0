import type { ReactiveController, ReactiveControllerHost } from "lit";

interface MeasuredHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

export interface WidthRequest {
  /** Selects the part that is measured. */
  of: string;
  /** What it is taken for before it is drawn. */
  first: number;
  /** In pixels; nothing is drawn narrower. */
  least: number;
}

/** The width of a part of an element in pixels; draws the element again when it changes. */
export class MeasuredWidth implements ReactiveController {
  readonly #host: MeasuredHost;
  readonly #request: WidthRequest;
  #observer: ResizeObserver | null = null;
  #seen: Element | null = null;
  value: number;

  constructor(host: MeasuredHost, request: WidthRequest) {
    this.#host = host;
    this.#request = request;
    this.value = request.first;
    host.addController(this);
  }

  hostUpdated(): void {
    const part = this.#host.renderRoot.querySelector(this.#request.of);
    if (part === this.#seen) return;
    this.hostDisconnected();
    if (part === null) return;
    this.#seen = part;
    this.#observer = new ResizeObserver(([entry]) => {
      const width = Math.max(this.#request.least, Math.round(entry?.contentRect.width ?? 0));
      if (width === this.value) return;
      this.value = width;
      this.#host.requestUpdate();
    });
    this.#observer.observe(part);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#seen = null;
  }
}
