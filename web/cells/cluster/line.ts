import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../../parts/button.ts";
import type { ClusterWords } from "../../../server/figures/cluster-words.ts";
import { formatNumber } from "../../../server/figures/format.ts";
import { afterPress } from "../../parts/after-press.ts";
import { emit } from "../../parts/emit.ts";
import { askable, base } from "../../theme/base.ts";
import { ThemeColours } from "../../theme/colours.ts";

/**
 * One cluster in a sentence, with its name to change, names that are suggested, and its rule. Events: `rename` with
 * `{ name }`, `as-segment`.
 */
@customElement("seg-cluster-line")
export class SegClusterLine extends LitElement {
  static override styles = [
    base,
    askable,
    css`
      :host {
        display: block;
        padding: 3px 0;
        color: var(--ink-2);
        font: var(--size-2) / 1.5 var(--font);
      }
      b {
        color: var(--ink);
        font-weight: 600;
      }
      b a {
        color: inherit;
        text-decoration-color: var(--line-strong);
        text-underline-offset: 3px;
      }
      i {
        display: inline-block;
        width: 8px;
        height: 8px;
        margin-right: 6px;
        border-radius: 2px;
      }
      code {
        font: 12px var(--mono);
        color: var(--ink);
      }
      input {
        width: 20ch;
        padding: 2px 6px;
        border: 1px solid var(--line-strong);
        border-radius: 5px;
        background: var(--card);
        color: var(--ink);
        font: var(--size-2) var(--font);
      }
      .wrong {
        color: var(--stale);
        font-weight: 600;
      }
      .names {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 2px 4px;
        color: var(--ink-3);
      }
      .names button.ask {
        padding: 0 7px;
        border: 1px solid var(--line);
        border-radius: 9px;
        color: var(--ink-2);
        text-decoration: none;
      }
      .names button.ask:hover {
        border-color: var(--line-strong);
        color: var(--ink);
      }
      button.ask {
        color: var(--ink-3);
        text-decoration-color: var(--line-strong);
      }
    `,
  ];

  @property({ attribute: false }) words: ClusterWords | null = null;
  /** Where its name leads; null for nowhere. */
  @property({ attribute: false }) page: ((name: string) => string) | null = null;
  @property({ attribute: false }) readOnly = false;
  /** Names that fit; offered while it has none of its own, and while it is renamed. */
  @property({ attribute: false }) suggested: readonly string[] = [];
  /** Whether somebody has given it its name. */
  @property({ attribute: false }) named = false;
  /** What is wrong with its rule; null for nothing. */
  @property({ attribute: false }) mixed: string | null = null;
  /** What the other clusters are called. */
  @property({ attribute: false }) others: readonly string[] = [];
  @state() private naming = false;
  /** A name that was not taken, for it is another's. */
  @state() private refused: string | null = null;
  readonly #colours = new ThemeColours(this);

  override render() {
    const { words } = this;
    if (words === null) return nothing;
    return html`<i aria-hidden="true" style=${`background:${this.#colours.at(words.cluster - 1)}`}></i>${this.#name(words)}:
      ${words.sentence}${words.small === null ? nothing : html` <span class="wrong">${words.small}</span>`}
      ${this.#rule(words)} ${this.#suggestions()}`;
  }

  #suggestions() {
    if (this.readOnly || this.suggested.length === 0 || (this.named && !this.naming)) return nothing;
    return html`<span class="names" role="group" aria-label=${`Names for cluster ${this.words?.cluster}`}
      >${this.named ? "Or:" : "Call it:"}
      ${this.suggested.map(
        (name) =>
          html`<button
            class="ask"
            @pointerdown=${(event: Event) => event.preventDefault()}
            @click=${() => this.#take(name)}
          >
            ${name}
          </button>`,
      )}</span
    >`;
  }

  #name(words: ClusterWords) {
    if (!this.naming) {
      return html`<b>${this.page === null ? words.name : html`<a href=${this.page(words.name)}>${words.name}</a>`}</b>${
        this.readOnly
          ? nothing
          : html` <button class="ask" aria-label=${`Rename ${words.name}`} @click=${() => void this.#begin()}>Rename</button>`
      }`;
    }
    return html`<input
        aria-label=${`Name of cluster ${words.cluster}`}
        aria-describedby="refused"
        aria-invalid=${this.refused === null ? nothing : "true"}
        .value=${words.name}
        @input=${() => {
          this.refused = null;
        }}
        @keydown=${(event: KeyboardEvent) => this.#key(event, words)}
        @blur=${this.#left}
      /><span id="refused" class="wrong" role="status"
        >${this.refused === null ? nothing : html` Another cluster is called ${this.refused} already`}</span
      >`;
  }

  #rule({ rule }: ClusterWords) {
    if (rule === null) return nothing;
    const kept = (value: number | null) => (value === null ? "—" : formatNumber(value, { digits: 2 }));
    return html`As a rule: <code>${rule.text}</code>, precision ${kept(rule.precision)}, recall ${kept(rule.recall)}.${this.mixed === null ? nothing : html` <span class="wrong">${this.mixed}</span>`}
      ${
        this.readOnly
          ? nothing
          : html`<button class="ask segment" @click=${() => emit(this, "as-segment", null)}>Make it a segment</button>`
      }`;
  }

  /** What makes a segment of its rule; null where there is none. */
  get act(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>("button.segment");
  }

  async #begin(): Promise<void> {
    this.naming = true;
    this.refused = null;
    await this.updateComplete;
    this.renderRoot.querySelector("input")?.select();
  }

  #take(name: string): void {
    this.naming = false;
    if (name !== this.words?.name) emit(this, "rename", { name });
    void this.updateComplete.then(() => this.renderRoot.querySelector("button")?.focus());
  }

  #left(event: FocusEvent): void {
    // Suggestions stand beside it: going there is no leaving.
    if (event.relatedTarget instanceof Node && this.renderRoot.contains(event.relatedTarget)) return;
    afterPress(() => {
      if (this.renderRoot.querySelector("input:focus") === null) this.naming = false;
    });
  }

  #key(event: KeyboardEvent, words: ClusterWords): void {
    event.stopPropagation();
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    // The key would press the button that has the focus next.
    event.preventDefault();
    const name = (event.target as HTMLInputElement).value.trim();
    if (event.key === "Enter" && this.others.includes(name)) {
      this.refused = name;
      return;
    }
    this.naming = false;
    if (event.key === "Enter" && name !== "" && name !== words.name) emit(this, "rename", { name });
    void this.updateComplete.then(() => this.renderRoot.querySelector("button")?.focus());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-line": SegClusterLine;
  }
}
