import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";

/** A button with words; its click is the native one. `busy` keeps it in place and says that it works. */
@customElement("seg-button")
export class SegButton extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { mode: "open", delegatesFocus: true };

  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        vertical-align: middle;
      }
      :host([disabled]) {
        pointer-events: none;
      }
      button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 7px;
        min-height: 28px;
        width: 100%;
        padding: 3px 11px;
        border: 1px solid var(--line-strong);
        border-radius: 7px;
        background: var(--card);
        color: var(--ink);
        font: 500 var(--size-2) / 1.5 var(--font);
        white-space: nowrap;
        cursor: pointer;
        transition: background 0.12s, border-color 0.12s;
      }
      button:hover {
        background: var(--sunk);
      }
      button:active {
        border-color: var(--ink-3);
      }
      button[aria-pressed="true"],
      button[aria-expanded="true"] {
        background: var(--accent-soft);
        border-color: var(--accent);
        color: var(--accent);
      }
      .primary {
        background: var(--accent);
        border-color: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
      }
      .primary:hover {
        background: color-mix(in oklab, var(--accent) 88%, var(--ink));
      }
      .quiet {
        border-color: transparent;
        background: transparent;
        color: var(--ink-2);
      }
      .quiet:hover {
        background: var(--sunk);
        color: var(--ink);
      }
      .danger {
        color: var(--failed);
        border-color: color-mix(in oklab, var(--failed) 45%, transparent);
      }
      .danger:hover {
        background: var(--failed-soft);
      }
      button:disabled {
        cursor: default;
        color: var(--ink-3);
        background: var(--sunk);
        border-color: var(--line);
      }
      kbd {
        font: var(--size-1) var(--font);
      }
      .spinner {
        width: 10px;
        height: 10px;
        border: 2px solid currentColor;
        border-right-color: transparent;
        border-radius: 50%;
        animation: turn 0.8s linear infinite;
      }
      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
    `,
  ];

  @property() kind: "plain" | "primary" | "quiet" | "danger" = "plain";
  @property({ type: Boolean, reflect: true }) disabled = false;
  @property({ type: Boolean }) busy = false;
  /** What a screen reader says where the words alone are not enough. */
  @property() label = "";
  /** The keys that do the same, such as `⌘⏎`. */
  @property() keys = "";
  /** For a button that stays down; null where it is not one. */
  @property({ attribute: false }) pressed: boolean | null = null;
  /** For a button that opens something; null where it is not one. */
  @property({ attribute: false }) expanded: boolean | null = null;

  override render() {
    return html`<button
      type="button"
      class=${this.kind}
      ?disabled=${this.disabled}
      aria-label=${this.label || nothing}
      aria-pressed=${this.pressed === null ? nothing : String(this.pressed)}
      aria-expanded=${this.expanded === null ? nothing : String(this.expanded)}
      aria-busy=${this.busy ? "true" : nothing}
    >
      ${this.busy ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}<slot></slot
      >${this.keys ? html`<kbd aria-hidden="true">${this.keys}</kbd>` : nothing}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-button": SegButton;
  }
}
