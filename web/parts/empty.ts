import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";

/** A view that has nothing yet: what it would show, and in the slot the button that does the first thing. */
@customElement("seg-empty")
export class SegEmpty extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: start;
        gap: var(--gap-2);
        padding: var(--gap-4);
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink-2);
      }
      b {
        font-size: var(--size-3);
        font-weight: 600;
        color: var(--ink);
      }
      p {
        margin: 0;
        max-width: 62ch;
      }
      .action {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        margin-top: var(--gap-1);
      }
    `,
  ];

  @property() heading = "";
  @property() text = "";

  override render() {
    return html`${this.heading ? html`<b>${this.heading}</b>` : nothing}
      ${this.text ? html`<p>${this.text}</p>` : nothing}
      <span class="action"><slot></slot></span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-empty": SegEmpty;
  }
}
