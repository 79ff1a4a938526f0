import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { setHead } from "../../server/notebook/edit/set-head.ts";
import { headKeys } from "../../server/notebook/head-keys.ts";
import type { Head } from "../../server/notebook/model.ts";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";

type Key = "title" | "as_of" | "timezone" | "week_starts" | "entity" | "seed" | "exclude";

/** What the notebook's head says, as a form: a field is taken when it is left or by Enter. Events: `replace-text`, `as-text`, `leave`. */
@customElement("seg-head-form")
export class SegHeadForm extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(190px, 100%), 1fr));
        gap: var(--gap-2) var(--gap-3);
        margin: var(--gap-2) 0 var(--gap-4);
        padding: var(--gap-3);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
        font: var(--size-2) / 1.5 var(--font);
      }
      label {
        display: grid;
        align-content: start;
        gap: 3px;
        color: var(--ink-3);
        font-size: var(--size-1);
      }
      input,
      select {
        width: 100%;
        min-height: 30px;
        background: var(--paper);
      }
      .exclude {
        grid-column: 1 / -1;
      }
      .exclude input {
        font-family: var(--mono);
      }
      .acts {
        display: flex;
        grid-column: 1 / -1;
        gap: var(--gap-2);
      }
      small {
        font-size: inherit;
      }
      small.wrong {
        color: var(--failed);
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @state() private wrong: { readonly key: Key; readonly words: string } | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.session]);
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  override render() {
    const head = this.session?.notebook.head;
    if (head === undefined) return nothing;
    return html`${FIELDS.map(({ key, label, about }) => {
      const wrong = this.wrong?.key === key ? this.wrong.words : null;
      return html`<label class=${key}>
        ${label} ${key === "week_starts" ? this.#days(head) : this.#field(key, head, wrong !== null)}
        <small class=${wrong === null ? "" : "wrong"} role="status">${wrong ?? about}</small>
      </label>`;
    })}
      <span class="acts">
        <seg-button @click=${() => emit(this, "as-text", null)}>Edit as text</seg-button>
        <seg-button kind="quiet" @click=${() => emit(this, "leave", null)}>Close</seg-button>
      </span>
      <datalist id="zones">${Intl.supportedValuesOf("timeZone").map((zone) => html`<option value=${zone}></option>`)}</datalist>`;
  }

  override focus(): void {
    this.focusOn("title");
  }

  /** Puts the focus on the field of a key. */
  focusOn(key: Key): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[name="${key}"]`)?.focus());
  }

  #field(key: Key, head: Head, isWrong: boolean) {
    return html`<input
      name=${key}
      list=${key === "timezone" ? "zones" : nothing}
      inputmode=${key === "seed" ? "numeric" : nothing}
      autocomplete="off"
      spellcheck=${key === "title"}
      aria-invalid=${isWrong ? "true" : nothing}
      .value=${String(head[key] ?? "")}
      @change=${(event: Event) => this.#take(key, (event.target as HTMLInputElement).value)}
    />`;
  }

  #days(head: Head) {
    return html`<select @change=${(event: Event) => this.#take("week_starts", (event.target as HTMLSelectElement).value)}>
      ${["monday", "sunday"].map((day) => html`<option ?selected=${day === head.week_starts}>${day}</option>`)}
    </select>`;
  }

  #take(key: Key, typed: string): void {
    const { session } = this;
    if (session === null) return;
    const text = typed.trim();
    const value = key === "seed" && /^\d+$/.test(text) ? Number(text) : text;
    const read = headKeys.get(key)?.(value);
    const fault = read !== undefined && !("value" in read) ? read : null;
    const edited = fault ?? setHead(session.file.text, key, value);
    this.wrong =
      typeof edited === "string" ? null : { key, words: `${edited.message} ${edited.hint}`.replaceAll("`", "") };
    if (typeof edited === "string") emit(this, "replace-text", { label: `Set ${key} to ${text}`, text: edited });
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    event.preventDefault();
    emit(this, "leave", null);
  }
}

const FIELDS: readonly { readonly key: Key; readonly label: string; readonly about: string }[] = [
  { key: "title", label: "Title", about: "Shown in the list of notebooks" },
  { key: "as_of", label: "As of", about: "A day, a moment, an input such as $day, or now" },
  { key: "timezone", label: "Time zone", about: "Days and weeks are in it" },
  { key: "week_starts", label: "Weeks start on", about: "Where weeks are counted" },
  { key: "entity", label: "Key of a customer", about: "The column that names whoever is segmented" },
  { key: "seed", label: "Seed", about: "For everything that is drawn at random" },
  { key: "exclude", label: "Left out", about: "A rule, such as consent = false: its people are in no segment" },
];

declare global {
  interface HTMLElementTagNameMap {
    "seg-head-form": SegHeadForm;
  }
}
