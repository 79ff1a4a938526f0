import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { PeopleFound } from "../../server/segments/person/view.ts";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";

/** A field for a person's key. Events: `prefix` with `{ text }` while one types, `find` with `{ person }`. */
@customElement("seg-find-person")
export class SegFindPerson extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: block;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        font: var(--size-2) / 1.5 var(--font);
      }
      label {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        color: var(--ink-2);
      }
      input {
        width: 22ch;
      }
    `,
  ];

  /** Whose keys begin with what is typed. */
  @property({ attribute: false }) found: PeopleFound | null = null;
  /** What a key is called. */
  @property() entity = "person";
  @property() value = "";

  override render() {
    return html`<form @submit=${this.#submit}>
      <label
        >${this.entity}
        <input
          name="person"
          list="people"
          autocomplete="off"
          spellcheck="false"
          .value=${this.value}
          @focus=${(event: Event) => this.#typed(event)}
          @input=${(event: Event) => this.#typed(event)}
        />
      </label>
      <datalist id="people">${this.found?.people.map((person) => html`<option value=${person}></option>`)}</datalist>
      <seg-button @click=${() => this.#go()}>Show</seg-button>
      ${this.found?.more === true ? html`<span class="spoken" role="status">More than can be listed; type on.</span>` : nothing}
    </form>`;
  }

  #typed(event: Event): void {
    emit(this, "prefix", { text: (event.target as HTMLInputElement).value });
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#go();
  }

  #go(): void {
    const person = this.renderRoot.querySelector("input")?.value.trim() ?? "";
    if (person !== "") emit(this, "find", { person });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-find-person": SegFindPerson;
  }
}
