import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";

/** The outline of a distribution, as small as a word: bars of equal width, with what is at both ends. */
@customElement("seg-shape")
export class SegShape extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-1) / 1.4 var(--font);
        color: var(--ink-3);
      }
      .bars {
        display: flex;
        align-items: end;
        gap: 1px;
        height: 36px;
        border-bottom: 1px solid var(--line-strong);
      }
      i {
        flex: 1;
        background: var(--accent);
        opacity: 0.75;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        gap: var(--gap-2);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) bars: readonly number[] = [];
  @property({ attribute: false }) ends: readonly string[] = [];
  @property() label = "Distribution";

  override render() {
    const most = Math.max(1, ...this.bars);
    return html`<div class="bars" role="img" aria-label=${this.label}>
        ${this.bars.map((count) => html`<i style="height:${count === 0 ? 0 : Math.max(3, (count / most) * 100)}%"></i>`)}
      </div>
      <div class="ends" aria-hidden="true">${this.ends.map((end) => html`<span>${end}</span>`)}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-shape": SegShape;
  }
}
