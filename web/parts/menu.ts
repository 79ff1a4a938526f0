import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { base } from "../theme/base.ts";
import { emit } from "./emit.ts";
import { popupStyle, showBeside } from "./popup.ts";

export interface MenuItem {
  id: string;
  label: string;
  /** The keys that do the same, or a word on what it does. */
  hint?: string;
  disabled?: boolean;
  tone?: "plain" | "danger";
  /** A line above it. */
  apart?: boolean;
}

/** A button that opens a list of actions. Event: `pick` with `{ id }`. */
@customElement("seg-menu")
export class SegMenu extends LitElement {
  static override styles = [
    base,
    popupStyle,
    css`
      :host {
        display: inline-block;
      }
      .opener {
        min-height: 28px;
        padding: 3px 9px;
        border: 1px solid transparent;
        border-radius: 7px;
        background: transparent;
        color: var(--ink-2);
        font: 500 var(--size-2) / 1.5 var(--font);
        cursor: pointer;
      }
      .opener:hover,
      .opener[aria-expanded="true"] {
        background: var(--sunk);
        color: var(--ink);
      }
      [role="menu"] {
        min-width: 176px;
      }
      [role="menuitem"] {
        padding: 5px 10px;
        outline: none;
      }
      [role="menuitem"]:focus {
        background: var(--accent-soft);
        color: var(--accent);
      }
      [role="menuitem"][aria-disabled="true"] {
        color: var(--ink-3);
        cursor: default;
      }
      .danger {
        color: var(--failed);
      }
      .apart {
        margin-top: 4px;
        border-top: 1px solid var(--line);
        border-top-left-radius: 0;
        border-top-right-radius: 0;
      }
      small {
        font-size: var(--size-1);
        color: var(--ink-3);
        align-self: center;
      }
      :focus > small {
        color: inherit;
      }
    `,
  ];

  @property({ attribute: false }) items: MenuItem[] = [];
  @property() label = "More";
  /** What a reader of screens hears instead of the label, where many menus have the same; it begins with the label. */
  @property() described = "";
  @state() private open = false;

  override render() {
    return html`<button
        class="opener"
        aria-haspopup="menu"
        aria-label=${this.described || nothing}
        aria-expanded=${String(this.open)}
        @click=${this.#toggle}
        @keydown=${this.#openerKey}
      >
        ${this.label}
      </button>
      <div role="menu" class="popup" popover="auto" aria-label=${this.described || this.label} @toggle=${this.#toggled} @keydown=${this.#menuKey}>
        ${this.items.map(
          (item) => html`<div
            role="menuitem"
            tabindex="-1"
            class="choice ${item.tone ?? "plain"} ${item.apart ? "apart" : ""}"
            aria-disabled=${item.disabled ? "true" : nothing}
            @click=${() => this.#pick(item)}
            @pointermove=${(event: PointerEvent) => (event.currentTarget as HTMLElement).focus()}
          >
            <span>${item.label}</span>${item.hint ? html`<small>${item.hint}</small>` : nothing}
          </div>`,
        )}
      </div>`;
  }

  override focus(): void {
    this.#opener?.focus();
  }

  get #opener(): HTMLButtonElement | null {
    return this.renderRoot.querySelector("button");
  }

  get #menu(): HTMLElement | null {
    return this.renderRoot.querySelector("[role=menu]");
  }

  get #choices(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("[role=menuitem]")];
  }

  #toggle(): void {
    if (this.open) this.#menu?.hidePopover();
    else this.#show();
  }

  #show(): void {
    const menu = this.#menu;
    const opener = this.#opener;
    if (menu === null || opener === null) return;
    showBeside(menu, opener);
    this.#choices[0]?.focus();
  }

  #toggled(event: Event): void {
    this.open = (event as ToggleEvent).newState === "open";
  }

  #openerKey(event: KeyboardEvent): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    this.#show();
  }

  #menuKey(event: KeyboardEvent): void {
    const choices = this.#choices;
    const at = choices.findIndex((choice) => choice.matches(":focus"));
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      choices[(step + choices.length) % choices.length]?.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const item = this.items[at];
      if (item) this.#pick(item);
    } else if (event.key === "Tab" || event.key === "Escape") {
      if (event.key === "Escape") event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      const next = [...choices.slice(at + 1), ...choices.slice(0, at + 1)];
      next.find((choice) => choice.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    }
  }

  #pick(item: MenuItem): void {
    if (item.disabled) return;
    this.#close();
    emit(this, "pick", { id: item.id });
  }

  #close(): void {
    this.#menu?.hidePopover();
    this.#opener?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-menu": SegMenu;
  }
}
