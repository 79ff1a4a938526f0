import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { kinds } from "../cells/kinds.ts";
import { emit } from "../parts/emit.ts";
import "../parts/menu.ts";
import { base } from "../theme/base.ts";

/** Where a cell or a paragraph is added. Event: `add` with the kind and the cell after which it goes. */
@customElement("seg-add")
export class SegAdd extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        height: 14px;
        margin: -14px 0 0;
        opacity: 0;
        transition: opacity 0.12s;
      }
      :host(:hover),
      :host(:focus-within),
      :host([last]) {
        opacity: 1;
      }
      :host([last]) {
        height: auto;
        margin: var(--gap-2) 0 0;
      }
      i {
        flex: 1;
        height: 1px;
        background: var(--line);
      }
      @media (hover: none) {
        :host {
          height: auto;
          margin: 0;
          opacity: 1;
        }
      }
    `,
  ];

  /** The cell after which it goes; null before the first. */
  @property({ attribute: false }) below: string | null = null;
  /** At the end of the notebook it is always seen. */
  @property({ type: Boolean, reflect: true }) last = false;

  override render() {
    return html`${this.last ? nothing : html`<i></i>`}
      <seg-menu label="Add a cell" .items=${ITEMS} @pick=${this.#picked}></seg-menu>
      <i></i>`;
  }

  #picked(event: CustomEvent<{ id: string }>): void {
    event.stopPropagation();
    emit(this, "add", { kind: event.detail.id, after: this.below });
  }
}

const ITEMS = [
  ...Object.entries(kinds).map(([kind, { purpose }]) => ({ id: kind, label: kind, hint: purpose })),
  { id: "prose", label: "text", hint: "words between the cells", apart: true },
];

declare global {
  interface HTMLElementTagNameMap {
    "seg-add": SegAdd;
  }
}
