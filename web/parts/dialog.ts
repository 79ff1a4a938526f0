import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";
import "./button.ts";
import { Modal } from "./modal.ts";

/**
 * A native dialog: the rest of the page waits, Escape closes, the focus returns to where it was.
 * Slots: the text, and `action` for buttons. Event: `close`, when the reader closes it; `open` is false by then.
 */
@customElement("seg-dialog")
export class SegDialog extends LitElement {
  static override styles = [
    base,
    css`
      dialog {
        width: min(var(--dialog-width, 520px), calc(100vw - 32px));
        max-height: min(80vh, 760px);
        padding: 0;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--card);
        color: var(--ink);
        font: var(--size-3) / 1.5 var(--font);
        box-shadow: var(--shadow), 0 18px 60px rgb(0 0 0 / 0.18);
        overflow: auto;
      }
      /* It lies over everything: that it has the focus is plain. */
      dialog:focus-visible {
        outline: none;
      }
      dialog::backdrop {
        background: rgb(10 12 13 / 0.32);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-3);
        padding: var(--gap-3) var(--gap-3) 0 var(--gap-4);
      }
      h2 {
        margin: 0;
        font-size: var(--size-4);
        font-weight: 650;
        letter-spacing: -0.01em;
      }
      .body {
        padding: var(--gap-2) var(--gap-4) var(--gap-4);
        color: var(--ink-2);
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--gap-2);
        padding: 0 var(--gap-4) var(--gap-4);
      }
      footer.none {
        display: none;
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) open = false;
  @property() heading = "";

  readonly #modal = new Modal(this);
  #hasActions = false;

  override render() {
    return html`<dialog aria-labelledby="heading" @close=${this.#modal.closed} @pointerdown=${this.#modal.pressed}>
      <div class="head">
        <h2 id="heading">${this.heading}</h2>
        <seg-button kind="quiet" @click=${() => this.#modal.dismiss()}>Close</seg-button>
      </div>
      <div class="body"><slot></slot></div>
      <footer class=${this.#hasActions ? nothing : "none"}>
        <slot name="action" @slotchange=${this.#actionsChanged}></slot>
      </footer>
    </dialog>`;
  }

  #actionsChanged(event: Event): void {
    const slot = event.target as HTMLSlotElement;
    this.#hasActions = slot.assignedElements().length > 0;
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-dialog": SegDialog;
  }
}
