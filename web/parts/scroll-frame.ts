import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { base } from "../theme/base.ts";

/** A frame that scrolls sideways where its content is too wide, and only then takes the focus. */
@customElement("seg-scroll-frame")
export class SegScrollFrame extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .frame {
        overflow-x: auto;
        overscroll-behavior-x: contain;
      }
      .frame:focus-visible {
        outline-offset: -2px;
      }
    `,
  ];

  @property() label = "Table";
  @state() private overflows = false;

  #sizes: ResizeObserver | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#sizes = null;
  }

  override updated(): void {
    if (this.#sizes !== null) return;
    const frame = this.renderRoot.querySelector(".frame");
    if (frame === null) return;
    this.#sizes = new ResizeObserver(() => this.#measure());
    this.#sizes.observe(frame);
    for (const child of this.children) this.#sizes.observe(child);
  }

  override render() {
    return html`<div
      class="frame"
      tabindex=${this.overflows ? 0 : nothing}
      role=${this.overflows ? "region" : nothing}
      aria-label=${this.overflows ? this.label : nothing}
    >
      <slot @slotchange=${this.#measure}></slot>
    </div>`;
  }

  #measure(): void {
    const frame = this.renderRoot.querySelector(".frame");
    if (frame !== null) this.overflows = frame.scrollWidth > frame.clientWidth + 1;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-scroll-frame": SegScrollFrame;
  }
}
