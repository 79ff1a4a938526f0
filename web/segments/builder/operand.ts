import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount, formatNumber } from "../../../server/figures/format.ts";
import type { Operand } from "../../../server/language/tree.ts";
import type { TypeKind } from "../../../server/language/types.ts";
import type { InputValue } from "../../../server/language/vocabulary.ts";
import type { ValuesView } from "../../../server/run/preview/view.ts";
import { emit } from "../../parts/emit.ts";
import type { OfferedColumn, OfferedValues } from "../../state/offered-values.ts";
import { Watch } from "../../state/watchable.ts";
import { base } from "../../theme/base.ts";
import { fieldStyle } from "./field-style.ts";
import { type Offer, offersOf } from "./offers.ts";
import { expected, fieldText, typedOperand } from "./typed-operand.ts";

/**
 * A value that something is compared with: typed, or taken from what the data has. Event: `operand` with `{ value }`,
 * for what can be read only; what can't stays in the field with what is expected under it.
 */
@customElement("seg-operand")
export class SegOperand extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { mode: "open", delegatesFocus: true };
  static override styles = [
    base,
    fieldStyle,
    css`
      :host {
        position: relative;
        flex-direction: column;
      }
      input {
        width: var(--operand-width, 12ch);
      }
      input[aria-invalid] {
        outline: 1px solid var(--failed);
      }
      [role="listbox"] {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 4px;
        min-width: 220px;
        max-width: min(380px, calc(100vw - 16px));
        max-height: 300px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
        color: var(--ink);
        font: var(--size-2) / 1.5 var(--font);
        box-shadow: var(--shadow), 0 10px 34px rgb(0 0 0 / 0.14);
      }
      [role="option"] {
        display: flex;
        justify-content: space-between;
        gap: var(--gap-4);
        padding: 3px 8px;
        border-radius: 5px;
        cursor: pointer;
        overflow-wrap: anywhere;
      }
      [role="option"][aria-selected="true"] {
        background: var(--accent-soft);
        color: var(--accent);
      }
      small {
        color: var(--ink-3);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .about {
        padding: 2px 8px;
        color: var(--ink-3);
        font-size: var(--size-1);
      }
      svg {
        display: block;
        width: calc(100% - 16px);
        height: 34px;
        margin: 4px 8px 2px;
      }
      rect {
        fill: var(--accent);
        opacity: 0.6;
      }
      .wrong {
        max-width: 32ch;
        margin: 2px 0 0;
        color: var(--failed);
        font-size: var(--size-1);
      }
    `,
  ];

  @property({ attribute: false }) value: Operand | null = null;
  @property() kind: TypeKind = "text";
  @property() label = "Value";
  @property({ attribute: false }) inputs: readonly InputValue[] = [];
  @property({ attribute: false }) offered: OfferedValues | null = null;
  /** Whose values are offered; null where none are. */
  @property({ attribute: false }) column: OfferedColumn | null = null;
  @property({ type: Boolean }) disabled = false;
  /** What stands in the field while it is being written. */
  @state() private typed: string | null = null;
  @state() private wrong = "";
  @state() private open = false;
  @state() private at = -1;

  constructor() {
    super();
    new Watch(this, () => [this.offered]);
  }

  override render() {
    const text = this.typed ?? (this.value === null ? "" : fieldText(this.value));
    const offers = this.#offers;
    const active = this.open && offers[this.at] !== undefined ? `offer-${this.at}` : nothing;
    const width = Math.min(28, Math.max(7, text.length + 3));
    return html`<input
        class="value"
        style="--operand-width:${width}ch"
        role="combobox"
        aria-label=${this.label}
        aria-expanded=${String(this.open)}
        aria-controls="offers"
        aria-autocomplete="list"
        aria-activedescendant=${active}
        aria-invalid=${this.wrong === "" ? nothing : "true"}
        aria-describedby=${this.wrong === "" ? nothing : "wrong"}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        inputmode=${this.kind === "number" ? "decimal" : nothing}
        ?disabled=${this.disabled}
        .value=${text}
        @input=${this.#input}
        @keydown=${this.#key}
        @click=${this.#show}
        @blur=${this.#left}
      />
      ${this.wrong === "" ? nothing : html`<p class="wrong" id="wrong">${this.wrong}</p>`}
      <div id="offers" role="listbox" popover="manual" aria-label=${`Values for ${this.label}`}>${this.open ? this.#list(offers) : nothing}</div>`;
  }

  override focus(): void {
    const input = this.renderRoot.querySelector("input");
    input?.focus();
    input?.select();
  }

  get #view(): ValuesView | null {
    if (this.column === null || this.offered === null) return null;
    return this.offered.of(this.column, this.#search) ?? this.offered.of(this.column, "");
  }

  /** Texts are searched for on the server; before one types, the commonest are shown. */
  get #search(): string {
    return this.kind === "text" ? (this.typed ?? "") : "";
  }

  get #offers(): readonly Offer[] {
    return offersOf({ view: this.#view, kind: this.kind, inputs: this.inputs, typed: this.typed ?? "" });
  }

  #list(offers: readonly Offer[]) {
    const view = this.#view;
    const about = view === null ? "" : aboutOf(view);
    return html`${view !== null && view.histogram.length > 1 ? histogram(view.histogram) : nothing}
      ${about === "" ? nothing : html`<div class="about" role="presentation">${about}</div>`}
      ${offers.map(
        ({ label, hint }, place) => html`<div
          id=${`offer-${place}`}
          role="option"
          aria-selected=${String(place === this.at)}
          @pointerdown=${(event: Event) => event.preventDefault()}
          @click=${() => this.#take(place)}
        >
          <span>${label}</span><small>${hint}</small>
        </div>`,
      )}`;
  }

  readonly #show = (): void => {
    if (this.disabled) return;
    if (this.column !== null) this.offered?.want(this.column, this.#search);
    this.open = true;
    this.at = -1;
    void this.updateComplete.then(() => this.#place());
  };

  override updated(): void {
    if (this.open) this.#place();
  }

  #place(): void {
    const list = this.renderRoot.querySelector<HTMLElement>("[role=listbox]");
    const input = this.renderRoot.querySelector("input");
    if (list === null || input === null) return;
    const hasAny = list.childElementCount > 0;
    if (!this.open || !hasAny) {
      if (list.matches(":popover-open")) list.hidePopover();
      return;
    }
    if (!list.matches(":popover-open")) list.showPopover();
    const from = input.getBoundingClientRect();
    const { height, width } = list.getBoundingClientRect();
    const isBelow = from.bottom + 4 + height <= innerHeight;
    list.style.top = `${isBelow ? from.bottom + 4 : Math.max(8, from.top - 4 - height)}px`;
    list.style.left = `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`;
    list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  #close(): void {
    this.open = false;
    this.at = -1;
    const list = this.renderRoot.querySelector<HTMLElement>("[role=listbox]");
    if (list?.matches(":popover-open")) list.hidePopover();
  }

  #input(event: Event): void {
    this.typed = (event.target as HTMLInputElement).value;
    const value = typedOperand(this.typed, this.kind, this.inputs);
    this.wrong = "";
    if (value !== null) emit(this, "operand", { value });
    this.#show();
  }

  #key(event: KeyboardEvent): void {
    const offers = this.#offers;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!this.open) this.#show();
      else if (offers.length > 0) {
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.at = this.at < 0 && step < 0 ? offers.length - 1 : (this.at + step + offers.length) % offers.length;
      }
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.open && this.at >= 0) this.#take(this.at);
      else this.#settle();
      this.#close();
    } else if (event.key === "Escape" && this.open) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
  }

  #take(place: number): void {
    const offer = this.#offers[place];
    if (offer === undefined) return;
    this.typed = null;
    this.wrong = "";
    this.value = offer.value;
    emit(this, "operand", { value: offer.value });
    this.#close();
  }

  #settle(): void {
    if (this.typed === null) return;
    const value = typedOperand(this.typed, this.kind, this.inputs);
    this.wrong = value === null ? expected(this.kind) : "";
    if (value !== null) this.typed = null;
  }

  readonly #left = (): void => {
    this.#settle();
    this.#close();
  };
}

function histogram(bars: readonly number[]) {
  const most = Math.max(1, ...bars);
  return html`<svg viewBox="0 0 ${bars.length} 40" preserveAspectRatio="none" aria-hidden="true">
    ${bars.map((rows, place) => {
      const height = rows === 0 ? 0 : Math.max(0.8, (rows / most) * 40);
      return svg`<rect x=${place + 0.06} width="0.88" y=${40 - height} height=${height} />`;
    })}
  </svg>`;
}

function aboutOf({ rows, missing, range, more }: ValuesView): string {
  const lacking = missing === 0 ? "" : `${formatCount(missing)} of ${formatCount(rows)} have none`;
  const ends = range === null ? "" : `From ${said(range.min)} to ${said(range.max)}`;
  const others = more ? "The commonest; type to search for others" : "";
  return [ends, others, lacking].filter(Boolean).join(" · ");
}

function said(value: string | number): string {
  return typeof value === "number" ? formatNumber(value, { atMost: 2 }) : value;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-operand": SegOperand;
  }
}
