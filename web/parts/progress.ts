import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";
import "./button.ts";
import { formatPercent } from "../../server/figures/format.ts";
import { emit } from "./emit.ts";

/** How far something is, in words and as a bar, with the way to stop it. Event: `stop`. */
@customElement("seg-progress")
export class SegProgress extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink-2);
      }
      .line {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        min-height: 28px;
      }
      .detail {
        margin-left: auto;
        color: var(--ink-3);
        font-variant-numeric: tabular-nums;
      }
      .track {
        position: relative;
        height: 3px;
        margin: 2px 0 var(--gap-2);
        border-radius: 2px;
        overflow: hidden;
        background: var(--running-soft);
      }
      .track i {
        position: absolute;
        inset: 0 auto 0 0;
        border-radius: 2px;
        background: var(--running);
        transition: width 0.2s;
      }
      .track i.moving {
        width: 30%;
        animation: pass 1.3s ease-in-out infinite;
      }
      @keyframes pass {
        from {
          transform: translateX(-100%);
        }
        to {
          transform: translateX(340%);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .track i.moving {
          width: 100%;
          background: repeating-linear-gradient(90deg, var(--running) 0 10px, transparent 10px 16px);
        }
      }
    `,
  ];

  /** From 0 to 1; null where nobody knows. */
  @property({ attribute: false }) value: number | null = null;
  /** What is going on: `Running personas`. */
  @property() label = "Working";
  /** How far, in words: `3 of 8 cells · 4.1 s`. */
  @property() detail = "";
  /** Words of the button that stops it; empty: it can't be stopped. */
  @property() stop = "";

  override render() {
    const percent = this.value === null ? null : Math.round(Math.min(1, Math.max(0, this.value)) * 100);
    return html`<div class="line">
        <span>${this.label}</span>
        <span class="detail">${this.detail || (percent === null ? nothing : formatPercent(percent / 100, { digits: 0 }))}</span>
        ${this.stop ? html`<seg-button @click=${() => emit(this, "stop", null)}>${this.stop}</seg-button>` : nothing}
      </div>
      <div
        class="track"
        role="progressbar"
        aria-label=${this.label}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${percent ?? nothing}
        aria-valuetext=${this.detail || nothing}
      >
        ${percent === null ? html`<i class="moving"></i>` : html`<i style="width:${percent}%"></i>`}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-progress": SegProgress;
  }
}
