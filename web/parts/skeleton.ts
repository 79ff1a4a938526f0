import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import { base } from "../theme/base.ts";
import "./button.ts";
import { emit } from "./emit.ts";
import { Ticker } from "./ticker.ts";

/** Milliseconds after which it is said what takes so long, and how to stop it. */
const LONG = 2000;

/**
 * The shape of what is about to come. Its widths are fixed, so that nothing flickers from one drawing to the next.
 * What takes long is named, with the seconds. Event: `stop`, where it can be stopped.
 */
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
      p {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        min-height: 28px;
        margin: 0;
        padding: 0 14px var(--gap-2);
        color: var(--ink-2);
        font: var(--size-2) / 1.5 var(--font);
        font-variant-numeric: tabular-nums;
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
  /** Words of the button that stops it; empty where it can't be stopped. */
  @property() stop = "";

  #since = performance.now();

  constructor() {
    super();
    new Ticker(this, () => true, 500);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#since = performance.now();
    this.requestUpdate();
  }

  override render() {
    const widths = [92, 78, 85, 64, 88, 71];
    const rows = this.kind === "chart" ? 1 : this.rows;
    return html`<div class="box ${this.kind}" role="status" aria-label=${this.label}>
      ${Array.from({ length: rows }, (_, row) => html`<i style="width:${this.kind === "chart" ? 100 : widths[row % widths.length]}%"></i>`)}
      </div>
      ${this.#late()}`;
  }

  #late() {
    const passed = performance.now() - this.#since;
    if (passed < LONG) return nothing;
    return html`<p>
      <span>${this.label} … ${formatCount(Math.floor(passed / 1000))} s</span>
      ${this.stop === "" ? nothing : html`<seg-button kind="quiet" @click=${() => emit(this, "stop", null)}>${this.stop}</seg-button>`}
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-skeleton": SegSkeleton;
  }
}
