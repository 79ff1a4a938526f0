import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Problem } from "../../server/notebook/model.ts";
import "../parts/button.ts";
import "../parts/dialog.ts";
import { emit } from "../parts/emit.ts";
import "../parts/problem.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";

/** Asks for the name of a notebook and makes it. Event: `close`. */
@customElement("seg-new-notebook")
export class SegNewNotebook extends LitElement {
  static override styles = [
    base,
    css`
      label {
        display: grid;
        gap: 4px;
        margin: var(--gap-2) 0;
        font-size: var(--size-2);
      }
      input {
        padding: 6px 10px;
        border: 1px solid var(--line-strong);
        border-radius: 7px;
        background: var(--card);
        color: var(--ink);
        font: var(--size-3) var(--font);
      }
      small {
        color: var(--ink-3);
        font-size: var(--size-1);
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  @property({ type: Boolean }) open = false;
  @state() private problem: Problem | null = null;
  @state() private name = "";
  @state() private busy = false;

  override render() {
    return html`<seg-dialog heading="New notebook" .open=${this.open}>
      <form @submit=${this.#submitted}>
        <label
          >Name
          <input
            autofocus
            autocomplete="off"
            .value=${this.name}
            @input=${(event: Event) => {
              this.name = (event.target as HTMLInputElement).value;
            }}
          />
          <small>${this.name.trim() === "" ? "Such as: Spring re-engagement" : `notebooks/${fileName(this.name)}.md`}</small>
        </label>
        ${this.problem === null ? nothing : html`<seg-problem .problem=${this.problem}></seg-problem>`}
      </form>
      <seg-button slot="action" kind="primary" ?busy=${this.busy} @click=${() => void this.#create()}>Make it</seg-button>
    </seg-dialog>`;
  }

  #submitted(event: Event): void {
    event.preventDefault();
    void this.#create();
  }

  async #create(): Promise<void> {
    if (this.bench === null || this.busy || this.name.trim() === "") return;
    this.busy = true;
    this.problem = await this.bench.create(fileName(this.name), this.name.trim());
    this.busy = false;
    if (this.problem !== null) return;
    this.name = "";
    emit(this, "close", null);
  }
}

/** A notebook's name as a file's: lower case, words joined by dashes. */
export function fileName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-new-notebook": SegNewNotebook;
  }
}
