import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";

export type Tone = "plain" | "accent" | "stale" | "failed" | "running" | "up" | "down";

/** One or two words of state; the words say it, the colour only helps. */
@customElement("seg-pill")
export class SegPill extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        padding: 2px 8px;
        border-radius: 99px;
        font: 500 var(--size-1) / 1.45 var(--font);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
        background: var(--sunk);
        color: var(--ink-2);
      }
      :host([tone="accent"]) {
        background: var(--accent-soft);
        color: var(--accent);
      }
      :host([tone="stale"]) {
        background: var(--stale-soft);
        color: color-mix(in oklab, var(--stale) 88%, var(--ink));
      }
      :host([tone="failed"]) {
        background: var(--failed-soft);
        color: var(--failed);
      }
      :host([tone="running"]),
      :host([tone="up"]) {
        background: var(--running-soft);
        color: var(--running);
      }
      :host([tone="down"]) {
        background: color-mix(in oklab, var(--down) 12%, var(--card));
        color: var(--down);
      }
    `,
  ];

  @property({ reflect: true }) tone: Tone = "plain";

  override render() {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-pill": SegPill;
  }
}
