import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";

/** A segment's name: says what is wrong as one types, Enter takes it, Escape leaves. Events: `name` with `{ name }`, `leave`. */
@customElement("seg-segment-name")
export class SegSegmentName extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px var(--gap-2);
        font: var(--size-2) / 1.5 var(--font);
      }
      input {
        width: 32ch;
      }
      p {
        flex-basis: 100%;
        margin: 0;
        color: var(--ink-3);
        font-size: var(--size-1);
      }
      p.wrong {
        color: var(--failed);
      }
    `,
  ];

  @property() value = "";
  @property() label = "Name of the segment";
  @property() action = "Rename";
  @property() about = "";
  /** Why a name can't be taken; null where it can. */
  @property({ attribute: false }) fault: (name: string) => string | null = () => null;
  @state() private typed: string | null = null;

  override render() {
    const name = this.typed ?? this.value;
    const wrong = this.typed === null ? null : this.fault(name);
    return html`<input
        aria-label=${this.label}
        aria-describedby="about"
        aria-invalid=${wrong === null ? nothing : "true"}
        autocomplete="off"
        maxlength="120"
        .value=${name}
        @input=${(event: Event) => {
          this.typed = (event.target as HTMLInputElement).value;
        }}
        @keydown=${this.#key}
      />
      <seg-button @click=${() => this.#take()}>${this.action}</seg-button>
      <seg-button kind="quiet" @click=${() => emit(this, "leave", null)}>Leave it</seg-button>
      <p id="about" class=${wrong === null ? "" : "wrong"} role="status">${wrong ?? this.about}</p>`;
  }

  override firstUpdated(): void {
    const input = this.renderRoot.querySelector("input");
    input?.focus();
    input?.select();
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter") this.#take();
    if (event.key === "Escape") emit(this, "leave", null);
    if (event.key === "Enter" || event.key === "Escape") event.preventDefault();
  }

  #take(): void {
    const name = this.typed ?? this.value;
    if (this.fault(name) === null) emit(this, "name", { name });
    else this.typed = name;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-segment-name": SegSegmentName;
  }
}
