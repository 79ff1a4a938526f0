import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../parts/button.ts";
import "../parts/dialog.ts";
import "../parts/menu.ts";
import { ITEM_KEYS } from "../segments/builder/item-keys.ts";
import { Watch } from "../state/watchable.ts";
import { base } from "../theme/base.ts";
import { COMMANDS, type Command, type CommandEntry } from "./commands.ts";
import { keyMap } from "./key-map.ts";
import "./key-recorder.ts";
import { keyWords, onMac } from "./key-stroke.ts";

/** The keys that the page knows, and a way to change them. Event of the dialog inside: `close`. */
@customElement("seg-help")
export class SegHelp extends LitElement {
  static override styles = [
    base,
    css`
      seg-dialog {
        --dialog-width: 680px;
      }
      p {
        margin: 0 0 var(--gap-2);
        font-size: var(--size-2);
      }
      h3 {
        margin: var(--gap-4) 0 var(--gap-2);
        color: var(--ink);
        font-size: var(--size-2);
        font-weight: 600;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: var(--size-2);
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        align-items: center;
        gap: 0 var(--gap-3);
        min-height: 34px;
        border-top: 1px solid var(--line);
      }
      kbd {
        margin-left: 6px;
        padding: 1px 6px;
        border: 1px solid var(--line);
        border-radius: 5px;
        background: var(--sunk);
        color: var(--ink);
        font: var(--size-1) / 1.5 var(--mono);
        white-space: nowrap;
      }
      .keys {
        text-align: right;
      }
      .own {
        font-weight: 600;
        color: var(--ink);
      }
      seg-key-recorder {
        grid-column: 1 / -1;
        margin-bottom: var(--gap-3);
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @state() private recording: { command: Command; beside: boolean } | null = null;

  constructor() {
    super();
    new Watch(this, () => [keyMap]);
  }

  override willUpdate(): void {
    if (!this.open) this.recording = null;
  }

  override render() {
    if (!this.open) return html`<seg-dialog heading="Keys" .open=${false}></seg-dialog>`;
    return html`<seg-dialog heading="Keys" .open=${true}>
      <p>Escape goes from a text to its cell. In a list of completions, arrows choose and Enter or Tab takes.</p>
      <h3>Everywhere, also in texts</h3>
      <ul>
        ${COMMANDS.filter(({ reach }) => reach === "anywhere").map((entry) => this.#row(entry))}
      </ul>
      <h3>On a cell, outside its text</h3>
      <ul>
        ${COMMANDS.filter(({ reach }) => reach !== "anywhere").map((entry) => this.#row(entry))}
      </ul>
      <h3>On the handle of a condition or group of a rule that is built</h3>
      <ul id="builder-keys">
        ${ITEM_KEYS.map(
          ({ keys, does }) => html`<li>
            <span>${does}</span><span class="keys"><kbd>${keyWords(keys, { mac: onMac() })}</kbd></span>
          </li>`,
        )}
      </ul>
      ${
        keyMap.anyChanged
          ? html`<seg-button slot="action" @click=${() => keyMap.restoreAll()}>All keys as they were at first</seg-button>`
          : nothing
      }
    </seg-dialog>`;
  }

  #row({ command, does }: CommandEntry) {
    const keys = keyMap.of(command);
    const { recording } = this;
    return html`<li id=${command}>
      <span class=${keyMap.isChanged(command) ? "own" : ""}>${does}${keyMap.isChanged(command) ? ", changed" : ""}</span>
      <span class="keys">
        ${keys.length === 0 ? "no keys" : keys.map((each) => html`<kbd>${keyWords(each, { mac: onMac() })}</kbd>`)}
      </span>
      <seg-menu
        label="Change"
        described=${`Change the keys of: ${does}`}
        .items=${this.#items(command)}
        @pick=${(event: CustomEvent<{ id: string }>) => this.#picked(command, event.detail.id)}
      ></seg-menu>
      ${
        recording?.command === command
          ? html`<seg-key-recorder
              .command=${command}
              @use=${(event: CustomEvent<{ keys: string }>) => this.#used(event.detail.keys)}
              @cancel=${() => this.#ended(command)}
            ></seg-key-recorder>`
          : nothing
      }
    </li>`;
  }

  #items(command: Command) {
    return [
      { id: "other", label: "Other keys" },
      { id: "more", label: "More keys beside these" },
      ...(keyMap.of(command).length > 0 ? [{ id: "none", label: "No keys" }] : []),
      ...(keyMap.isChanged(command) ? [{ id: "first", label: "As they were at first", apart: true }] : []),
    ];
  }

  #picked(command: Command, id: string): void {
    if (id === "none") keyMap.give(command, []);
    if (id === "first") keyMap.restore(command);
    if (id === "other" || id === "more") this.recording = { command, beside: id === "more" };
  }

  #used(keys: string): void {
    const { recording } = this;
    if (recording === null) return;
    const { command, beside } = recording;
    keyMap.give(command, beside ? [...keyMap.of(command), keys] : [keys]);
    this.#ended(command);
  }

  #ended(command: Command): void {
    this.recording = null;
    this.renderRoot.querySelector<HTMLElement>(`#${command} seg-menu`)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-help": SegHelp;
  }
}
