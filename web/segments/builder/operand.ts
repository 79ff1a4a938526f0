import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Operand } from "../../../server/language/tree.ts";
import type { TypeKind } from "../../../server/language/types.ts";
import type { InputValue } from "../../../server/language/vocabulary.ts";
import type { ValuesView } from "../../../server/run/preview/view.ts";
import { emit } from "../../parts/emit.ts";
import { popupStyle } from "../../parts/popup.ts";
import type { OfferedColumn, OfferedValues } from "../../state/offered-values.ts";
import { Watch } from "../../state/watchable.ts";
import { base } from "../../theme/base.ts";
import { fieldStyle } from "./field-style.ts";
import { hideList, offeredList, offeredListStyle, placeList } from "./offered-list.ts";
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
    popupStyle,
    offeredListStyle,
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
      <div id="offers" role="listbox" class="popup" popover="manual" aria-label=${`Values for ${this.label}`}>${this.open ? offeredList({ view: this.#view, offers, at: this.at }, (place) => this.#take(place)) : nothing}</div>`;
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

  get #list(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>("[role=listbox]");
  }

  /** Texts are searched for on the server; before one types, the commonest are shown. */
  get #search(): string {
    return this.kind === "text" ? (this.typed ?? "") : "";
  }

  get #offers(): readonly Offer[] {
    return offersOf({ view: this.#view, kind: this.kind, inputs: this.inputs, typed: this.typed ?? "" });
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
    const list = this.#list;
    const input = this.renderRoot.querySelector("input");
    if (list === null || input === null) return;
    if (this.open) placeList(list, input);
    else hideList(list);
  }

  #close(): void {
    this.open = false;
    this.at = -1;
    if (this.#list !== null) hideList(this.#list);
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

declare global {
  interface HTMLElementTagNameMap {
    "seg-operand": SegOperand;
  }
}
