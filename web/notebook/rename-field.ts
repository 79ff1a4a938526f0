import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { newIdFault } from "../../server/notebook/edit/insert-cell.ts";
import type { Problem } from "../../server/notebook/model.ts";
import { emit } from "../parts/emit.ts";
import type { Session } from "../state/session.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";

/** A cell's id as a field: says what is wrong as one types, Enter takes it, Escape leaves. Events: `rename-cell`, `leave`. */
@customElement("seg-rename")
export class SegRename extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 2px var(--gap-2);
      }
      input {
        width: 24ch;
        min-height: 0;
        padding: 2px 7px;
        font: 600 var(--size-2) var(--mono);
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

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell = "";
  @state() private typed: string | null = null;
  /** Why the last name was not taken. */
  @state() private refused: { readonly name: string; readonly problem: Problem } | null = null;
  @state() private waiting = false;

  override render() {
    const name = this.typed ?? this.cell;
    const problem = this.#problem(name);
    return html`<input
        aria-label=${`New id of ${this.cell}`}
        aria-describedby="about"
        aria-invalid=${problem === null ? nothing : "true"}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        maxlength="80"
        ?readonly=${this.waiting}
        .value=${name}
        @input=${this.#input}
        @keydown=${this.#key}
        @blur=${this.#left}
      />
      <p id="about" class=${problem === null ? "" : "wrong"} role="status">
        ${problem === null ? this.#about(name) : `${problem.message} ${problem.hint}`.replaceAll("`", "")}
      </p>`;
  }

  override firstUpdated(): void {
    const input = this.renderRoot.querySelector("input");
    input?.focus();
    input?.select();
  }

  #about(name: string): string {
    if (this.waiting) return `Renaming ${this.cell} wherever it is read …`;
    if (name === this.cell) return "Whatever reads it is renamed along.";
    return `Enter renames ${this.cell} wherever it is read; Escape leaves it.`;
  }

  #problem(name: string): Problem | null {
    const { session } = this;
    if (session === null || name === this.cell) return null;
    if (this.refused?.name === name) return this.refused.problem;
    return newIdFault(session.notebook, name);
  }

  #input(event: Event): void {
    this.typed = (event.target as HTMLInputElement).value.trim();
  }

  #key(event: KeyboardEvent): void {
    // The page's own keys would run cells or step between them.
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") this.#leave();
    if (event.key === "Enter") this.#take();
    if (event.key === "Escape" || event.key === "Enter") event.preventDefault();
  }

  #take(): void {
    const name = this.typed ?? this.cell;
    if (this.waiting || this.#problem(name) !== null) return;
    if (name === this.cell) {
      this.#leave();
      return;
    }
    this.waiting = true;
    const done = (problem: Problem | null) => {
      this.waiting = false;
      if (problem === null) emit(this, "leave", { back: false });
      else this.refused = { name, problem };
    };
    emit(this, "rename-cell", { cell: this.cell, to: name, done });
  }

  #leave(): void {
    emit(this, "leave", { back: true });
  }

  #left(): void {
    if (!this.waiting) emit(this, "leave", { back: false });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-rename": SegRename;
  }
}
