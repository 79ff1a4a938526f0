import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../parts/dialog.ts";
import { base } from "../theme/base.ts";
import { KEYS, keyWords, onMac } from "./keys.ts";

/** The keys that the page knows. Event of the dialog inside: `close`. */
@customElement("seg-help")
export class SegHelp extends LitElement {
  static override styles = [
    base,
    css`
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: var(--gap-2) var(--gap-4);
        margin: var(--gap-2) 0 0;
        font-size: var(--size-2);
      }
      dt {
        font-family: var(--mono);
        color: var(--ink);
      }
      dd {
        margin: 0;
      }
    `,
  ];

  @property({ type: Boolean }) open = false;

  override render() {
    return html`<seg-dialog heading="Keys" .open=${this.open}>
      <dl>
        ${KEYS.map(({ keys, does }) => html`<dt>${keyWords(keys, { mac: onMac() })}</dt><dd>${does}</dd>`)}
      </dl>
    </seg-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-help": SegHelp;
  }
}
