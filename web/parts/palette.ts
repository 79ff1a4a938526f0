import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { formatCount } from "../../server/figures/format.ts";
import { base } from "../theme/base.ts";
import { emit } from "./emit.ts";
import { Modal } from "./modal.ts";
import { filterItems, type PaletteItem } from "./palette-filter.ts";

export type { PaletteItem } from "./palette-filter.ts";

const SHOWN = 60;

/**
 * Everything that can be done or gone to, found by typing. Whoever shows it opens it on Ctrl/⌘-K.
 * Events: `pick` with `{ id }`, and `close`.
 */
@customElement("seg-palette")
export class SegPalette extends LitElement {
  static override styles = [
    base,
    css`
      dialog {
        width: min(580px, calc(100vw - 24px));
        margin: min(14vh, 120px) auto auto;
        padding: 0;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--card);
        color: var(--ink);
        font: var(--size-3) / 1.5 var(--font);
        box-shadow: var(--shadow), 0 18px 60px rgb(0 0 0 / 0.22);
        overflow: hidden;
      }
      dialog::backdrop {
        background: rgb(10 12 13 / 0.32);
      }
      input {
        width: 100%;
        padding: 13px 18px;
        border: 0;
        border-bottom: 1px solid var(--line);
        background: transparent;
        color: var(--ink);
        font: inherit;
      }
      /* The field has the focus for as long as the palette is open. */
      input:focus-visible {
        outline: none;
      }
      input::placeholder {
        color: var(--ink-3);
      }
      ul {
        margin: 0;
        padding: 6px;
        max-height: min(52vh, 420px);
        overflow: auto;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 76px minmax(0, 1fr) auto;
        align-items: baseline;
        gap: var(--gap-3);
        padding: 5px 12px;
        border-radius: 6px;
        cursor: pointer;
      }
      li[aria-selected="true"] {
        background: var(--accent-soft);
      }
      li[aria-selected="true"] b {
        color: var(--accent);
      }
      b {
        font-weight: 500;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      small {
        font-size: var(--size-1);
        color: var(--ink-3);
      }
      @media (max-width: 520px) {
        li {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }
        b + small {
          overflow: hidden;
          text-overflow: ellipsis;
          white-space: nowrap;
        }
        small:first-child {
          display: none;
        }
      }
      li[aria-selected="true"] small {
        color: var(--ink-2);
      }
      p {
        margin: 0;
        padding: 7px 18px;
        border-top: 1px solid var(--line);
        font-size: var(--size-1);
        color: var(--ink-3);
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) open = false;
  @property({ attribute: false }) items: PaletteItem[] = [];
  @property() placeholder = "Go to a cell, relation, column or segment, or do something";
  /** A question that its items answer; empty where it finds anything. */
  @property({ attribute: false }) asked = "";

  @state() private query = "";
  @state() private active = 0;

  readonly #modal = new Modal(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("open") || !this.open) return;
    this.query = "";
    this.active = 0;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("open") && this.open) this.renderRoot.querySelector("input")?.focus();
    this.renderRoot.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  override render() {
    const found = this.open ? filterItems(this.items, this.query) : [];
    const shown = found.slice(0, SHOWN);
    return html`<dialog
      aria-label=${this.asked || "Find anything"}
      @close=${this.#modal.closed}
      @pointerdown=${this.#modal.pressed}
    >
      <input
        type="text"
        role="combobox"
        aria-label=${this.asked || "Find anything"}
        aria-expanded="true"
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant=${shown.length ? `item-${this.active}` : nothing}
        autocomplete="off"
        spellcheck="false"
        placeholder=${this.asked || this.placeholder}
        .value=${this.query}
        @input=${this.#typed}
        @keydown=${(event: KeyboardEvent) => this.#key(event, shown)}
      />
      <ul id="found" role="listbox" aria-label="Found">
        ${repeat(
          shown,
          (item) => item.id,
          (item, place) => html`<li
            id="item-${place}"
            role="option"
            aria-selected=${String(place === this.active)}
            @click=${() => this.#pick(item)}
            @pointermove=${() => {
              this.active = place;
            }}
          >
            <small>${item.kind}</small><b>${item.label}</b><small>${item.hint ?? ""}</small>
          </li>`,
        )}
      </ul>
      <p role="status">${countWords(found.length, this.query)}</p>
    </dialog>`;
  }

  #typed(event: Event): void {
    this.query = (event.target as HTMLInputElement).value;
    this.active = 0;
  }

  #key(event: KeyboardEvent, shown: readonly PaletteItem[]): void {
    const last = shown.length - 1;
    const next = {
      ArrowDown: this.active >= last ? 0 : this.active + 1,
      ArrowUp: this.active <= 0 ? last : this.active - 1,
      PageDown: Math.min(last, this.active + 8),
      PageUp: Math.max(0, this.active - 8),
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.active = Math.max(0, next);
      return;
    }
    const item = shown[this.active];
    if (event.key !== "Enter" || item === undefined || event.isComposing) return;
    event.preventDefault();
    this.#pick(item);
  }

  /** Closed first, so that what is picked may take the focus itself. */
  #pick(item: PaletteItem): void {
    this.#modal.close();
    emit(this, "pick", { id: item.id });
  }
}

function countWords(count: number, query: string): string {
  if (count === 0) return query === "" ? "There is nothing to find yet." : `Nothing is called “${query}”.`;
  if (count > SHOWN) return `The first ${SHOWN} of ${formatCount(count)}. Type more to narrow them.`;
  return count === 1 ? "1 found. Enter takes it." : `${formatCount(count)} found. Arrows choose, Enter takes.`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-palette": SegPalette;
  }
}
