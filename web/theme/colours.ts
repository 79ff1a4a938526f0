import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Redraws its element when the page's theme changes, and reads tokens where CSS can't: in charts and series. */
export class ThemeColours implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: MutationObserver | null = null;
  #series: string[] | null = null;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#series = null;
    this.#observer = new MutationObserver(() => {
      this.#series = null;
      this.#host.requestUpdate();
    });
    this.#observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  /** The value of one token, such as `--ink-2`. */
  token(name: string): string {
    return getComputedStyle(this.#host).getPropertyValue(name).trim();
  }

  /** All colours of the series, in order. */
  series(): string[] {
    if (this.#series === null) this.#series = this.token("--series").split(/\s+/).filter(Boolean);
    return this.#series;
  }

  /** The colour of series `index` from 0; they come round again after the last. */
  at(index: number): string {
    const colours = this.series();
    return colours[index % colours.length] ?? "currentColor";
  }
}
