import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ExplainView } from "../../server/run/view.ts";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import "../parts/problem.ts";
import "../parts/skeleton.ts";
import { Explained } from "../state/explained.ts";
import type { Session } from "../state/session.ts";
import { base } from "../theme/base.ts";

type Piece = "sql" | "plan";

/** How a cell, or one of its rules or features, is computed: its SQL, the engine's plan for it, and what of it is kept. */
@customElement("seg-explain")
export class SegExplain extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink-2);
      }
      section + section {
        margin-top: var(--gap-3);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-2);
      }
      h3 {
        margin: 0;
        font-size: var(--size-2);
        font-weight: 600;
        color: var(--ink);
      }
      .head {
        margin-bottom: var(--gap-2);
      }
      .head h3 {
        font-size: var(--size-3);
      }
      pre {
        margin: 4px 0 0;
        padding: var(--gap-2);
        max-height: 40vh;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--paper);
        color: var(--ink);
        font: var(--size-1) / 1.45 var(--mono);
        white-space: pre;
        font-variant-ligatures: none;
      }
      .plan {
        line-height: 1.2;
      }
      ul {
        margin: 0 0 var(--gap-3);
        padding: 0;
        list-style: none;
      }
      p {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property() cell = "";
  /** Null for the whole cell. */
  @property({ attribute: false }) rule: string | null = null;
  /** Whether it says that it can be closed. Event: `close`. */
  @property({ type: Boolean }) closable = false;
  @state() private copied: Piece | null = null;

  readonly #explained = new Explained(this, () =>
    this.session === null || this.cell === "" ? null : { session: this.session, cell: this.cell, rule: this.rule },
  );

  override render() {
    return this.closable
      ? html`<header class="head">
          <h3>SQL and plan</h3>
          <seg-button kind="quiet" @click=${() => emit(this, "close", null)}>Close</seg-button>
        </header>
        ${this.#found()}`
      : this.#found();
  }

  #found() {
    const { problem, value } = this.#explained;
    if (problem !== null) return html`<seg-problem .problem=${problem}></seg-problem>`;
    if (value === null) return html`<seg-skeleton></seg-skeleton>`;
    const { sql, plan, passes } = value;
    return html`${passes.length === 0 ? nothing : html`<ul aria-label="Readings of events">${passes.map((pass) => html`<li>${passWords(pass)}</li>`)}</ul>`}
      ${this.#text("sql", "SQL", sql)}
      ${
        plan === null
          ? html`<section><h3>Plan</h3><p>${missingWords(value)}</p></section>`
          : this.#text("plan", "Plan", plan)
      }`;
  }

  #text(piece: Piece, heading: string, text: string) {
    return html`<section>
      <header>
        <h3 id=${piece}>${heading}</h3>
        <seg-button kind="quiet" label=${`Copy: ${heading}`} @click=${() => this.#copy(piece, text)}
          >${this.copied === piece ? "Copied" : "Copy"}</seg-button
        >
      </header>
      <pre class=${piece} tabindex="0" role="region" aria-labelledby=${piece}>${text}</pre>
    </section>`;
  }

  async #copy(piece: Piece, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.copied = piece;
    } catch {
      // Where the browser forbids it, the text can be marked.
      this.#mark(piece);
    }
  }

  #mark(piece: Piece): void {
    const found = this.renderRoot.querySelector(`pre.${piece}`);
    if (found !== null) getSelection()?.selectAllChildren(found);
  }
}

function passWords({ reads, columns, kept }: ExplainView["passes"][number]): string {
  const from = reads.join(" and ");
  const numbers = columns === 1 ? "1 number" : `${columns} numbers`;
  if (kept === columns) return `${numbers} of ${from}: kept from before, no event is read.`;
  return kept === 0
    ? `${numbers} of ${from}: one reading.`
    : `${numbers} of ${from}: ${kept} kept from before, one reading for the others.`;
}

function missingWords({ missing }: ExplainView): string {
  if (missing.length === 0) return "The engine gives no plan for it.";
  return `There is a plan once ${missing.join(", ")} ${missing.length === 1 ? "has" : "have"} been computed: run the cell.`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-explain": SegExplain;
  }
}
