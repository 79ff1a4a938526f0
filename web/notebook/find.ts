import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import { type Found, findIn, lineOf, nearestFound, replaced } from "../state/find.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";
import { findStyle } from "./find-style.ts";

/**
 * Finds a text in the whole notebook, folded or not, and replaces it outside of ids. Events: `found` with the place to
 * show, `replace-text` with a label and the notebook's new text, `leave`.
 */
@customElement("seg-find")
export class SegFind extends LitElement {
  static override styles = [base, field, findStyle];

  @property({ attribute: false }) session: Session | null = null;
  @state() private text = "";
  @state() private by = "";
  @state() private matchCase = false;
  @state() private replacing = false;
  /** Which of those found is shown, counted from 0. */
  @state() private place = 0;
  #found: readonly Found[] = [];

  constructor() {
    super();
    new Watch(this, () => [this.session]);
  }

  override willUpdate(): void {
    const { session, text, matchCase } = this;
    this.#found = session === null ? [] : findIn(session.notebook, { text, matchCase });
    this.place = Math.max(0, Math.min(this.place, this.#found.length - 1));
  }

  override render() {
    const { session } = this;
    if (session === null) return nothing;
    const here = this.#found[this.place];
    return html`<div role="search" aria-label="Find in the notebook" @keydown=${this.#key}>
      <div class="row">
        <input
          id="text"
          aria-label="Find in the notebook"
          placeholder="Find in the notebook"
          autocomplete="off"
          spellcheck="false"
          .value=${this.text}
          @input=${this.#typed}
        />
        <span class="count" role="status">${this.#countWords()}</span>
        <seg-button ?disabled=${here === undefined} @click=${() => this.#step(-1)}>Previous</seg-button>
        <seg-button ?disabled=${here === undefined} @click=${() => this.#step(1)}>Next</seg-button>
        <seg-button kind="quiet" .pressed=${this.matchCase} @click=${this.#toggleCase}>Match case</seg-button>
        ${
          session.file.readOnly
            ? nothing
            : html`<seg-button kind="quiet" .expanded=${this.replacing} @click=${this.#toggleReplace}>Replace</seg-button>`
        }
        <seg-button kind="quiet" @click=${() => emit(this, "leave", null)}>Close</seg-button>
      </div>
      ${this.replacing ? this.#replaceRow(here) : nothing}
      ${here === undefined ? nothing : this.#line(session, here)}
    </div>`;
  }

  /** Takes the focus, with what was looked for last selected. */
  override focus(): void {
    void this.updateComplete.then(() => {
      const input = this.renderRoot.querySelector<HTMLInputElement>("#text");
      input?.focus();
      input?.select();
    });
  }

  #replaceRow(here: Found | undefined) {
    const isId = here?.where === "id";
    return html`<div class="row">
      <input
        aria-label="Replace by"
        placeholder="Replace by"
        autocomplete="off"
        spellcheck="false"
        .value=${this.by}
        @input=${(event: Event) => {
          this.by = (event.target as HTMLInputElement).value;
        }}
      />
      <seg-button ?disabled=${here === undefined || isId} @click=${() => here && this.#replace([here])}>Replace this</seg-button>
      <seg-button ?disabled=${here === undefined} @click=${() => this.#replace(this.#found)}>Replace all</seg-button>
      ${isId ? html`<span class="count">An id is renamed with F2, wherever it is read.</span>` : nothing}
    </div>`;
  }

  #line(session: Session, here: Found) {
    const { number, before, match, after } = lineOf(session.notebook, here);
    const where = here.cell === null ? "text" : here.where === "id" ? `id of ${here.cell}` : here.cell;
    const start = before.length > 24 ? `…${before.slice(-23)}` : before;
    return html`<p class="line">${where}, line ${formatCount(number)}: <code>${start}<mark>${match}</mark>${after}</code></p>`;
  }

  #countWords(): string {
    if (this.text === "") return "";
    if (this.#found.length === 0) return "Not found";
    return `${formatCount(this.place + 1)} of ${formatCount(this.#found.length)}`;
  }

  #typed(event: Event): void {
    const from = this.#found[this.place]?.from ?? 0;
    this.text = (event.target as HTMLInputElement).value;
    this.#lookFrom(from);
  }

  readonly #toggleCase = (): void => {
    this.matchCase = !this.matchCase;
    this.#lookFrom(this.#found[this.place]?.from ?? 0);
  };

  readonly #toggleReplace = (): void => {
    this.replacing = !this.replacing;
  };

  #lookFrom(offset: number): void {
    const { session, text, matchCase } = this;
    if (session === null) return;
    this.#found = findIn(session.notebook, { text, matchCase });
    this.place = Math.max(0, nearestFound(this.#found, offset));
    this.#show();
  }

  #step(by: 1 | -1): void {
    const count = this.#found.length;
    if (count === 0) return;
    this.place = (this.place + by + count) % count;
    this.#show();
  }

  #show(): void {
    emit(this, "found", this.#found[this.place] ?? null);
  }

  #replace(found: readonly Found[]): void {
    const { session } = this;
    if (session === null) return;
    const { text, places } = replaced(session.notebook, found, this.by);
    if (places === 0) return;
    const times = places === 1 ? "" : ` ${formatCount(places)} times`;
    emit(this, "replace-text", { label: `Replaced “${this.text}”${times}`, text });
    this.#lookFrom((found[0]?.from ?? 0) + this.by.length);
    // A button that has nothing more to do gives the focus up.
    if (this.#found.length === 0) this.focus();
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.isComposing) return;
    const isField = event.composedPath()[0] instanceof HTMLInputElement;
    if (event.key === "Escape") emit(this, "leave", null);
    else if (event.key === "Enter" && isField) this.#step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-find": SegFind;
  }
}
