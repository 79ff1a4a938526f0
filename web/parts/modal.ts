import type { ReactiveController, ReactiveControllerHost } from "lit";
import { emit } from "./emit.ts";

interface ModalHost extends ReactiveControllerHost, HTMLElement {
  open: boolean;
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** Keeps a native dialog in step with its element's `open`, and gives the focus back to whoever had it. */
export class Modal implements ReactiveController {
  readonly #host: ModalHost;
  #before: Element | null = null;

  constructor(host: ModalHost) {
    this.#host = host;
    host.addController(this);
  }

  get dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector("dialog");
  }

  hostUpdated(): void {
    const dialog = this.dialog;
    if (dialog === null || dialog.open === this.#host.open) return;
    if (!this.#host.open) {
      dialog.close();
      this.#returnFocus();
      return;
    }
    this.#before = deepActiveElement();
    dialog.showModal();
  }

  hostDisconnected(): void {
    this.#returnFocus();
  }

  /** Closes at once, silently: for whoever goes on to do something that may take the focus. */
  close(): void {
    this.#host.open = false;
    this.dialog?.close();
    this.#returnFocus();
  }

  /** The reader is done with it: closes and says so. */
  dismiss(): void {
    this.close();
    emit(this.#host, "close", null);
  }

  /** The dialog's own `close`, which comes late; only Escape gets here with the element still open. */
  readonly closed = (): void => {
    if (this.#host.open) this.dismiss();
  };

  /** The backdrop belongs to the dialog element; everything inside has an element of its own or lies in its box. */
  readonly pressed = (event: PointerEvent): void => {
    const dialog = this.dialog;
    if (dialog === null || event.target !== dialog) return;
    const box = dialog.getBoundingClientRect();
    const within =
      event.clientX >= box.left &&
      event.clientX <= box.right &&
      event.clientY >= box.top &&
      event.clientY <= box.bottom;
    if (!within) this.dismiss();
  };

  #returnFocus(): void {
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
    this.#before = null;
  }
}

/** The element that truly has the focus, inside however many shadow roots. */
export function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
