import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Block } from "../../server/notebook/model.ts";
import "../parts/button.ts";
import "../parts/editor.ts";
import type { EditorEdit } from "../parts/editor.ts";
import { emit } from "../parts/emit.ts";
import "../parts/markdown.ts";
import type { Session } from "../state/session.ts";
import { proseText, withProse } from "../state/structure.ts";
import { base } from "../theme/base.ts";

/** Prose between cells: read as a page, and edited where one clicks twice or presses Enter. */
@customElement("seg-prose")
export class SegProse extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        position: relative;
        margin: var(--gap-2) 0 var(--gap-4);
      }
      .shown {
        border-radius: var(--radius);
      }
      .edit {
        position: absolute;
        top: -4px;
        right: -6px;
        opacity: 0;
      }
      :host(:hover) .edit,
      :host(:focus-within) .edit {
        opacity: 1;
      }
      .editing {
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--sunk);
        overflow: hidden;
      }
      @media (hover: none) {
        .edit {
          opacity: 1;
        }
        .shown {
          padding-right: 48px;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) block: Extract<Block, { type: "prose" | "listing" | "head" }> | null = null;
  /** What a reader of screens hears of it. */
  @property() name = "Text";
  /** The notebook's title, which stands above the page: a heading that repeats it is not shown again. */
  @property({ attribute: false }) heading = "";
  @state() private editing = false;

  override render() {
    const { session, block } = this;
    if (session === null || block === null) return nothing;
    const text = proseText(block);
    if (this.editing) return this.#editor(text);
    if (text === "") return nothing;
    return html`<div
      class="shown"
      tabindex=${session.file.readOnly ? nothing : "0"}
      role="group"
      aria-label=${this.name}
      @dblclick=${() => void this.edit()}
      @keydown=${this.#key}
    >
      ${block.type === "head" ? html`<slot></slot>` : html`<seg-markdown .value=${withoutHeading(text, this.heading)}></seg-markdown>`}
      ${
        session.file.readOnly
          ? nothing
          : html`<seg-button class="edit" kind="quiet" label=${`Edit: ${this.name}`} @click=${() => void this.edit()}>Edit</seg-button>`
      }
    </div>`;
  }

  /** Edits it, unless whoever holds it has a better way for the head. Event: `edit-head`. */
  async edit(): Promise<void> {
    if (this.block?.type === "head" && !emit(this, "edit-head", null)) return;
    await this.editText();
  }

  /** Puts the focus on the words as a whole. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>(".shown")?.focus();
  }

  async editText(): Promise<void> {
    if (this.session?.file.readOnly) return;
    this.editing = true;
    await this.updateComplete;
    this.renderRoot.querySelector("seg-editor")?.focus();
  }

  #editor(text: string) {
    return html`<div class="editing" @focusout=${this.#left}>
      <seg-editor
        .value=${text}
        .language=${this.block?.type === "head" ? "yaml" : "markdown"}
        label=${this.name}
        @edit=${(event: CustomEvent<EditorEdit>) => this.#edited(event.detail)}
        @escape=${() => void this.leave()}
      ></seg-editor>
    </div>`;
  }

  #edited({ value, how }: EditorEdit): void {
    const { session, block } = this;
    if (session === null || block === null) return;
    const where = `${block.type} ${session.notebook.blocks.indexOf(block)}`;
    session.type(withProse(session.notebook, block, value), { cell: null, where, how });
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.target !== event.currentTarget) return;
    event.preventDefault();
    event.stopPropagation();
    void this.edit();
  }

  #left(event: FocusEvent): void {
    if (event.relatedTarget instanceof Node && this.renderRoot.contains(event.relatedTarget)) return;
    this.editing = false;
  }

  /** Ends the editing: the words are read again. */
  async leave(): Promise<void> {
    this.editing = false;
    await this.updateComplete;
    this.focus();
  }
}

function withoutHeading(text: string, heading: string): string {
  const first = /^#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)/.exec(text);
  return first?.[1] === heading ? text.slice(first[0].length) : text;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-prose": SegProse;
  }
}
