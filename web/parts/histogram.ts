import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import { base } from "../theme/base.ts";
import { emit } from "./emit.ts";

/** Bars of equal width from the least value to the greatest; each can be asked. Event: `ask` with `{ bar }`. */
@customElement("seg-histogram")
export class SegHistogram extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-1) / 1.5 var(--font);
        color: var(--ink-3);
      }
      .bars {
        display: flex;
        align-items: end;
        gap: 1px;
        height: var(--histogram-height, 96px);
        border-bottom: 1px solid var(--line-strong);
      }
      button {
        display: flex;
        flex: 1;
        align-items: end;
        min-width: 0;
        height: 100%;
        margin: 0;
        padding: 0;
        border: 0;
        background: none;
        cursor: pointer;
      }
      button:disabled {
        cursor: default;
      }
      i {
        display: block;
        width: 100%;
        background: var(--accent);
        opacity: 0.7;
      }
      button:not(:disabled):hover i,
      button[aria-pressed="true"] i {
        opacity: 1;
      }
      button[aria-pressed="true"] {
        background: var(--accent-soft);
      }
      .ends {
        display: flex;
        justify-content: space-between;
        gap: var(--gap-2);
        padding-top: 3px;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** How many are in each. */
  @property({ attribute: false }) bars: readonly number[] = [];
  /** What a bar spans, in words. */
  @property({ attribute: false }) spans: readonly string[] = [];
  /** Under it: at the left, in the middle, at the right. */
  @property({ attribute: false }) ends: readonly string[] = [];
  /** The bar that is asked about; null for none. */
  @property({ attribute: false }) at: number | null = null;
  @property() label = "Distribution";
  @state() private hand: number | null = null;

  override render() {
    const most = Math.max(1, ...this.bars);
    const tabbable = this.hand ?? this.at ?? this.#full[0] ?? 0;
    return html`<div class="bars" role="group" aria-label=${this.label} @keydown=${this.#key}>
        ${this.bars.map((count, bar) => {
          const height = count === 0 ? 0 : Math.max(2, (count / most) * 100);
          const said = `${this.spans[bar] ?? ""}: ${formatCount(count)} people`;
          return html`<button
            type="button"
            title=${said}
            aria-label=${said}
            aria-pressed=${String(bar === this.at)}
            tabindex=${bar === tabbable ? 0 : -1}
            ?disabled=${count === 0}
            @click=${() => emit(this, "ask", { bar })}
          >
            <i style="height:${height}%"></i>
          </button>`;
        })}
      </div>
      ${this.ends.length === 0 ? nothing : html`<div class="ends">${this.ends.map((end) => html`<span>${end}</span>`)}</div>`}`;
  }

  /** Bars with anybody in them. */
  get #full(): number[] {
    return this.bars.flatMap((count, bar) => (count === 0 ? [] : [bar]));
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...this.renderRoot.querySelectorAll("button")];
    const now = buttons.findIndex((button) => button.matches(":focus"));
    const next = step > 0 ? this.#full.find((bar) => bar > now) : this.#full.findLast((bar) => bar < now);
    if (next === undefined) return;
    this.hand = next;
    buttons[next]?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-histogram": SegHistogram;
  }
}
