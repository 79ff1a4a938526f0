import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatNumber } from "../../server/figures/format.ts";
import { formatDay } from "../../server/figures/format-time.ts";
import { base } from "../theme/base.ts";
import { emit } from "./emit.ts";
import { type InputRange, type InputType, type InputValue, readInput } from "./input-value.ts";

export type { InputType, InputValue } from "./input-value.ts";

/**
 * A value the reader may change. Event: `change` with `{ value }`, only for values that hold;
 * what does not hold stays in the field with the reason under it.
 */
@customElement("seg-input")
export class SegInput extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { mode: "open", delegatesFocus: true };

  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink);
      }
      label {
        display: block;
        margin-bottom: 3px;
        font-size: var(--size-1);
        color: var(--ink-3);
      }
      .field {
        display: inline-flex;
        align-items: center;
        gap: var(--gap-2);
        min-height: 31px;
        padding: 0 10px;
        border: 1px solid var(--line-strong);
        border-radius: 7px;
        background: var(--card);
        font-variant-numeric: tabular-nums;
      }
      .field:focus-within {
        border-color: var(--accent);
        outline: 1px solid var(--accent);
      }
      .field.wrong {
        border-color: var(--failed);
        outline-color: var(--failed);
      }
      input,
      select {
        font: inherit;
        font-variant-numeric: inherit;
        color: inherit;
        background: transparent;
        border: 0;
        padding: 4px 0;
        min-width: 0;
      }
      /* The frame around the field shows the focus. */
      input:focus-visible,
      select:focus-visible {
        outline: none;
      }
      select {
        padding-right: 2px;
        background: var(--card);
      }
      input[type="number"] {
        width: 7ch;
        text-align: right;
        appearance: textfield;
      }
      input[type="number"]::-webkit-inner-spin-button {
        display: none;
      }
      input[type="number"].beside {
        width: var(--digits, 4ch);
        font-weight: 600;
      }
      input[type="range"] {
        width: 112px;
        accent-color: var(--accent);
      }
      input[type="checkbox"] {
        width: 15px;
        height: 15px;
        margin: 0;
        accent-color: var(--accent);
      }
      .end {
        color: var(--ink-3);
      }
      .wrong-text {
        display: block;
        max-width: 28ch;
        margin-top: 3px;
        font-size: var(--size-1);
        color: var(--failed);
      }
    `,
  ];

  @property() type: InputType = "text";
  @property() label = "";
  @property({ attribute: false }) value: InputValue = null;
  @property({ attribute: false }) min: string | number | null = null;
  @property({ attribute: false }) max: string | number | null = null;
  @property({ attribute: false }) step: number | null = null;
  @property({ attribute: false }) options: string[] = [];
  @property({ type: Boolean }) disabled = false;

  @state() private reason = "";
  /** What the slider shows while it is being dragged. */
  @state() private dragged: number | null = null;

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("value")) return;
    this.reason = "";
    this.dragged = null;
  }

  override render() {
    return html`<label for="control">${this.label}</label>
      <span class="field ${this.reason ? "wrong" : ""}">${this.#control()}</span>
      ${this.reason ? html`<span id="reason" class="wrong-text" role="alert">${this.reason}</span>` : nothing}`;
  }

  #control() {
    if (this.type === "boolean") {
      return html`<input
          id="control"
          type="checkbox"
          .checked=${this.value === true}
          ?disabled=${this.disabled}
          @change=${(event: Event) => this.#send((event.target as HTMLInputElement).checked)}
        /><span aria-hidden="true">${this.value === true ? "yes" : "no"}</span>`;
    }
    if (this.type === "choice") return this.#choice();
    if (this.type === "number" && typeof this.min === "number" && typeof this.max === "number") {
      return this.#slider(this.min, this.max);
    }
    const kinds = { date: "date", timestamp: "datetime-local", number: "number", text: "text" } as const;
    return html`<input
      id="control"
      type=${kinds[this.type]}
      .value=${String(this.value ?? "")}
      min=${this.min ?? nothing}
      max=${this.max ?? nothing}
      step=${this.type === "number" ? (this.step ?? "any") : nothing}
      ?disabled=${this.disabled}
      aria-invalid=${this.reason ? "true" : nothing}
      aria-describedby=${this.reason ? "reason" : nothing}
      @change=${this.#typed}
    />`;
  }

  #choice() {
    const known = this.value === null || this.options.includes(String(this.value));
    const options = known ? this.options : [String(this.value), ...this.options];
    return html`<select
      id="control"
      ?disabled=${this.disabled}
      @change=${(event: Event) => this.#send((event.target as HTMLSelectElement).value)}
    >
      ${this.value === null ? html`<option selected disabled value="">Choose</option>` : nothing}
      ${options.map((option) => html`<option value=${option} ?selected=${option === String(this.value)}>${option}</option>`)}
    </select>`;
  }

  #slider(min: number, max: number) {
    const step = this.step ?? (Number.isInteger(min) && Number.isInteger(max) ? 1 : (max - min) / 100);
    const shown = this.dragged ?? (typeof this.value === "number" ? this.value : min);
    const digits = Math.max(...[min, max, step, shown].map((value) => String(value).length));
    return html`<span class="end" aria-hidden="true">${formatNumber(min)}</span>
      <input
        type="range"
        aria-label="${this.label}, slider"
        min=${min}
        max=${max}
        step=${step}
        .value=${String(shown)}
        ?disabled=${this.disabled}
        @input=${(event: Event) => {
          this.dragged = (event.target as HTMLInputElement).valueAsNumber;
        }}
        @change=${(event: Event) => this.#send((event.target as HTMLInputElement).valueAsNumber)}
      />
      <span class="end" aria-hidden="true">${formatNumber(max)}</span>
      <input
        id="control"
        class="beside"
        type="number"
        style="--digits:${digits + 0.5}ch"
        min=${min}
        max=${max}
        step=${step}
        .value=${String(shown)}
        ?disabled=${this.disabled}
        aria-invalid=${this.reason ? "true" : nothing}
        aria-describedby=${this.reason ? "reason" : nothing}
        @change=${this.#typed}
      />`;
  }

  #typed(event: Event): void {
    const field = event.target as HTMLInputElement;
    const range: InputRange = { min: this.min, max: this.max, step: this.step };
    const read = readInput(this.type, field.value, range);
    if (read.value !== undefined) {
      this.#send(read.value);
      return;
    }
    this.reason = field.validity.badInput ? "This is not a number." : read.reason;
    if (this.type === "date") this.reason = this.reason.replaceAll(/\d{4}-\d{2}-\d{2}/g, (day) => formatDay(day));
  }

  #send(value: Exclude<InputValue, null>): void {
    this.reason = "";
    this.dragged = null;
    this.value = value;
    emit(this, "change", { value });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-input": SegInput;
  }
}
