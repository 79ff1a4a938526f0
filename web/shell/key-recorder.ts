import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";
import { type Command, entryOf } from "./commands.ts";
import { keyMap } from "./key-map.ts";
import { keyRefusal } from "./key-refusal.ts";
import { keyWords, onMac, strokeOf } from "./key-stroke.ts";

/** Hears new keys for a command, one or two strokes, and says what they collide with. Events: `use` with `{ keys }`, `cancel`. */
@customElement("seg-key-recorder")
export class SegKeyRecorder extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        font: var(--size-2) / 1.5 var(--font);
      }
      input {
        flex: 1;
        min-width: 20ch;
        font-family: var(--mono);
      }
      p {
        flex-basis: 100%;
        margin: 0;
        color: var(--ink-2);
      }
      p.refused {
        color: var(--failed);
      }
    `,
  ];

  @property({ attribute: false }) command: Command = "help";
  @state() private strokes: readonly string[] = [];

  override firstUpdated(): void {
    this.renderRoot.querySelector("input")?.focus();
  }

  override render() {
    const keys = this.strokes.join(" ");
    const refusal = keys === "" ? null : keyRefusal(this.command, keys);
    const others = keys === "" ? [] : keyMap.heldBy(keys, this.command);
    const words = refusal ?? this.#words(others);
    return html`<input
        readonly
        aria-label=${`New keys for: ${entryOf(this.command).does}`}
        aria-describedby="words"
        placeholder="Press the new keys, one or two"
        .value=${keyWords(keys, { mac: onMac() })}
        @keydown=${(event: KeyboardEvent) => this.#key(event, refusal === null)}
      />
      <seg-button kind="primary" ?disabled=${keys === "" || refusal !== null} @click=${this.#use}>
        ${others.length > 0 ? "Use them here instead" : "Use them"}
      </seg-button>
      <seg-button kind="quiet" @click=${() => emit(this, "cancel", null)}>Cancel</seg-button>
      <p id="words" role="status" class=${refusal === null ? nothing : "refused"}>${words}</p>`;
  }

  #words(others: readonly Command[]): string {
    if (others.length === 0) return "Enter takes what was pressed, Backspace takes a key back, Escape ends.";
    const had = others.map((other) => `“${entryOf(other).does}”`).join(" and ");
    return `${had} ${others.length === 1 ? "has" : "have"} these keys now and would lose them.`;
  }

  #key(event: KeyboardEvent, allowed: boolean): void {
    const stroke = strokeOf(event);
    if (stroke === null || stroke === "Tab" || stroke === "shift+Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (stroke === "Escape") emit(this, "cancel", null);
    else if (stroke === "Backspace") this.strokes = this.strokes.slice(0, -1);
    else if (stroke === "Enter" && this.strokes.length > 0) allowed && this.#use();
    else this.strokes = this.strokes.length === 2 ? [stroke] : [...this.strokes, stroke];
  }

  readonly #use = (): void => {
    if (this.strokes.length > 0) emit(this, "use", { keys: this.strokes.join(" ") });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-key-recorder": SegKeyRecorder;
  }
}
