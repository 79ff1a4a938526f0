import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { base } from "../theme/base.ts";
import { activeElement } from "./active-element.ts";
import "./button.ts";
import { emit } from "./emit.ts";

export interface Toast {
  id: string;
  message: string;
  tone?: "plain" | "failed";
  /** What can be done about it, in a word: `Undo`. */
  action?: string;
  /** How long it stays; failures stay until they are dismissed. */
  seconds?: number;
}

const SECONDS = 8;

/**
 * The corner where the page says what it did. Stands in the page from the start, so that what it says is announced.
 * Events: `act` and `dismiss`, each with `{ id }`; whoever holds the list takes the toast out of it.
 */
@customElement("seg-toast")
export class SegToast extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        position: fixed;
        right: var(--gap-4);
        bottom: var(--gap-4);
        z-index: 40;
        display: grid;
        gap: var(--gap-2);
        width: min(400px, calc(100vw - 32px));
        pointer-events: none;
      }
      .stack {
        display: grid;
        gap: var(--gap-2);
      }
      .toast {
        display: grid;
        grid-template-columns: 1fr auto auto;
        align-items: center;
        gap: var(--gap-1);
        padding: 6px 6px 6px 14px;
        border-radius: var(--radius);
        background: var(--ink);
        color: var(--paper);
        font: var(--size-2) / 1.5 var(--font);
        box-shadow: var(--shadow), 0 8px 28px rgb(0 0 0 / 0.16);
        pointer-events: auto;
        animation: rise 0.16s ease-out;
      }
      .failed {
        background: var(--card);
        color: var(--ink);
        border: 1px solid var(--failed);
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(8px);
        }
      }
      button {
        min-height: 28px;
        padding: 2px 9px;
        border: 0;
        border-radius: 6px;
        background: none;
        color: inherit;
        font: 600 var(--size-2) / 1.5 var(--font);
        cursor: pointer;
      }
      button:hover {
        background: color-mix(in oklab, currentColor 14%, transparent);
      }
      button:focus-visible {
        outline-color: currentColor;
        outline-offset: -2px;
      }
      .dismiss {
        font-weight: 400;
        opacity: 0.82;
      }
    `,
  ];

  @property({ attribute: false }) toasts: Toast[] = [];

  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** What had the focus before a toast did. */
  #before: HTMLElement | null = null;
  #isInside = false;

  constructor() {
    super();
    // An element that is taken away with the focus in it loses it without a word.
    this.addEventListener("focusin", () => {
      this.#isInside = true;
    });
    this.addEventListener("focusout", ({ relatedTarget }) => {
      this.#isInside = relatedTarget === null && this.#isInside;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("focusin", this.#remember);
  }

  readonly #remember = (event: FocusEvent): void => {
    const [target] = event.composedPath();
    if (event.composedPath().includes(this)) return;
    this.#isInside = false;
    this.#before = target instanceof HTMLElement ? target : null;
  };

  override updated(): void {
    if (this.#isInside && this.renderRoot.querySelector(":focus") === null) {
      this.#isInside = false;
      if (activeElement() === document.body) this.#before?.focus({ preventScroll: true });
    }
    for (const id of [...this.#timers.keys()]) if (!this.toasts.some((toast) => toast.id === id)) this.#stop(id);
    for (const toast of this.toasts) if (!this.#timers.has(toast.id)) this.#start(toast);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("focusin", this.#remember);
    for (const id of [...this.#timers.keys()]) this.#stop(id);
  }

  override render() {
    return html`<div class="stack" role="region" aria-label="Messages" aria-live="polite" aria-relevant="additions">
      ${repeat(
        this.toasts,
        (toast) => toast.id,
        (toast) => this.#toast(toast),
      )}
    </div>`;
  }

  /** A toast that is read or aimed at waits. */
  #toast(toast: Toast) {
    return html`<div
      class="toast ${toast.tone ?? "plain"}"
      @pointerenter=${() => this.#stop(toast.id)}
      @pointerleave=${() => this.#start(toast)}
      @focusin=${() => this.#stop(toast.id)}
      @focusout=${() => this.#start(toast)}
    >
      <span role=${toast.tone === "failed" ? "alert" : nothing}>${toast.message}</span>
      ${toast.action ? html`<button @click=${() => emit(this, "act", { id: toast.id })}>${toast.action}</button>` : html`<span></span>`}
      <button class="dismiss" @click=${() => emit(this, "dismiss", { id: toast.id })}>Dismiss</button>
    </div>`;
  }

  #start(toast: Toast): void {
    if (toast.tone === "failed" && toast.seconds === undefined) return;
    this.#stop(toast.id);
    const timer = setTimeout(() => emit(this, "dismiss", { id: toast.id }), (toast.seconds ?? SECONDS) * 1000);
    this.#timers.set(toast.id, timer);
  }

  #stop(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-toast": SegToast;
  }
}
