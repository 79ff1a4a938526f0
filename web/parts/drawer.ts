import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";
import "./button.ts";
import { Modal } from "./modal.ts";

/** A side column of a narrow screen: slides in over the page, Escape or a tap beside it closes. Event: `close`. */
@customElement("seg-drawer")
export class SegDrawer extends LitElement {
  static override styles = [
    base,
    css`
      dialog {
        position: fixed;
        inset: 0 auto 0 0;
        width: min(320px, calc(100vw - 48px));
        height: 100dvh;
        max-height: none;
        margin: 0;
        padding: 0;
        border: 0;
        border-right: 1px solid var(--line);
        background: var(--paper);
        color: var(--ink);
        font: var(--size-3) / 1.5 var(--font);
        overflow: auto;
      }
      dialog[open] {
        animation: slide 0.16s ease-out;
      }
      .right {
        inset: 0 0 0 auto;
        border-right: 0;
        border-left: 1px solid var(--line);
        --from: 24px;
      }
      @keyframes slide {
        from {
          opacity: 0;
          transform: translateX(var(--from, -24px));
        }
      }
      dialog::backdrop {
        background: rgb(10 12 13 / 0.32);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: var(--gap-2) var(--gap-2) var(--gap-2) var(--gap-3);
        border-bottom: 1px solid var(--line);
      }
      h2 {
        margin: 0;
        font-size: var(--size-2);
        font-weight: 600;
        color: var(--ink-2);
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) open = false;
  @property() side: "left" | "right" = "left";
  @property() heading = "";

  readonly #modal = new Modal(this);

  override render() {
    return html`<dialog
      class=${this.side}
      aria-labelledby="heading"
      @close=${this.#modal.closed}
      @pointerdown=${this.#modal.pressed}
    >
      <div class="head">
        <h2 id="heading">${this.heading}</h2>
        <seg-button kind="quiet" @click=${() => this.#modal.dismiss()}>Close</seg-button>
      </div>
      <slot></slot>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-drawer": SegDrawer;
  }
}
