import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { CELL_KINDS } from "../../server/notebook/model.ts";
import { emit } from "../parts/emit.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";

/** A cell's kind as a choice: Enter takes it, Escape leaves. Events: `cell-kind`, `leave`. */
@customElement("seg-kind")
export class SegKind extends LitElement {
  static override styles = [
    base,
    field,
    css`
      select {
        min-height: 0;
        padding: 2px 4px;
      }
    `,
  ];

  @property({ attribute: false }) cell = "";
  @property({ attribute: false }) kind = "";
  #byKeys = false;

  override render() {
    const kinds: readonly string[] = CELL_KINDS;
    const all = kinds.includes(this.kind) ? kinds : [this.kind, ...kinds];
    return html`<select
      aria-label=${`Kind of ${this.cell}`}
      @keydown=${this.#key}
      @change=${this.#changed}
      @blur=${() => emit(this, "leave", { back: false })}
    >
      ${all.map((kind) => html`<option ?selected=${kind === this.kind}>${kind}</option>`)}
    </select>`;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector("select")?.focus();
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") emit(this, "leave", { back: true });
    else if (event.key === "Enter") this.#take();
    else {
      // Stepping through the closed list changes it at every step: Enter says which one is meant.
      this.#byKeys = true;
      return;
    }
    event.preventDefault();
  }

  #changed(): void {
    if (!this.#byKeys) this.#take();
    this.#byKeys = false;
  }

  #take(): void {
    const kind = this.renderRoot.querySelector("select")?.value ?? this.kind;
    emit(this, "leave", { back: true });
    if (kind !== this.kind) emit(this, "cell-kind", { cell: this.cell, kind });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-kind": SegKind;
  }
}
