import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";

export type BarState = "fresh" | "stale" | "waiting" | "running" | "failed" | "blocked" | "cancelled" | "unknown";

/** The line beside a cell: each state has a pattern of its own. Whoever shows it says the state in words as well. */
@customElement("seg-state-bar")
export class SegStateBar extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        position: relative;
        width: 3px;
        min-height: 16px;
        border-radius: 3px;
        overflow: hidden;
        background: var(--line);
      }
      :host([state="fresh"]) {
        background: var(--fresh);
        opacity: 0.55;
      }
      :host([state="stale"]),
      :host([state="cancelled"]) {
        background: repeating-linear-gradient(var(--stale) 0 5px, transparent 5px 9px);
      }
      :host([state="waiting"]) {
        background: repeating-linear-gradient(var(--running) 0 2px, transparent 2px 8px);
      }
      :host([state="blocked"]) {
        background: repeating-linear-gradient(var(--failed) 0 2px, transparent 2px 8px);
      }
      :host([state="failed"]) {
        background: var(--failed);
      }
      :host([state="unknown"]) {
        background: repeating-linear-gradient(var(--line-strong) 0 2px, transparent 2px 6px);
      }
      :host([state="running"]) {
        background: var(--running-soft);
      }
      i {
        position: absolute;
        inset: 0;
        border-radius: 3px;
        background: var(--running);
      }
      i.known {
        bottom: auto;
        transition: height 0.2s;
      }
      i.moving {
        background: repeating-linear-gradient(var(--running) 0 14px, transparent 14px 22px);
        inset: -22px 0 0;
        animation: fall 0.7s linear infinite;
      }
      @keyframes fall {
        to {
          transform: translateY(22px);
        }
      }
    `,
  ];

  @property({ reflect: true }) state: BarState = "unknown";
  /** How far it is, from 0 to 1; null where nobody knows. */
  @property({ attribute: false }) progress: number | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute("aria-hidden", "true");
  }

  override render() {
    if (this.state !== "running") return html``;
    if (this.progress === null) return html`<i class="moving"></i>`;
    return html`<i class="known" style="height:${Math.round(this.progress * 100)}%"></i>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-state-bar": SegStateBar;
  }
}
