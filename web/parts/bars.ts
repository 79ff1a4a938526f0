import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatChange, formatCount, formatPercent } from "../../server/figures/format.ts";
import { askable, base } from "../theme/base.ts";
import { emit } from "./emit.ts";

export interface Bar {
  name: string;
  count: number;
  /** Of all, from 0 to 1. */
  share: number;
  /** Relative to the time before, such as 0.031; null or absent where there is none. */
  change?: number | null;
  /** What it means, in a sentence. */
  sentence?: string;
  /** Where its name leads. */
  href?: string;
  /** `rest`: those who are in none of the others. */
  role?: "segment" | "rest";
}

/** Sizes as bars. The bars' full width is everybody. Event: `ask` with `{ name }`. */
@customElement("seg-bars")
export class SegBars extends LitElement {
  static override styles = [
    base,
    askable,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink);
        container-type: inline-size;
      }
      ul {
        display: grid;
        grid-template-columns: fit-content(38%) minmax(60px, 1fr) max-content max-content max-content;
        gap: 0 var(--gap-3);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: subgrid;
        grid-column: 1 / -1;
        align-items: center;
        padding: 4px 0;
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      a.name {
        color: inherit;
        text-decoration-color: var(--line-strong);
        text-underline-offset: 3px;
      }
      .track {
        height: 8px;
        border-radius: 4px;
        background: var(--sunk);
        overflow: hidden;
      }
      .track i {
        display: block;
        height: 8px;
        min-width: 1px;
        border-radius: 4px;
        background: var(--accent);
        transition: width 0.25s;
      }
      .rest i {
        background: repeating-linear-gradient(90deg, var(--ink-3) 0 2px, transparent 2px 5px);
        border-radius: 0;
      }
      .rest .name {
        color: var(--ink-2);
      }
      .number {
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      .share {
        color: var(--ink-2);
      }
      .change {
        font-size: var(--size-1);
        color: var(--ink-3);
      }
      .up {
        color: var(--up);
      }
      .down {
        color: var(--down);
      }
      .sentence {
        grid-column: 1 / -1;
        max-width: 76ch;
        margin: 0 0 4px;
        font-size: var(--size-2);
        color: var(--ink-3);
      }
      @container (max-width: 440px) {
        ul {
          grid-template-columns: minmax(0, 1fr) max-content max-content max-content;
        }
        .track {
          grid-column: 1 / -1;
          grid-row: 2;
          height: 5px;
        }
        li {
          row-gap: 3px;
        }
      }
    `,
  ];

  @property({ attribute: false }) bars: Bar[] = [];
  @property() label = "Sizes";
  /** What is counted. */
  @property() unit = "people";

  override render() {
    return html`<ul aria-label=${this.label}>
      ${this.bars.map((bar) => this.#bar(bar))}
    </ul>`;
  }

  #bar(bar: Bar) {
    const width = Math.min(100, Math.max(0, bar.share * 100));
    const ask = () => emit(this, "ask", { name: bar.name });
    return html`<li class=${bar.role ?? "segment"}>
      ${bar.href === undefined ? html`<span class="name">${bar.name}</span>` : html`<a class="name" href=${bar.href}>${bar.name}</a>`}
      <span class="track" aria-hidden="true">${bar.count > 0 ? html`<i style="width:${width}%"></i>` : nothing}</span>
      <span class="number"
        ><button class="ask" @click=${ask}>${formatCount(bar.count)}<span class="spoken"> ${this.unit} in ${bar.name}</span></button></span
      >
      <span class="number share">${formatPercent(bar.share, { digits: 1 })}</span>
      ${changeView(bar.change ?? null)} ${bar.sentence ? html`<p class="sentence">${bar.sentence}</p>` : nothing}
    </li>`;
  }
}

function changeView(change: number | null) {
  if (change === null) return html`<span class="number change"></span>`;
  const words = formatChange(change);
  const said = { up: "more than before", down: "fewer than before", none: "change" }[words.direction];
  return html`<span class="number change ${words.direction}"
    ><span aria-hidden="true">${words.arrow}</span> ${words.size}<span class="spoken"> ${said}</span></span
  >`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-bars": SegBars;
  }
}
