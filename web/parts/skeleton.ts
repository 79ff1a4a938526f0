import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";

/** The shape of what is about to come. Its widths are fixed, so that nothing flickers from one drawing to the next. */
@customElement("seg-skeleton")
export class SegSkeleton extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .box {
        display: grid;
        gap: 10px;
        padding: var(--gap-3) 14px;
      }
      i {
        display: block;
        height: 10px;
        border-radius: 4px;
        background: var(--line);
        animation: breathe 1.4s ease-in-out infinite alternate;
      }
      .chart i {
        height: 140px;
        border-radius: var(--radius);
        background: var(--sunk);
      }
      @keyframes breathe {
        to {
          opacity: 0.45;
        }
      }
    `,
  ];

  @property() kind: "lines" | "chart" = "lines";
  @property({ type: Number }) rows = 3;
  @property() label = "Loading";

  override render() {
    const widths = [92, 78, 85, 64, 88, 71];
    const rows = this.kind === "chart" ? 1 : this.rows;
    return html`<div class="box ${this.kind}" role="status" aria-label=${this.label}>
      ${Array.from({ length: rows }, (_, row) => html`<i style="width:${this.kind === "chart" ? 100 : widths[row % widths.length]}%"></i>`)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-skeleton": SegSkeleton;
  }
}
