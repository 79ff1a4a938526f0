import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { askable, base } from "../theme/base.ts";
import { emit } from "./emit.ts";
import { withCode } from "./with-code.ts";

export { withCode } from "./with-code.ts";

export interface ShownProblem {
  severity: "error" | "warning" | "note";
  message: string;
  hint: string;
  /** The file or the cell, where it is not the one that it stands under. */
  place?: string | null;
  line?: number | null;
  column?: number | null;
  code?: string;
}

export interface Place {
  place: string | null;
  line: number | null;
  column: number | null;
}

const MARKS = { error: "✕", warning: "◆", note: "–" } as const;
/** Letters of a note that is shown whole, and of the beginning of one that is not. */
const LONG = 240;
const BEGINNING = 160;
const WORDS = { error: "Error", warning: "Warning", note: "Note" } as const;

/**
 * What is wrong, where, and what to do. Slot `action` takes buttons.
 * Event: `place`, a {@link Place}, when the reader asks to be taken there.
 */
@customElement("seg-problem")
export class SegProblem extends LitElement {
  static override styles = [
    base,
    askable,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      .box {
        display: grid;
        grid-template-columns: 14px minmax(0, 1fr) auto;
        gap: 2px var(--gap-2);
        align-items: baseline;
        padding: 7px 14px;
        background: var(--failed-soft);
        color: var(--ink);
      }
      .warning {
        background: var(--stale-soft);
      }
      .note {
        padding-block: 3px;
        background: none;
        color: var(--ink-2);
      }
      .mark {
        font-size: var(--size-1);
        color: var(--failed);
      }
      .warning .mark {
        color: var(--stale);
      }
      .note .mark {
        color: var(--ink-2);
      }
      .text {
        overflow-wrap: anywhere;
      }
      button.ask.all {
        color: inherit;
        text-decoration-color: var(--ink-3);
      }
      button.ask.where {
        margin-right: 6px;
        font: var(--size-1) var(--mono);
        font-variant-ligatures: none;
        color: var(--ink-2);
        text-decoration-color: var(--ink-3);
      }
      code {
        font: 0.92em var(--mono);
        font-variant-ligatures: none;
      }
      .hint {
        display: block;
        color: var(--ink-2);
      }
      .action {
        display: flex;
        gap: var(--gap-2);
        align-self: center;
      }
      @media (max-width: 520px) {
        .action {
          grid-column: 2 / -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) problem: ShownProblem | null = null;
  /** Whether a long note is shown whole. */
  @state() private whole = false;

  override render() {
    const problem = this.problem;
    if (problem === null) return nothing;
    return html`<div class="box ${problem.severity}" role=${problem.severity === "error" ? "alert" : "note"}>
      <span class="mark" aria-hidden="true">${MARKS[problem.severity]}</span>
      <span class="text"
        ><span class="spoken">${WORDS[problem.severity]}: </span>${this.#where(problem)}${this.#message(problem)}
        ${problem.hint ? html`<span class="hint">${withCode(problem.hint)}</span>` : nothing}</span
      >
      <span class="action"><slot name="action"></slot></span>
    </div>`;
  }

  /** A note that lists much shows its beginning: it asks for nothing. */
  #message({ severity, message }: ShownProblem) {
    const cut = severity === "note" && message.length > LONG ? message.lastIndexOf(", ", BEGINNING) : -1;
    if (cut < 0) return withCode(message);
    const toggle = () => {
      this.whole = !this.whole;
    };
    return html`${withCode(this.whole ? message : `${message.slice(0, cut)}, …`)}
      <button class="ask all" aria-expanded=${String(this.whole)} @click=${toggle}>${this.whole ? "Less" : "All of it"}</button>`;
  }

  #where(problem: ShownProblem) {
    const words = placeWords(problem);
    if (words === "") return nothing;
    const go = () =>
      emit<Place>(this, "place", {
        place: problem.place ?? null,
        line: problem.line ?? null,
        column: problem.column ?? null,
      });
    return html`<button class="ask where" @click=${go}>${words}</button>`;
  }
}

/** `orders.csv, line 12, column 4`; empty where no place is known. */
export function placeWords(problem: Pick<ShownProblem, "place" | "line" | "column">): string {
  const words: string[] = [];
  if (problem.place) words.push(problem.place);
  if (problem.line != null) words.push(`line ${problem.line}`);
  if (problem.column != null) words.push(`column ${problem.column}`);
  return words.join(", ");
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-problem": SegProblem;
  }
}
